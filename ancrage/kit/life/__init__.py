"""Rows that somebody declares and keeps up to date, whatever they are about.

Such a row is published, kept fresh, paused, closed, reopened, undone; it has a revision, and its
changes of state leave a trace. A kind of row says what is its own in a `Life`: its model, its
states, its end, its refusals in its own words. The modules here do the rest.
"""
