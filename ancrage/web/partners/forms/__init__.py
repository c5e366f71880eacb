"""Forms of structures, one module a tab."""
