"""The forms of the plan room."""
