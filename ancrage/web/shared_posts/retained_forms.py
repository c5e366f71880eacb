"""What is asked about part-times that structures keep."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.matching.models import RetainedPartTime
from ancrage.matching.queries import PartTimeFilter
from ancrage.partners.models import Partner
from ancrage.web.fields import FteField, ProfessionField
from ancrage.web.filters import WordsField, WorkFilters
from ancrage.web.life.forms import PlaceForm
from ancrage.web.shared_posts.forms import DaysForm
from ancrage.web.widgets import DateInput


class PartTimeFilterForm(WorkFilters):
    """What a reader looks for among the part-times of `rows`."""

    q = WordsField(_("Métier, structure ou commune"))
    etat = forms.ChoiceField(
        label=_("Afficher"),
        required=False,
        choices=[("", _("À compléter")), ("retires", _("Retirés"))],
    )

    @property
    def search(self) -> PartTimeFilter:
        """What is asked; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        found = self.cleaned_data
        return PartTimeFilter(
            text=found.get("q", ""),
            withdrawn=found.get("etat") == "retires",
            profession=found.get("metier"),
            partner=found.get("structure"),
        )


class PartTimeForm(DaysForm, PlaceForm):
    """What post is kept, where, when it is worked, and how much more would be welcome.

    Nothing to write freely: whoever holds the post is not described.
    """

    profession = ProfessionField(
        label=_("Métier"), help_text=_("Tel que vous l’écrivez : IDE, aide-soignant, kiné…")
    )
    fte = FteField(
        label=_("Temps de travail aujourd’hui"),
        help_text=_("Par exemple 50 %, 0,5 ou mi-temps."),
    )
    wished_least = FteField(
        label=_("Total souhaité, au moins"),
        initial="80 %",
        help_text=_("Chez vous et ailleurs, tout compris."),
    )
    wished_most = FteField(label=_("Total souhaité, au plus"), initial="100 %")
    starts_on = forms.DateField(label=_("Davantage d’heures à partir du"), widget=DateInput())

    field_order = (
        "profession",
        "facility",
        "commune",
        "fte",
        "wished_least",
        "wished_most",
        "starts_on",
    )

    def __init__(
        self,
        *args: Any,
        partner: Partner,
        part_time: RetainedPartTime | None = None,
        **kwargs: Any,
    ) -> None:
        slots = frozenset(part_time.slots.split()) if part_time else frozenset()
        current = part_time.commune if part_time else None
        super().__init__(*args, slots=slots, partner=partner, current=current, **kwargs)
        self._part_time = part_time
        if part_time is not None:
            self.fields["profession"].current = part_time.profession  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    @property
    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        found, read = self.cleaned_data, self.cleaned_data["profession"]
        names = ("facility", "commune", "wished_least", "wished_most", "starts_on")
        before = self._part_time
        kept = before.specialty if before and before.profession == read.profession else None
        return {name: found[name] for name in names} | {
            "profession": read.profession,
            "specialty": read.specialty or kept,
            "fte_hundredths": found["fte"],
            "slots": self.slots,
        }

    @staticmethod
    def initial_of(row: RetainedPartTime) -> dict[str, Any]:
        """Return what the fields show of a part-time."""
        return {
            "profession": row.profession,
            "facility": row.facility_id,
            "commune": None if row.facility_id else row.commune,
            "fte": row.fte_hundredths,
            "wished_least": row.wished_least,
            "wished_most": row.wished_most,
            "starts_on": row.starts_on,
        }
