"""The pages of those who come."""
