"""The plan room of an event: who meets whom, why, and what else would give."""
