"""How is the API described? OpenAPI 3.1, with rows from `rules` and problems from `wording`."""
