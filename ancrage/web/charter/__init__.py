"""Pages of the charter: its text for everybody, who signed it, its drafting."""
