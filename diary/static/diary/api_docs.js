// Draws the description of the API, from files of this site alone.
const page = document.getElementById("api");
window.SwaggerUIBundle({
  url: page.dataset.schema,
  domNode: page,
  deepLinking: true,
  docExpansion: "list",
  validatorUrl: null,
});
