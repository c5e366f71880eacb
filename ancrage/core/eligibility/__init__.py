"""Aid schemes: rules in a small language, answered yes, no or « to check », with the reasons.

- `parser.parse`, `printing.text_of`: the language, read and written;
- `evaluate.explain`, `evaluate.compiled`: one answer with its reasons, or many without;
- `prospects.prospects`: which missing fact would settle it;
- `standing.dated`: the same answer, tempered by what is open and by how fresh the source is;
- `zones.zones_on`: the zones of a place on a day;
- `cumulation.best_set`: the aids that may be had together;
- `commitment.clock`: the time owed in return, and what leaving costs.
"""
