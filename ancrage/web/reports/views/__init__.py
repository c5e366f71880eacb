"""The pages of reports: read, kept, handed over; the figures that everybody reads."""
