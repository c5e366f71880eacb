"""Importing a table: which file, which columns, what it would do, then all of it or nothing."""
