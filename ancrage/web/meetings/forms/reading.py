"""What narrows the pages of a version."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.events.enums import SideRole
from ancrage.events.models import Side, Timetable
from ancrage.events.queries import Named
from ancrage.kit.text import fold
from ancrage.web.filters import WordsField
from ancrage.web.meetings.rooms import GridRow, RoundOf


class _Reading(forms.Form):
    """A form of an address: a wrong value narrows nothing."""

    q = WordsField(_("Nom ou structure"))

    @property
    def words(self) -> list[str]:
        """The words searched for, without accents."""
        return fold(self.cleaned_data.get("q", "") or "").split()

    def names(self, party: Named) -> bool:
        """Say whether every word searched for is in the names of a party."""
        text = fold(" ".join((party.label, *party.people, party.detail)))
        return all(word in text for word in self.words)


class GridForm(_Reading):
    """A round of the grid, a name at its tables."""

    tour = forms.ChoiceField(label=_("Tour"), required=False)

    def __init__(self, data: Mapping[str, str], *, rounds: Sequence[RoundOf]) -> None:
        super().__init__(data)
        self.fields["tour"].choices = [  # type: ignore[attr-defined]
            ("", pgettext_lazy("tours", "Tous")),
            *((str(one.name), f"{one.name} ({one.starts_at:%H:%M})") for one in rounds),
        ]
        self.is_valid()

    def narrowed_rounds(self, rounds: Sequence[RoundOf]) -> list[RoundOf]:
        """Return the round asked for, or all."""
        asked = self.cleaned_data.get("tour")
        return [one for one in rounds if not asked or str(one.name) == asked]

    def narrowed(self, rows: Iterable[GridRow]) -> list[GridRow]:
        """Return the tables where somebody searched for sits, and something happens."""
        return [
            row
            for row in rows
            if any(row.cells)
            and (
                not self.words
                or any(map(self.names, row.hosts))
                or any(self.names(line.visitor) for cell in row.cells for line in cell)
            )
        ]


class PeopleForm(_Reading):
    """A side, a name, those who have fewest."""

    cote = forms.ChoiceField(label=_("Côté"), required=False)
    rencontres = forms.ChoiceField(
        label=_("Rencontres"),
        required=False,
        choices=[
            ("", pgettext_lazy("rencontres", "Toutes")),
            ("0", _("Aucune")),
            ("moins", _("Moins que garanti")),
        ],
    )

    def __init__(self, data: Mapping[str, str], *, sides: Iterable[Side]) -> None:
        super().__init__(data)
        self.fields["cote"].choices = [  # type: ignore[attr-defined]
            ("", pgettext_lazy("côtés", "Les deux")),
            *((side.role, side.name) for side in sides),
        ]
        self.is_valid()

    def keeps(self, party: Named, count: int, guarantee: int) -> bool:
        """Say whether a party with so many meetings is shown."""
        role, few = self.cleaned_data.get("cote"), self.cleaned_data.get("rencontres")
        most = {"0": 0, "moins": guarantee - 1}.get(few or "")
        return (
            (not role or party.role == role)
            and (most is None or count <= most)
            and self.names(party)
        )


class UnmetForm(_Reading):
    """Wishes of one side, or the first ones only."""

    cote = forms.ChoiceField(
        label=_("Vœux de"),
        required=False,
        choices=[("", pgettext_lazy("côtés", "Les deux")), *SideRole.choices],
    )
    rang = forms.ChoiceField(
        label=_("Rang"),
        required=False,
        choices=[
            ("", pgettext_lazy("rangs", "Tous")),
            ("1", _("Premier vœu")),
            ("3", _("Trois premiers vœux")),
        ],
    )

    def __init__(self, data: Mapping[str, str], *, sides: Iterable[Side]) -> None:
        super().__init__(data)
        self.fields["cote"].choices = [  # type: ignore[attr-defined]
            ("", pgettext_lazy("côtés", "Les deux")),
            *((side.role, side.name) for side in sides),
        ]
        self.is_valid()

    def keeps(self, by: Named, about: Named, rank: int) -> bool:
        """Say whether a wish is shown."""
        role, most = self.cleaned_data.get("cote"), self.cleaned_data.get("rang")
        return (
            (not role or by.role == role)
            and (not most or rank <= int(most))
            and (self.names(by) or self.names(about))
        )


class CompareForm(forms.Form):
    """The version beside which one is read."""

    avec = forms.ChoiceField(label=_("Comparer avec"), required=False)

    def __init__(self, data: Mapping[str, str], *, versions: Sequence[Timetable]) -> None:
        known = {str(one.version) for one in versions}
        first = str(versions[0].version) if versions else ""
        asked = data.get("avec", "")
        super().__init__({"avec": asked if asked in known else first})
        self.fields["avec"].choices = [  # type: ignore[attr-defined]
            (str(one.version), _("Version %(n)d") % {"n": one.version}) for one in versions
        ]
        self.is_valid()

    @property
    def chosen(self) -> int | None:
        """The version chosen: the latest other one at first, None when there is none."""
        return int(self.cleaned_data.get("avec") or 0) or None
