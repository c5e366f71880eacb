"""The same lists as a workbook: to sort, to filter, to keep if everything else fails."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ancrage.events.queries.handouts import Handouts
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, write_xlsx
from ancrage.web.handouts.papers import Pair, hour_of, named

Line = list[CellValue]


def workbook_of(handouts: Handouts, people: Sequence[Pair], *, mark: str) -> bytes:
    """Return an XLSX of the sign-in list, and of the grid and its meetings once there is one."""
    sheets = [
        SheetToWrite(
            _("Émargement"),
            [
                ColumnToWrite(_("Côté"), width=26),
                ColumnToWrite(_("Nom"), width=24),
                ColumnToWrite(_("Prénom"), width=20),
                ColumnToWrite(_("Cabinet, structure ou faculté"), width=36),
                ColumnToWrite(_("Groupe"), width=28),
                ColumnToWrite(_("Badge"), width=10, identifier=True),
                ColumnToWrite(_("Arrivée"), width=10),
                ColumnToWrite(_("Signature"), width=28),
            ],
            [*_people(people), [mark]],
        )
    ]
    if handouts.timetable is not None:
        sheets += [_grid(handouts), _meetings(handouts)]
    stream = BytesIO()
    write_xlsx(stream, sheets)
    return stream.getvalue()


def _people(people: Sequence[Pair]) -> Iterator[Line]:
    for party, one in people:
        yield [
            capfirst(party.side.name),
            one.last_name,
            one.first_name,
            one.organisation,
            party.label if len(party.people) > 1 else "",
            one.badge,
            hour_of(one.arrived_at) if one.arrived_at else "",
        ]


def _grid(handouts: Handouts) -> SheetToWrite:
    turns = [turn for turn in handouts.turns if not turn.is_dropped]
    return SheetToWrite(
        _("Grille"),
        [
            ColumnToWrite(_("Table"), width=14),
            *(
                ColumnToWrite(
                    _("Tour %(number)d, %(hour)s")
                    % {"number": turn.number + 1, "hour": hour_of(turn.starts_at)},
                    width=34,
                    wrap=True,
                )
                for turn in turns
            ),
        ],
        [
            [
                table,
                *(
                    "\n".join(
                        f"{named(handouts, [seat.host])} – {named(handouts, seat.visitors)}"
                        for seat in rounds.get(turn.number, ())
                    )
                    for turn in turns
                ),
            ]
            for table, rounds in handouts.tables.items()
        ],
    )


def _meetings(handouts: Handouts) -> SheetToWrite:
    return SheetToWrite(
        _("Rencontres"),
        [
            ColumnToWrite(_("Tour"), width=8),
            ColumnToWrite(_("Heure"), width=10),
            ColumnToWrite(_("Table"), width=14),
            ColumnToWrite(_("Reste à sa table"), width=34),
            ColumnToWrite(_("Change de table"), width=34),
        ],
        [
            [
                turn.number + 1,
                hour_of(turn.starts_at),
                table,
                named(handouts, [seat.host]),
                named(handouts, [visitor]),
            ]
            for turn in handouts.turns
            if not turn.is_dropped
            for table, rounds in handouts.tables.items()
            for seat in rounds.get(turn.number, ())
            for visitor in seat.visitors
        ],
    )
