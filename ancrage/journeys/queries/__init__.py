"""Questions about journeys."""

from ancrage.journeys.queries.day import (
    Day,
    Section,
    day_of_advisor,
    immersions_near,
    open_journeys,
    section_condition,
    steps_due,
)
from ancrage.journeys.queries.links import Asked, LinkUsed, asked_follow_up, follow_up_token
from ancrage.journeys.queries.lists import (
    JourneyFilter,
    courses_followed,
    journeys_matching,
    sort_names,
    whole_journey,
)
from ancrage.journeys.queries.warnings import (
    Alert,
    Lost,
    alert_counts,
    follow_ups_alerting,
    lost_people,
    stays_ending,
)

__all__ = [
    "Alert",
    "Asked",
    "Day",
    "JourneyFilter",
    "LinkUsed",
    "Lost",
    "Section",
    "alert_counts",
    "asked_follow_up",
    "courses_followed",
    "day_of_advisor",
    "follow_up_token",
    "follow_ups_alerting",
    "immersions_near",
    "journeys_matching",
    "lost_people",
    "open_journeys",
    "section_condition",
    "sort_names",
    "stays_ending",
    "steps_due",
    "whole_journey",
]
