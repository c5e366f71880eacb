"""Bridges: one's own ways to a profession, who could become what, the rules themselves."""
