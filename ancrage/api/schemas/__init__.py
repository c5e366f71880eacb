"""The shapes that programs read and write. FTE as a decimal, pay in euros, dates as ISO 8601."""
