"""Pages of structures: directory, sheet, sites, members."""
