"""The coordination's desk of the welcome: life projects, unmet needs, what they changed."""
