"""Views of structures, one module a tab."""
