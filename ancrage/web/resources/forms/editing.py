"""Writing a resource: the essentials first, the rest after."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.kit.contacts import display_phone
from ancrage.partners.models import Partner
from ancrage.resources.enums import ResourceKind
from ancrage.resources.models import Resource
from ancrage.resources.services import ResourceChangedMeanwhile, facts_of
from ancrage.resources.validators import LENGTHS, MAX_QUANTITY
from ancrage.web.acting import show_refusal
from ancrage.web.conflicts import Versions, reconcile, revision_sent, seal
from ancrage.web.fields import FteField, ProfessionField
from ancrage.web.life.forms import PlaceForm
from ancrage.web.widgets import DateInput

# The fields of facts that bear another name.
FIELD_OF = {"fte_hundredths": "fte"}


class EssentialsForm(PlaceForm):
    """What is shared, where, and from when: what a resource cannot lack."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Nature"),
        choices=[("", pgettext_lazy("nature", "Choisir…")), *ResourceKind.choices],
    )
    title = forms.CharField(
        label=gettext_lazy("Intitulé"),
        max_length=LENGTHS["title"],
        help_text=gettext_lazy("Par exemple : studio meublé pour interne, à 5 minutes à pied."),
    )
    available_from = forms.DateField(
        label=gettext_lazy("Disponible à partir du"), widget=DateInput()
    )

    def __init__(
        self, *args: Any, partner: Partner, resource: Resource | None = None, **kwargs: Any
    ) -> None:
        current = resource.commune if resource else None
        super().__init__(*args, partner=partner, current=current, **kwargs)
        self.fields["available_from"].initial = timezone.localdate
        self.order_fields(["kind", "title", "facility", "commune", "available_from"])

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as services take it."""
        return dict(self.cleaned_data)


class DetailsForm(forms.Form):
    """What makes a neighbour call: how many, when, how, and whom to reach."""

    profession = ProfessionField(
        label=gettext_lazy("Métier concerné"),
        required=False,
        help_text=gettext_lazy("Pour du temps de personnel, un stage, un tutorat, une immersion."),
    )
    quantity = forms.IntegerField(
        label=gettext_lazy("Nombre"), min_value=1, max_value=MAX_QUANTITY, initial=1
    )
    fte = FteField(
        label=gettext_lazy("Quotité partagée"),
        required=False,
        help_text=gettext_lazy("Par exemple 20 %, 0,5 ou mi-temps."),
    )
    days = forms.CharField(
        label=gettext_lazy("Jours et heures"),
        required=False,
        max_length=LENGTHS["days"],
        help_text=gettext_lazy("Par exemple : le mardi et le jeudi matin."),
    )
    available_to = forms.DateField(
        label=gettext_lazy("Jusqu’au"), required=False, widget=DateInput()
    )
    reference = forms.CharField(
        label=gettext_lazy("Référence interne"),
        required=False,
        max_length=LENGTHS["reference"],
        help_text=gettext_lazy("La vôtre : elle évite les doublons lors d’un import."),
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=LENGTHS["description"],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Ce qu’il faut savoir avant d’appeler. Aucun nom de personne."),
    )
    contact_email = forms.EmailField(
        label=gettext_lazy("Boîte du service"),
        required=False,
        help_text=gettext_lazy("Une boîte partagée, jamais celle d’une personne."),
    )
    contact_phone = forms.CharField(
        label=gettext_lazy("Téléphone du service"), required=False, max_length=40
    )

    def __init__(self, *args: Any, resource: Resource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profession"].current = resource.profession  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as services take it."""
        facts = dict(self.cleaned_data)
        facts["fte_hundredths"] = facts.pop("fte")
        read = facts["profession"]
        facts["profession"] = read.profession if read else None
        return facts


class Editor:
    """The forms of one resource, as one: the essentials only when `whole`.

    `revision` is the one at which the page was first shown: it travels in the page, so that a
    change made meanwhile by somebody else is seen.
    """

    def __init__(self, data: QueryDict | None, *, resource: Resource, whole: bool) -> None:
        self.whole = whole
        self._fill(data, resource)
        self.revision = revision_sent(data, resource.revision)
        # What the page showed when it was opened: it travels in the page, sealed.
        self.opened_on = seal(self.forms) if data is None else data.get("opened_on", "")
        self.conflict: ResourceChangedMeanwhile | None = None
        self.versions: tuple[Versions, ...] = ()

    def _fill(self, data: QueryDict | None, resource: Resource) -> None:
        self._data = data
        shown = facts_of(resource)
        shown["fte"] = shown["fte_hundredths"]
        phone = shown["contact_phone"]
        shown["contact_phone"] = display_phone(phone) if phone else ""
        self.details = DetailsForm(data, resource=resource, initial=shown)
        if resource.facility_id:
            shown = {**shown, "commune": None}
        self.essentials = (
            EssentialsForm(data, partner=resource.partner, resource=resource, initial=shown)
            if self.whole
            else None
        )

    @property
    def forms(self) -> list[forms.Form]:
        """Every form of the page, in its order."""
        return [form for form in (self.essentials, self.details) if form is not None]

    def is_ready(self) -> bool:
        """Say whether what was sent can be saved."""
        wrong = [form for form in self.forms if not form.is_valid()]  # every form tells its errors
        return self._data is not None and not wrong

    @property
    def changes(self) -> dict[str, Any]:
        """The facts that `edit_resource` takes."""
        facts = self.details.facts()
        return {**facts, **self.essentials.facts()} if self.essentials else facts

    def refuse(self, refusal: ValidationError) -> None:
        """Show why the service refused; for a conflict, the three versions side by side."""
        if isinstance(refusal, ResourceChangedMeanwhile):
            self.conflict = refusal
            self._reconcile(refusal.current)
        else:
            show_refusal(refusal, *self.forms, field_of=FIELD_OF)

    def _reconcile(self, resource: Resource) -> None:
        """Keep what was typed, take what only somebody else changed, go on from there."""
        current = Editor(None, resource=resource, whole=self.whole)
        found = reconcile(
            typed=self.forms,
            current=current.forms,
            sealed=self.opened_on,
            data=self._data or QueryDict(),
        )
        self.versions = found.versions
        self.revision, self.opened_on = current.revision, current.opened_on
        self._fill(found.data, resource)

    @property
    def status(self) -> int:
        """The status of the page that shows this editor again."""
        if self.conflict is not None:
            return 409
        return 200 if self._data is None else 422
