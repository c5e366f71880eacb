"""Pages of the demo only: its evening played step by step, personal links to try."""
