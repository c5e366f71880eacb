"""Pages of the nomenclature."""
