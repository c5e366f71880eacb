"""What is asked about courses, runs, places, money, wishes and plans."""

from copy import copy
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.candidates.models import Candidate
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory
from ancrage.training.enums import (
    CancelReason,
    CourseKind,
    DropReason,
    Modality,
    Payer,
    Result,
    Rhythm,
)
from ancrage.training.models import Course, CourseRun, FundingFile, TrainingWish
from ancrage.training.queries import RunSearch
from ancrage.training.validators import LONGEST_REACH_KM, first_day, month_key, months_ahead
from ancrage.web.fields import CommuneField, EurosField, ProfessionField
from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput, DateTimeInput


class RunSearchForm(forms.Form):
    """Words, kind, rhythm, month, state. A wrong value narrows nothing."""

    q = WordsField(_("Formation, organisme ou commune"))
    nature = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=[("", pgettext_lazy("formations", "Toutes")), *CourseKind.choices],
    )
    rythme = forms.ChoiceField(
        label=_("Rythme"),
        required=False,
        choices=[("", pgettext_lazy("rythmes", "Tous")), *Rhythm.choices],
    )
    mois = forms.ChoiceField(label=_("Commence en"), required=False)
    etat = forms.ChoiceField(
        label=_("Afficher"),
        required=False,
        choices=[
            ("", _("À venir et en cours")),
            ("places", _("Avec des places, inscriptions ouvertes")),
            ("toutes", _("Toutes, passées et annulées comprises")),
        ],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        months = [(month_key(day), date_format(day, "F Y")) for day in months_ahead(_today())]
        fields: Any = self.fields
        fields["mois"].choices = [("", _("N’importe quel mois")), *months]
        self.is_valid()

    @property
    def wanted(self) -> RunSearch:
        """What is asked."""
        asked = self.cleaned_data
        return RunSearch(
            text=asked.get("q") or "",
            kind=asked.get("nature") or "",
            rhythm=asked.get("rythme") or "",
            month=first_day(asked["mois"]) if asked.get("mois") else None,
            open_only=asked.get("etat") == "places",
            to_come=asked.get("etat", "") == "",
        )


class WordsForm(forms.Form):
    """Words only."""

    q = WordsField(_("Mots cherchés"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.is_valid()

    @property
    def text(self) -> str:
        """What is asked."""
        return self.cleaned_data.get("q", "") or ""


class ProviderForm(forms.Form):
    """What is known of a structure as a provider."""

    activity_number = forms.CharField(
        label=_("Numéro de déclaration d’activité"), required=False, max_length=20
    )
    certified_until = forms.DateField(
        label=_("Certifié Qualiopi jusqu’au"), required=False, widget=DateInput
    )


class CourseForm(forms.Form):
    """A course of the catalogue."""

    title = forms.CharField(label=_("Intitulé"), max_length=160)
    kind = forms.ChoiceField(label=_("Nature"), choices=CourseKind.choices)
    profession = ProfessionField(
        label=_("Métier visé"),
        required=False,
        help_text=_("Laissez vide si la formation n’ouvre pas à un autre métier."),
    )
    qualification = forms.CharField(
        label=_("Diplôme, titre ou attestation"), required=False, max_length=160
    )
    hours = forms.IntegerField(label=_("Durée (heures)"), min_value=1, max_value=10_000)
    months = forms.IntegerField(label=_("Durée (mois)"), min_value=0, max_value=72, initial=1)
    rhythm = forms.ChoiceField(label=_("Rythme"), choices=Rhythm.choices)
    modality = forms.ChoiceField(label=_("Modalité"), choices=Modality.choices)
    min_group = forms.IntegerField(label=_("Groupe, au moins"), min_value=1, initial=6)
    max_group = forms.IntegerField(label=_("Groupe, au plus"), min_value=1, initial=12)
    run_cost_cents = EurosField(label=_("Coût d’une session (€)"), required=False)
    price_cents = EurosField(label=_("Prix par personne (€)"), required=False)
    min_age = forms.IntegerField(label=_("Âge, au moins"), required=False, max_value=70)
    conditions = forms.CharField(
        label=_("Conditions d’accès"), required=False, max_length=2000, widget=forms.Textarea
    )
    summary = forms.CharField(
        label=_("Présentation"), required=False, max_length=2000, widget=forms.Textarea
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Read the profession, and no cost as none."""
        cleaned = super().clean() or self.cleaned_data
        read = cleaned.get("profession")
        cleaned["profession"] = read.profession if read else None
        cleaned["run_cost_cents"] = cleaned.get("run_cost_cents") or 0
        return cleaned

    @staticmethod
    def of(course: Course) -> dict[str, Any]:
        """What the form of a course begins with."""
        names = [name for name in CourseForm.base_fields if name != "profession"]
        return {name: getattr(course, name) for name in names} | {"profession": course.profession}


class RunForm(forms.Form):
    """A run of a course."""

    place = forms.CharField(label=_("Lieu"), required=False, max_length=160)
    starts_on = forms.DateField(label=_("Premier jour"), widget=DateInput)
    ends_on = forms.DateField(label=_("Dernier jour"), widget=DateInput)
    apply_by = forms.DateField(label=_("Inscriptions jusqu’au"), widget=DateInput)
    least = forms.IntegerField(label=_("Personnes, au moins"), min_value=1)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=500)
    cost_cents = EurosField(label=_("Coût de la session (€)"), required=False)
    note = forms.CharField(
        label=_("Renseignements pratiques"),
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"] = CommuneField(label=_("Commune"), territory=territory)
        self.order_fields(["commune", *self.fields])

    def clean(self) -> dict[str, Any]:
        """Read no cost as none."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["cost_cents"] = cleaned.get("cost_cents") or 0
        return cleaned

    @staticmethod
    def of(run: CourseRun) -> dict[str, Any]:
        """What the form of a run begins with."""
        return {name: getattr(run, name) for name in (*RunForm.base_fields, "commune")}

    @staticmethod
    def for_course(course: Course) -> dict[str, Any]:
        """What the form of a new run begins with."""
        return {
            "least": course.min_group,
            "places": course.max_group,
            "cost_cents": course.run_cost_cents,
            "commune": course.provider.partner.commune,
        }


class CancelForm(forms.Form):
    """Why a run does not take place."""

    raison = forms.ChoiceField(label=_("Raison"), choices=CancelReason.choices)


class SessionForm(forms.Form):
    """One session of a run."""

    starts_at = forms.DateTimeField(label=_("Début"), widget=DateTimeInput)
    ends_at = forms.DateTimeField(label=_("Fin"), widget=DateTimeInput)
    place = forms.CharField(label=_("Lieu, s’il diffère"), required=False, max_length=160)


class EnrolForm(forms.Form):
    """Somebody of the territory, whom the coordination puts down for a place."""

    email = forms.EmailField(
        label=_("Ou l’adresse électronique d’un profil suivi"), required=False
    )
    has_agreed = forms.BooleanField(
        label=_("La personne a donné son accord : l’organisme peut lire son nom dès maintenant"),
        required=False,
    )

    def __init__(
        self, *args: Any, wishing: QuerySet[Candidate], followed: QuerySet[Candidate], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.followed = followed
        self.fields["person"] = forms.ModelChoiceField(
            label=_("Qui souhaite cette formation"),
            queryset=wishing,
            required=False,
            empty_label=_("Choisissez"),
        )
        self.order_fields(["person", "email", "has_agreed"])

    def clean(self) -> dict[str, Any]:
        """Find one person: chosen, or by their address."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("person") is None and cleaned.get("email"):
            found = list(self.followed.filter(email__iexact=cleaned["email"])[:2])
            if len(found) != 1:
                self.add_error("email", _("Aucun profil suivi n’a cette adresse."))
            else:
                cleaned["person"] = found[0]
        elif cleaned.get("person") is None and not self.errors:
            self.add_error("person", _("Choisissez une personne, ou donnez son adresse."))
        return cleaned


class EnrolmentForm(forms.Form):
    """A reason, a result: what goes with the step of an enrolment."""

    reason = forms.ChoiceField(
        label=_("Raison"), required=False, choices=[("", _("Sans objet")), *DropReason.choices]
    )


class ResultForm(forms.Form):
    """What the course ended in."""

    result = forms.ChoiceField(
        label=_("Résultat"), required=False, choices=[("", _("Pas encore connu")), *Result.choices]
    )
    on = forms.DateField(label=_("Résultat du"), required=False, widget=DateInput)


class FundingForm(forms.Form):
    """A request for money."""

    payer = forms.ChoiceField(label=_("Financeur"), choices=Payer.choices)
    due_on = forms.DateField(label=_("À déposer avant le"), widget=DateInput)
    asked_cents = EurosField(label=_("Montant demandé (€)"), required=False)
    reference = forms.CharField(label=_("Numéro du dossier"), required=False, max_length=60)

    def __init__(self, *args: Any, file: FundingFile | None = None, **kwargs: Any) -> None:
        if file is not None:
            names = ("due_on", "asked_cents", "reference")
            kwargs["initial"] = {name: getattr(file, name) for name in names}
        super().__init__(*args, **kwargs)
        if file is not None:
            del self.fields["payer"]

    def clean_asked_cents(self) -> int:
        """Read no amount as none."""
        return self.cleaned_data["asked_cents"] or 0


class FundingStepForm(forms.Form):
    """What became of a file: the day, the amount."""

    on = forms.DateField(label=_("Le"), required=False, widget=DateInput)
    granted = EurosField(label=_("Montant accordé (€)"), required=False)


class _WishReachForm(forms.Form):
    """The months, and how far."""

    months = forms.MultipleChoiceField(
        label=_("Mois où vous pourriez commencer"), widget=forms.CheckboxSelectMultiple
    )
    reach_km = forms.IntegerField(
        label=_("Distance acceptée (km)"), min_value=1, max_value=LONGEST_REACH_KM, initial=30
    )

    def __init__(
        self, *args: Any, territory: Territory, current: Commune | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["months"].choices = [
            (month_key(day), date_format(day, "F Y")) for day in months_ahead(_today(), 18)
        ]
        self.fields["commune"] = CommuneField(
            label=_("Au départ de"),
            territory=territory,
            current=current,
            required=False,
            help_text=_("Laissez vide si vous iriez n’importe où."),
        )
        self.order_fields(["course", "profession", "months", "commune", "reach_km"])


class WishEditForm(_WishReachForm):
    """The months and how far, of a wish noted before."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, wish: TrainingWish) -> None:
        names = ("months", "commune", "reach_km", "revision")
        super().__init__(
            data,
            territory=wish.territory,
            current=wish.commune,
            initial={name: getattr(wish, name) for name in names},
        )

    def catch_up(self, revision: int) -> None:
        """Keep what was typed, to be sent again over what `revision` says."""
        sent: Any = copy(self.data)
        sent["revision"] = str(revision)
        self.data = sent


class WishForm(_WishReachForm):
    """A course or a profession, the months, how far."""

    course = forms.ModelChoiceField(
        label=_("Formation"),
        queryset=Course.objects.none(),
        required=False,
        empty_label=_("Une formation qui mène au métier ci-dessous"),
    )
    profession = forms.ModelChoiceField(
        label=_("Ou métier visé"),
        queryset=Profession.objects.none(),
        required=False,
        empty_label=_("La formation choisie ci-dessus"),
    )

    def __init__(self, *args: Any, courses: Any, professions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for name, rows in (("course", courses), ("profession", professions)):
            fields[name].queryset = rows

    def clean(self) -> dict[str, Any]:
        """Ask for one thing: a course or a profession."""
        cleaned = super().clean() or self.cleaned_data
        both = "course" in cleaned and "profession" in cleaned
        if both and bool(cleaned["course"]) == bool(cleaned["profession"]):
            self.add_error("course", _("Choisissez une formation, ou un métier visé."))
        return cleaned


class PlanForm(forms.Form):
    """What a plan weighs."""

    budget = EurosField(
        label=_("Budget de toutes les sessions (€)"),
        required=False,
        help_text=_("Laissez vide s’il n’y en a pas."),
    )
    poids = forms.IntegerField(
        label=_("Poids d’un besoin couvert"),
        min_value=0,
        max_value=20,
        initial=1,
        help_text=_("Un souhait vaut 1 point, 2 ou 4 s’il est prioritaire."),
    )
    horizon = forms.TypedChoiceField(
        label=_("Postes encore à pourvoir dans"),
        coerce=int,
        initial=18,
        choices=[
            (6, _("6 mois")),
            (12, _("12 mois")),
            (18, _("18 mois")),
            (24, _("24 mois")),
            (36, _("36 mois")),
        ],
    )


def _today() -> Any:
    return timezone.localdate()
