"""The pages of one's own life project."""
