"""The pages of those who organise events."""
