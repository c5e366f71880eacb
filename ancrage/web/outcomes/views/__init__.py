"""The pages of what follows an evening."""
