"""Forms of the rules: a bridge, who can pay, and what one looks for among them."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from ancrage.kit.text import fold
from ancrage.professions.enums import (
    BridgeCertificate,
    BridgeFact,
    BridgeKind,
    BridgeRhythm,
    ConditionKind,
    EmployerSector,
)
from ancrage.professions.models import BridgeFunding, ProfessionBridge, Qualification
from ancrage.professions.queries import RuleFilter, RuleState
from ancrage.professions.services import version_of
from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput


class _Titles(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Qualification.objects.order_by("label_fr", "pk"),
            to_field_name="code",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class _Percent(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, required=False, **kwargs)


class _Euros(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=10**6,
            decimal_places=2,
            required=False,
            localize=True,
            **kwargs,
        )


class RuleSearchForm(forms.Form):
    """What one looks for among rules; every part is in the address."""

    q = WordsField(_("Titre, mot ou code"))
    etat = forms.ChoiceField(label=_("Afficher"), required=False, choices=RuleState.choices)

    def wanted(self) -> RuleFilter:
        """Return what is asked; a criterion in error is left aside, as the page says."""
        self.is_valid()
        asked = self.cleaned_data
        return RuleFilter(
            text=asked.get("q") or "",
            origin=asked.get("de") or "",
            target=asked.get("vers") or "",
            state=RuleState(asked.get("etat") or ""),
        )


class BridgeSearchForm(RuleSearchForm):
    """The same for bridges, with their two ends."""

    de = forms.ChoiceField(label=_("De"), required=False)
    vers = forms.ChoiceField(label=_("Vers"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        titles = _sorted(Qualification.objects.order_by("code"))
        self.fields["de"].choices = [("", _("N’importe quel titre")), *titles]  # type: ignore[attr-defined]
        self.fields["vers"].choices = [("", _("N’importe quel titre")), *titles]  # type: ignore[attr-defined]


class _RuleForm(forms.Form):
    """What every rule says: conditions, dates, notes, source, last check."""

    seniority_months = forms.IntegerField(
        label=_("Ancienneté (mois à temps plein)"), required=False, min_value=1, max_value=480
    )
    seniority_window = forms.IntegerField(
        label=_("Comptée sur les derniers (mois)"),
        required=False,
        min_value=1,
        max_value=480,
        help_text=_("Vide : sur toute la vie professionnelle."),
    )
    seniority_titles = _Titles(
        label=_("Ancienneté comme"), help_text=_("Rien de coché : dans n’importe quel travail.")
    )
    any_of = _Titles(label=_("Avoir l’un de ces titres, en plus du titre de départ"))
    certificates = forms.MultipleChoiceField(
        label=_("Attestations en cours de validité"),
        required=False,
        choices=BridgeCertificate.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    facts = forms.MultipleChoiceField(
        label=_("Ce que quelqu’un doit dire"),
        required=False,
        choices=BridgeFact.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    in_force_from = forms.DateField(label=_("En vigueur depuis"), required=False, widget=DateInput)
    in_force_to = forms.DateField(label=_("En vigueur jusqu’au"), required=False, widget=DateInput)
    note_fr = forms.CharField(
        label=_("Précision"), required=False, max_length=300, widget=forms.Textarea
    )
    note_en = forms.CharField(
        label=_("Précision en anglais"), required=False, max_length=300, widget=forms.Textarea
    )
    source = forms.URLField(
        label=_("Source"),
        max_length=300,
        assume_scheme="https",
        help_text=_("L’adresse de la page qui dit la règle."),
    )
    checked_on = forms.DateField(label=_("Lue le"), widget=DateInput)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, data: Any, *, rule: Any) -> None:
        self.rule = rule
        super().__init__(data, initial=self._initial(rule) if rule.pk else {})

    def clean(self) -> dict[str, Any]:
        """Refuse a seniority that its own window cannot hold."""
        told = super().clean() or {}
        months, window = told.get("seniority_months"), told.get("seniority_window")
        if months and window and window < months:
            self.add_error(
                "seniority_window",
                _("Cette période est plus courte que l’ancienneté demandée."),
            )
        if not months and (window or told.get("seniority_titles")):
            self.add_error("seniority_months", _("Écrivez combien de mois sont demandés."))
        return told

    def values(self) -> dict[str, Any]:
        """Return what the service takes of every rule."""
        told = self.cleaned_data
        same = ("in_force_from", "in_force_to", "note_fr", "note_en", "source", "checked_on")
        return {
            **{name: told[name] for name in same},
            "conditions": self._conditions(),
            "version": told["version"],
        }

    def _conditions(self) -> list[dict[str, Any]]:
        told, conditions = self.cleaned_data, []
        if told["seniority_months"]:
            seniority: dict[str, Any] = {
                "kind": ConditionKind.SENIORITY.value,
                "months": told["seniority_months"],
            }
            if told["seniority_titles"]:
                seniority["professions"] = [title.code for title in told["seniority_titles"]]
            if told["seniority_window"]:
                seniority["window"] = told["seniority_window"]
            conditions.append(seniority)
        if told["any_of"]:
            titles = [title.code for title in told["any_of"]]
            conditions.append({"kind": ConditionKind.TITLE.value, "any_of": titles})
        conditions += [
            {"kind": ConditionKind.CERTIFICATE.value, "certificate": one}
            for one in told["certificates"]
        ]
        conditions += [{"kind": ConditionKind.FACT.value, "fact": one} for one in told["facts"]]
        kept = self.rule.conditions if self.rule.pk else []
        # The same conditions in another order are no change.
        return kept if _as_set(kept) == _as_set(conditions) else conditions

    def _initial(self, rule: Any) -> dict[str, Any]:
        by_kind: dict[str, list[Mapping[str, Any]]] = {}
        for one in rule.conditions:
            by_kind.setdefault(one["kind"], []).append(one)
        seniority = next(iter(by_kind.get(ConditionKind.SENIORITY, ())), {})
        return {
            **{
                name: getattr(rule, name)
                for name in (
                    *("in_force_from", "in_force_to", "note_fr", "note_en"),
                    *("source", "checked_on"),
                )
            },
            "seniority_months": seniority.get("months"),
            "seniority_window": seniority.get("window"),
            "seniority_titles": seniority.get("professions", []),
            "any_of": [
                code for one in by_kind.get(ConditionKind.TITLE, ()) for code in one["any_of"]
            ],
            "certificates": [
                one["certificate"] for one in by_kind.get(ConditionKind.CERTIFICATE, ())
            ],
            "facts": [one["fact"] for one in by_kind.get(ConditionKind.FACT, ())],
            "version": version_of(rule),
        }


class BridgeForm(_RuleForm):
    """A way from one title to another."""

    origin = forms.ModelChoiceField(
        label=_("De"),
        queryset=Qualification.objects.order_by("label_fr", "pk"),
        to_field_name="code",
        required=False,
        empty_label=_("Tout le monde"),
    )
    target = forms.ModelChoiceField(
        label=_("Vers"),
        queryset=Qualification.objects.order_by("label_fr", "pk"),
        to_field_name="code",
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=BridgeKind.choices)
    rhythm = forms.ChoiceField(label=_("Rythme"), choices=BridgeRhythm.choices)
    months = forms.IntegerField(label=_("Durée (mois)"), min_value=0, max_value=120)
    months_at_most = forms.BooleanField(label=_("C’est la durée maximale"), required=False)
    hours = forms.IntegerField(
        label=_("Durée (heures)"), required=False, min_value=1, max_value=20_000
    )
    intakes = forms.TypedMultipleChoiceField(
        label=_("Mois de rentrée"),
        required=False,
        coerce=int,
        choices=list(MONTHS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : à tout moment."),
    )
    fundings = forms.MultipleChoiceField(
        label=_("Qui peut payer"), required=False, widget=forms.CheckboxSelectMultiple
    )
    fee = _Euros(label=_("Frais sans financement"), help_text=_("Vide : à vérifier."))
    kept_alone_percent = _Percent(label=_("Salaire gardé sans financement"))

    def __init__(self, data: Any, *, rule: ProfessionBridge) -> None:
        super().__init__(data, rule=rule)
        self.fields["fundings"].choices = _sorted(BridgeFunding.objects.order_by("code"))  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        told = self.cleaned_data
        same = ("origin", "target", "kind", "rhythm", "months", "months_at_most", "hours")
        kept = self.rule.fundings if self.rule.pk else []
        return {
            **super().values(),
            **{name: told[name] for name in same},
            "intakes": told["intakes"],
            "fundings": kept if set(kept) == set(told["fundings"]) else told["fundings"],
            "fee_cents": _cents(told["fee"]),
            "kept_alone_percent": told["kept_alone_percent"] or 0,
        }

    def _initial(self, rule: ProfessionBridge) -> dict[str, Any]:
        same = ("kind", "rhythm", "months", "months_at_most", "hours", "intakes", "fundings")
        return {
            **super()._initial(rule),
            **{name: getattr(rule, name) for name in (*same, "kept_alone_percent")},
            "origin": rule.origin.code if rule.origin else "",
            "target": rule.target.code,
            "fee": _in_euros(rule.fee_cents),
        }


class FundingForm(_RuleForm):
    """Who can pay for a course, what the person keeps, and what is owed afterwards."""

    label_fr = forms.CharField(label=_("Libellé"), max_length=100)
    label_en = forms.CharField(label=_("Libellé anglais"), max_length=100)
    sectors = forms.MultipleChoiceField(
        label=_("Pour qui travaille chez"),
        required=False,
        choices=EmployerSector.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : quel que soit l’employeur."),
    )
    kept_percent = _Percent(label=_("Salaire gardé"), help_text=_("Vide : à vérifier."))
    rest = _Euros(label=_("Reste à payer"), help_text=_("Vide : à vérifier."))
    owed_times = forms.IntegerField(
        label=_("Engagement : combien de fois la durée"), min_value=0, max_value=10, initial=0
    )
    owed_most_months = forms.IntegerField(
        label=_("Engagement : au plus (mois)"), min_value=0, max_value=1000, initial=60
    )

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        told = self.cleaned_data
        same = ("label_fr", "label_en", "kept_percent", "owed_times", "owed_most_months")
        kept = self.rule.sectors if self.rule.pk else []
        return {
            **super().values(),
            **{name: told[name] for name in same},
            "sectors": kept if set(kept) == set(told["sectors"]) else told["sectors"],
            "rest_cents": _cents(told["rest"]),
        }

    def _initial(self, rule: BridgeFunding) -> dict[str, Any]:
        same = ("label_fr", "label_en", "sectors", "kept_percent")
        return {
            **super()._initial(rule),
            **{name: getattr(rule, name) for name in (*same, "owed_times", "owed_most_months")},
            "rest": _in_euros(rule.rest_cents),
        }


def _sorted(rows: QuerySet[Any, Any]) -> list[tuple[str, str]]:
    return sorted(((row.code, row.label) for row in rows), key=lambda one: fold(one[1]))


def _as_set(conditions: Iterable[Mapping[str, Any]]) -> set[str]:
    return {repr(sorted((name, _ordered(one[name])) for name in one)) for one in conditions}


def _ordered(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _cents(euros: Decimal | None) -> int | None:
    return None if euros is None else int(euros * 100)


def _in_euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100
