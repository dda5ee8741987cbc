"""How the words of a language inflect: one module a language, with `inflect`."""
