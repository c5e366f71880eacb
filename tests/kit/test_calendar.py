from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from ancrage.kit.calendar import Event, invitation

EVENT = Event(
    uid="mise-en-relation-7@ancrage.example",
    sequence=2,
    starts_at=datetime(2026, 12, 3, 15, 0, tzinfo=timezone(timedelta(hours=1))),
    minutes=45,
    summary="Rencontre : infirmier, Hôpital fictif",
    written_at=datetime(2026, 11, 16, 9, 30, tzinfo=UTC),
    place="12, rue du Port ; hall B",
    description="Première ligne\nSeconde ligne",
    url="https://ancrage.example/mises-en-relation/7/",
    organizer="rh@hopital.test",
)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_invitation_is_a_calendar_of_one_event():
    assert unfolded(invitation(EVENT)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ancrage//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:mise-en-relation-7@ancrage.example",
        "SEQUENCE:2",
        "DTSTAMP:20261116T093000Z",
        "DTSTART:20261203T140000Z",
        "DTEND:20261203T144500Z",
        "SUMMARY:Rencontre : infirmier\\, Hôpital fictif",
        "STATUS:CONFIRMED",
        "LOCATION:12\\, rue du Port \\; hall B",
        "DESCRIPTION:Première ligne\\nSeconde ligne",
        "URL:https://ancrage.example/mises-en-relation/7/",
        "ORGANIZER:mailto:rh@hopital.test",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_cancelled_event_says_so_twice():
    lines = unfolded(
        invitation(
            Event(
                uid="x",
                sequence=3,
                starts_at=EVENT.starts_at,
                minutes=30,
                summary="Rencontre",
                written_at=EVENT.written_at,
                is_cancelled=True,
            )
        )
    )

    assert ("METHOD:CANCEL" in lines, "STATUS:CANCELLED" in lines) == (True, True)
    assert [line for line in lines if line.startswith(("LOCATION", "URL", "ORGANIZER"))] == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_writes_a_line_of_its_own_nor_a_line_too_long(place, description):
    text = invitation(
        Event(
            uid="x",
            sequence=0,
            starts_at=EVENT.starts_at,
            minutes=30,
            summary="Rencontre",
            written_at=EVENT.written_at,
            place=place,
            description=description,
        )
    )

    names = [line.partition(":")[0] for line in unfolded(text)]
    assert set(names) - {"LOCATION", "DESCRIPTION"} == {
        "BEGIN",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "STATUS",
        "END",
        "",
    }
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
