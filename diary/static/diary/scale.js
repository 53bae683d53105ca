// How does the slider beside the buttons from 0 to 10 keep step with them?
//
// The buttons are what is sent; the slider sets them and follows them.

export function followScales(root) {
  for (const slider of root.querySelectorAll("input.slider")) follow(slider);
}

function follow(slider) {
  const buttons = [...slider.closest("fieldset").querySelectorAll("input[type=radio]")];
  const show = () => {
    const value = buttons.find((button) => button.checked)?.value ?? "";
    slider.classList.toggle("unset", value === "");
    slider.value = value || "0";
    slider.setAttribute("aria-valuetext", value || buttons[0].labels[0].textContent.trim());
  };
  const set = () => {
    const button = buttons.find((each) => each.value === slider.value);
    if (button.checked) return;
    button.checked = true;
    button.dispatchEvent(new Event("change", { bubbles: true }));
  };
  slider.addEventListener("input", set);
  slider.addEventListener("click", set); // also where it already stood: 0 was not chosen before
  for (const button of buttons) button.addEventListener("change", show);
  window.addEventListener("pageshow", show); // a browser that goes back puts answers back
  slider.hidden = false;
  show();
}
