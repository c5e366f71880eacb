"""« Mon projet de vie »: what a household needs to come, seen by no structure that recruits."""
