"""The moments the tests live in: fixed, so that a figure never depends on the day."""

from datetime import UTC, date, datetime

# A Monday in November, after the summer and before the year's end.
NOW = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 16)
