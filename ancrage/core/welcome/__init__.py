"""Which dwelling, childcare place or service answers what a household asks, and if none, why.

Problem: a person comes to work somewhere, from one day to another, with shifts that begin before
the crèche opens. Partners offer rooms, places and services with dates, hours, an area, a price.
Which offers answer the request, which would with one more fact, and when none does, what would
have to give way?

Steps. Each offer is put through eight conditions (theme, dates and places, area, journey, hours,
price, size, age), each met, missing or to check. Those with nothing missing are ranked. When there
is none, the smallest sets of conditions that would have to give way are counted; a stay may be
chained over several dwellings (as few moves as possible, then as cheap as possible); hours may be
shared between several places of childcare (as few as possible).

Complexity: O(offers) conditions; a chain O(n · d²) for n offers and d days on which one may move;
hours shared between k places O(n^k), k at most 3, on weeks held as whole numbers.

Nothing here knows who asks: a request is dates, places and hours.
"""

from ancrage.core.welcome.chains import Chain, Leg, chain
from ancrage.core.welcome.choosing import Found, Way, find, ways_out
from ancrage.core.welcome.conditions import Condition, Fit, Lift, Reason, Topic, answer
from ancrage.core.welcome.facts import Offer, Opening, Place, Reach, Request
from ancrage.core.welcome.sharing import Sharing, share_hours
from ancrage.core.welcome.weeks import (
    Span,
    Week,
    hours_needed,
    hours_offered,
    minutes_in,
    spans_of,
)

__all__ = [
    "Chain",
    "Condition",
    "Fit",
    "Found",
    "Leg",
    "Lift",
    "Offer",
    "Opening",
    "Place",
    "Reach",
    "Reason",
    "Request",
    "Sharing",
    "Span",
    "Topic",
    "Way",
    "Week",
    "answer",
    "chain",
    "find",
    "hours_needed",
    "hours_offered",
    "minutes_in",
    "share_hours",
    "spans_of",
    "ways_out",
]
