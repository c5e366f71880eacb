"""The copy of all that a person said and did at events, in words they can read.

Others are called what the person read of them: by name once the evening had begun, and before
that if they agreed to it. What others said of the person, wishes and « revoir », is not in it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ancrage.events.enums import EventState, SideRole
from ancrage.events.models import Contact, Meeting, Participant
from ancrage.events.queries.sheets import sheets_for, values_of
from ancrage.privacy.models import DataSubject
from ancrage.privacy.rights import Export, exports

_NAMES_WERE_TOLD = frozenset({EventState.RUNNING, EventState.OVER})
Row = Mapping[str, Any]


@exports("events")
def export_participations(*, subject: DataSubject) -> Export:
    """Hand over the registrations and all that the person said; never what others said."""
    theirs = (
        Participant.objects.filter(subject=subject)
        .select_related(
            "event__commune", "party__side", "party__table", "partner", "profession", "feedback"
        )
        .order_by("pk")
    )
    tables: dict[str, list[Row]] = {
        name: []
        for name in (
            "inscriptions",
            "reponses",
            "voeux",
            "rencontres",
            "revoir",
            "contacts",
            "suites",
            "avis",
        )
    }
    for one in theirs:
        for name, rows in _told_by(one):
            tables[name] += [{"evenement": one.event.title, **row} for row in rows]
    return Export(tables=tables)


def _told_by(one: Participant) -> Iterable[tuple[str, list[Row]]]:
    names = _Names(one)
    yield "inscriptions", [_registration(one)]
    answers = one.answers.select_related("question").order_by("question__position", "pk")
    yield (
        "reponses",
        [
            {
                "question": answer.question.label,
                "reponse": ", ".join(values_of(answer) or answer.codes),
            }
            for answer in answers
        ],
    )
    yield (
        "voeux",
        [
            {
                "a_propos_de": names[wish.about_id],
                "voeu": wish.get_kind_display(),
                "rang": wish.rank,
                "le": _moment(wish.at),
            }
            for wish in one.party.wishes.order_by("kind", "rank", "pk")
        ],
    )
    yield "rencontres", _meetings(one, names)
    yield (
        "revoir",
        [
            {
                "a_propos_de": names[mark.about_id],
                "revoir": mark.get_interest_display(),
                "note": mark.note,
                "le": _moment(mark.at),
            }
            for mark in one.marks.order_by("pk")
        ],
    )
    contacts = _contacts(one)
    yield (
        "contacts",
        [
            {"avec": names[_other(one, contact)], "ouvert_le": _moment(contact.opened_at)}
            for contact in contacts
        ],
    )
    yield (
        "suites",
        [
            {
                "avec": names[_other(one, contact)],
                "mois": said.months,
                "reponse": said.get_outcome_display(),
                "precision": said.comment,
                "le": _moment(said.answered_at),
            }
            for contact in contacts
            for said in contact.follow_ups.filter(
                side=one.party.side.role, answered_at__isnull=False
            ).order_by("months")
        ],
    )
    given = getattr(one, "feedback", None)
    yield (
        "avis",
        [{"note": given.rating, "precision": given.comment, "le": _moment(given.at)}]
        if given
        else [],
    )


def _registration(one: Participant) -> Row:
    party = one.party
    return {
        "debut": _moment(one.event.starts_at),
        "lieu": f"{one.event.place}, {one.event.commune}",
        "cote": party.side.name,
        "prenom": one.first_name,
        "nom": one.last_name,
        "adresse_electronique": one.email,
        "telephone": one.phone,
        "structure": one.organisation,
        "structure_du_territoire": str(one.partner or ""),
        "metier": str(one.profession or ""),
        "remarque": one.remark,
        "langue": one.language,
        "origine": one.get_origin_display(),
        "inscription": one.get_state_display(),
        "fiche_montree_avec_le_nom": one.shares_sheet,
        "badge": one.badge,
        "groupe": party.name,
        "composition": party.get_kind_display(),
        "tours_d_absence": [number + 1 for number in party.absent_rounds],
        "table_attribuee": str(party.table or ""),
        "inscription_le": _moment(one.registered_at),
        "presence_confirmee_le": _moment(one.confirmed_at),
        "desistement_le": _moment(one.cancelled_at),
        "arrivee": _moment(one.arrived_at),
        "depart": _moment(one.left_at),
    }


def _meetings(one: Participant, names: "_Names") -> list[Row]:
    mine = Q(host=one.party_id) | Q(visitor=one.party_id)
    rows = Meeting.objects.filter(mine, timetable__in_force=True).select_related("table")
    return [
        {
            "tour": meeting.round + 1,
            "table": str(meeting.table or ""),
            "avec": names[_other(one, meeting)],
            "tenue": meeting.held,
        }
        for meeting in rows.order_by("round", "pk")
    ]


def _contacts(one: Participant) -> list[Contact]:
    mine = Q(host=one.party_id) | Q(visitor=one.party_id)
    return list(Contact.objects.filter(mine).order_by("opened_at", "pk"))


def _other(one: Participant, pair: Meeting | Contact) -> int:
    return pair.visitor_id if one.party.side.role == SideRole.HOST else pair.host_id


class _Names:
    """What the person read of the other side, by the key of the party."""

    def __init__(self, reader: Participant) -> None:
        told = reader.event.state in _NAMES_WERE_TOLD
        self._sheets = sheets_for(reader.party, on_the_evening=told)

    def __getitem__(self, party: int) -> str:
        sheet = self._sheets.get(party)
        return sheet.title if sheet else _("une personne inscrite")


def _moment(value: datetime | None) -> str:
    return value.isoformat() if value else ""
