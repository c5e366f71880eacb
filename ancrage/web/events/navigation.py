"""Events in the header, and the first tabs of one event."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.event_tabs import EventTab
from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        _("Événements"),
        "events:list",
        group=Group.PEOPLE,
        icon="calendar-heart",
        rank=55,
        permission="events.organise",
        sections=("events", "meetings", "evenings", "handouts", "outcomes", "demo"),
    ),
]
EVENT_TABS = [
    EventTab(
        _("Vue d’ensemble"),
        "events:detail",
        rank=10,
        pages=(
            "events:edit",
            "events:move",
            "events:cancel",
            "events:restore",
            "events:delete",
        ),
    ),
    EventTab(
        _("Côtés et questions"),
        "events:registration",
        rank=15,
        pages=(
            "events:sides",
            "events:question_add",
            "events:question_edit",
            "events:question_delete",
        ),
    ),
    EventTab(
        _("Participants"),
        "events:people",
        rank=20,
        permission="participants.view",
        pages=(
            "events:people_export",
            "events:duplicates",
            "events:person_add",
            "events:participant",
            "events:person_edit",
            "events:person_cancel",
            "events:party_edit",
            "events:party_join",
        ),
    ),
    EventTab(
        _("Salle et horaires"),
        "events:room",
        rank=40,
        pages=("events:room_count", "events:room_rows", "events:hours"),
    ),
]
