"""The page of the design system: every component, every state."""
