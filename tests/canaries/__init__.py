"""A marker in every personal field, and what finds them again in anything a reader is sent."""
