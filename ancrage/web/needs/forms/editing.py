"""Writing a need: the essentials first, the rest after, the sheets when they apply."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.kit.contacts import display_phone
from ancrage.needs.enums import Audience, NeedReason, PayPeriod, StartPrecision, Urgency
from ancrage.needs.models import LegalPublication, Need
from ancrage.needs.validators import (
    LENGTHS,
    MAX_POSITIONS,
    PRACTICE_LENGTHS,
    PUBLICATION_LENGTHS,
)
from ancrage.partners.models import Partner
from ancrage.professions.enums import ContractKind
from ancrage.web.fields import (
    EurosField,
    FteField,
    ProfessionField,
    SpecialtyField,
)
from ancrage.web.life.forms import PlaceForm
from ancrage.web.widgets import DateInput

# Where a form's field bears another name than the fact it gives.
_FACT_OF = {
    "pay_min": "pay_min_cents",
    "pay_max": "pay_max_cents",
    "fte": "fte_hundredths",
    "rent": "rent_cents",
}
FIELD_OF = {fact: field for field, fact in _FACT_OF.items()}


class FactsForm(forms.Form):
    """A form whose fields are facts of a need, of its practice sheet or its publication."""

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as services take it."""
        return {_FACT_OF.get(name, name): value for name, value in self.cleaned_data.items()}

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return what the fields show of a row."""
        names = {*cls.base_fields}
        return {name: getattr(row, _FACT_OF.get(name, name)) for name in names}


class EssentialsForm(PlaceForm, FactsForm):
    """Who is looked for, how many, on what terms, when and where: what a need cannot lack."""

    profession = ProfessionField(
        label=gettext_lazy("Métier"),
        help_text=gettext_lazy("Tel que vous l’écrivez : IDE, aide-soignant, kiné…"),
    )
    positions = forms.IntegerField(
        label=gettext_lazy("Nombre de postes"), min_value=1, max_value=MAX_POSITIONS, initial=1
    )
    fte = FteField(
        label=gettext_lazy("Temps de travail par poste"),
        initial="100 %",
        help_text=gettext_lazy("Par exemple 80 %, 0,5 ou mi-temps."),
    )
    contract = forms.ChoiceField(
        label=gettext_lazy("Contrat"),
        choices=[("", pgettext_lazy("contrat", "Choisir…")), *ContractKind.choices],
    )
    starts_on = forms.DateField(label=gettext_lazy("Prise de poste"), widget=DateInput())
    start_precision = forms.ChoiceField(
        label=gettext_lazy("Précision de la date"),
        choices=StartPrecision.choices,
        initial=StartPrecision.DAY,
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Qui peut le lire, une fois publié ?"),
        choices=Audience.choices,
        initial=Audience.PUBLIC,
        widget=forms.RadioSelect(),
    )

    field_order = (
        "profession",
        "positions",
        "fte",
        "contract",
        "starts_on",
        "start_precision",
        "facility",
        "commune",
        "audience",
    )

    def __init__(
        self, *args: Any, partner: Partner, need: Need | None = None, **kwargs: Any
    ) -> None:
        current = need.commune if need else None
        super().__init__(*args, partner=partner, current=current, **kwargs)
        self._profession_before = need.profession if need else None
        self.fields["profession"].current = self._profession_before  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        read = facts["profession"]
        facts["profession"] = read.profession
        if read.specialty is not None or read.profession != self._profession_before:
            # Another profession does not keep the specialty of the former.
            facts["specialty"] = read.specialty
        return facts

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        commune = None if row.facility_id else row.commune
        return {**super().initial_of(row), "commune": commune}


class DetailsForm(FactsForm):
    """What makes a good announcement of the essentials."""

    unit = forms.CharField(
        label=gettext_lazy("Service"), required=False, max_length=LENGTHS["unit"]
    )
    reference = forms.CharField(
        label=gettext_lazy("Référence interne"),
        required=False,
        max_length=LENGTHS["reference"],
        help_text=gettext_lazy("La vôtre : elle évite les doublons lors d’un import."),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Motif"),
        required=False,
        choices=[("", pgettext_lazy("motif", "Non précisé")), *NeedReason.choices],
    )
    ends_on = forms.DateField(label=gettext_lazy("Fin"), required=False, widget=DateInput())
    urgency = forms.TypedChoiceField(
        label=gettext_lazy("Urgence"), coerce=int, choices=Urgency.choices, initial=Urgency.NORMAL
    )
    works_days = forms.BooleanField(label=gettext_lazy("Jour"), required=False)
    works_nights = forms.BooleanField(label=gettext_lazy("Nuit"), required=False)
    works_12h = forms.BooleanField(label=gettext_lazy("Postes de 12 h"), required=False)
    works_weekends = forms.BooleanField(label=gettext_lazy("Week-ends"), required=False)
    pay_min = EurosField(label=gettext_lazy("Rémunération brute, de"), required=False)
    pay_max = EurosField(label=pgettext_lazy("borne haute", "à"), required=False)
    pay_period = forms.ChoiceField(
        label=gettext_lazy("Période"),
        required=False,
        choices=[("", pgettext_lazy("période", "Choisir…")), *PayPeriod.choices],
    )
    pay_note = forms.CharField(
        label=gettext_lazy("Précision sur la rémunération"),
        required=False,
        max_length=LENGTHS["pay_note"],
        help_text=gettext_lazy("Primes, reprise d’ancienneté, indemnités de nuit…"),
    )
    housing_offered = forms.BooleanField(
        label=gettext_lazy("Un logement est proposé"), required=False
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=LENGTHS["description"],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "L’équipe, les missions, ce que vous offrez. Ni âge, ni famille, ni santé."
        ),
    )
    contact_email = forms.EmailField(
        label=gettext_lazy("Boîte du service"),
        required=False,
        help_text=gettext_lazy(
            "Une boîte partagée, jamais celle d’une personne. Sans boîte ni téléphone, l’offre "
            "donne ceux de la structure."
        ),
    )
    contact_phone = forms.CharField(
        label=gettext_lazy("Téléphone du service"), required=False, max_length=40
    )

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        specialty = SpecialtyField(
            profession=need.profession, label=_("Spécialité"), required=False
        )
        if specialty.choices_known or need.specialty_id:
            self.fields["specialty"] = specialty
            self.order_fields(["specialty"])

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        shown = super().initial_of(row)
        phone = display_phone(row.contact_phone) if row.contact_phone else ""
        return {**shown, "specialty": row.specialty, "contact_phone": phone}


class PracticeForm(FactsForm):
    """The practice, as a doctor wants to know it before calling."""

    patients = forms.IntegerField(
        label=gettext_lazy("Patients suivis"), required=False, min_value=0, max_value=20_000
    )
    days = forms.CharField(
        label=gettext_lazy("Jours travaillés"),
        required=False,
        max_length=PRACTICE_LENGTHS["days"],
        help_text=gettext_lazy("Par exemple : lundi, mardi, jeudi, un samedi sur quatre."),
    )
    home_visits_per_week = forms.IntegerField(
        label=gettext_lazy("Visites à domicile par semaine"),
        required=False,
        min_value=0,
        max_value=200,
    )
    rent = EurosField(label=gettext_lazy("Loyer mensuel"), required=False)
    partners_count = forms.IntegerField(
        label=gettext_lazy("Associés au cabinet"), required=False, min_value=0, max_value=200
    )
    legal_form = forms.CharField(
        label=gettext_lazy("Forme juridique"),
        required=False,
        max_length=PRACTICE_LENGTHS["legal_form"],
    )
    software = forms.CharField(
        label=gettext_lazy("Logiciel métier"),
        required=False,
        max_length=PRACTICE_LENGTHS["software"],
    )
    secretariat = forms.CharField(
        label=gettext_lazy("Secrétariat"),
        required=False,
        max_length=PRACTICE_LENGTHS["secretariat"],
    )
    retrocession_percent = forms.IntegerField(
        label=gettext_lazy("Rétrocession"), required=False, min_value=0, max_value=100
    )
    room_for_couple = forms.BooleanField(
        label=gettext_lazy("Place pour un couple de médecins"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("À savoir"),
        required=False,
        max_length=PRACTICE_LENGTHS["note"],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PublicationForm(FactsForm):
    """The legal publication of a public post."""

    branch = forms.ChoiceField(
        label=gettext_lazy("Versant"),
        choices=list(LegalPublication._meta.get_field("branch").choices or ()),
    )
    is_creation = forms.BooleanField(
        label=gettext_lazy("Poste créé (sinon vacant)"), required=False
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Catégorie"),
        required=False,
        choices=[
            ("", pgettext_lazy("catégorie", "Choisir…")),
            *(LegalPublication._meta.get_field("category").choices or ()),
        ],
    )
    corps_grade = forms.CharField(
        label=gettext_lazy("Corps ou grade"),
        required=False,
        max_length=PUBLICATION_LENGTHS["corps_grade"],
    )
    authority = forms.CharField(
        label=gettext_lazy("Autorité de recrutement"),
        required=False,
        max_length=PUBLICATION_LENGTHS["authority"],
    )
    missions = forms.CharField(
        label=gettext_lazy("Missions et profil attendu"),
        required=False,
        max_length=PUBLICATION_LENGTHS["missions"],
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    conditions = forms.CharField(
        label=gettext_lazy("Conditions particulières d’exercice"),
        required=False,
        max_length=PUBLICATION_LENGTHS["conditions"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Diplômes, habilitations exigées par les textes."),
    )
    address = forms.CharField(
        label=gettext_lazy("Adresse de candidature"),
        required=False,
        max_length=PUBLICATION_LENGTHS["address"],
    )
    published_on = forms.DateField(
        label=gettext_lazy("Publié sur le site commun le"), required=False, widget=DateInput()
    )
    apply_before = forms.DateField(
        label=gettext_lazy("Candidater avant le"), required=False, widget=DateInput()
    )
    reference = forms.CharField(
        label=gettext_lazy("Référence de l’annonce"),
        required=False,
        max_length=PUBLICATION_LENGTHS["reference"],
    )
