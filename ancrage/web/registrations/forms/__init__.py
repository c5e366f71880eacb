"""The forms of those who come."""
