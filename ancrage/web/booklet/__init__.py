"""The welcome booklet of a territory: for anybody, or for one household."""
