"""What a coordinator writes of an aid: its facts, its amounts, its rule and its cases."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.tabular.parsers.numbers import read_decimal
from ancrage.schemes.enums import AmountPeriod, Verdict
from ancrage.schemes.models import Scheme, SchemeAmount
from ancrage.schemes.reference.facts import fact_rows
from ancrage.schemes.services import EDITABLE, AmountSaid, fact_of_words, read_rule
from ancrage.web.schemes.forms.facts import NONE_OF_THESE, field_of_fact
from ancrage.web.widgets import DateInput

_MOST_EUROS = 10_000_000
BLANK_AMOUNTS = 2
_RULE_ROWS = {"rows": 12, "spellcheck": "false", "autocapitalize": "off"}


class SchemeForm(forms.ModelForm):
    """What an aid says of itself."""

    source_url = forms.URLField(
        label=gettext_lazy("Adresse de la source"), max_length=500, assume_scheme="https"
    )

    class Meta:
        model = Scheme
        fields = sorted(EDITABLE)
        widgets = {
            "opens_on": DateInput(),
            "closes_on": DateInput(),
            "commitment_fr": forms.TextInput(),
        }
        help_texts = {
            "opens_on": gettext_lazy("Laissez vide si la date n’est pas connue."),
            "closes_on": gettext_lazy(
                "Dernier jour des demandes ; ce qui court va à son terme. L’aide reste lisible."
            ),
            "check_every_days": gettext_lazy(
                "Passé ce délai après la lecture, la réponse n’est plus donnée pour certaine."
            ),
            "doubt_fr": gettext_lazy("Quand deux sources se contredisent, dites en quoi."),
            "commitment_months": gettext_lazy(
                "0 si rien n’est dû, ou si tout dépend de la durée."
            ),
            "commitment_factor": gettext_lazy("300 : trois fois la durée de la formation."),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse an end that comes before its beginning, beside the field."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error(
                "closes_on",
                _("Une aide ne se termine pas avant d’ouvrir : corrigez une date."),
            )
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # The dates are refused above; the constraint would say it again without naming a field.
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | ({"closes_on"} if "closes_on" in self.errors else set())


class NewSchemeForm(SchemeForm):
    """An aid that enters the inventory, with its first rule."""

    code = forms.SlugField(
        label=gettext_lazy("Identifiant"),
        max_length=60,
        help_text=gettext_lazy("L’adresse de sa page : lettres sans accent, chiffres et tirets."),
    )
    checked_on = forms.DateField(label=gettext_lazy("Source lue le"), widget=DateInput())
    rule = forms.CharField(
        label=gettext_lazy("Règle"),
        max_length=20_000,
        widget=forms.Textarea(_RULE_ROWS),
        help_text=gettext_lazy(
            "Une condition par ligne. Vous pourrez l’essayer et la corriger ensuite."
        ),
    )

    def clean_rule(self) -> str:
        """Refuse a rule that cannot be read, with its lines."""
        text: str = self.cleaned_data["rule"]
        read_rule(text)
        return text


class ClosingForm(forms.Form):
    """The last day of an aid."""

    on = forms.DateField(label=gettext_lazy("Dernier jour des demandes"), widget=DateInput())


class RuleForm(forms.Form):
    """A version of a rule. It is tried with facts about nobody, typed beside it."""

    text = forms.CharField(
        label=gettext_lazy("Règle"), max_length=20_000, widget=forms.Textarea(_RULE_ROWS)
    )
    applies_from = forms.DateField(
        label=gettext_lazy("S’applique depuis"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy(
            "Une nouvelle date fait une nouvelle version ; la date déjà en place corrige la règle"
            " en vigueur. Vide : depuis toujours."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Ce qui a changé"),
        required=False,
        max_length=240,
        help_text=gettext_lazy("Par exemple : arrêté du 3 juin, plafond relevé."),
    )
    despite_cases = forms.BooleanField(
        label=gettext_lazy("Enregistrer malgré les cas qui échouent"), required=False
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_text(self) -> str:
        """Give line ends one form, and refuse what cannot be read."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        read_rule(text)
        return text


class TrialForm(forms.Form):
    """Facts about nobody, the day of the question; a case is these with an expected answer."""

    jour = forms.DateField(label=gettext_lazy("Jour de la question"), widget=DateInput())
    cas = forms.CharField(
        label=gettext_lazy("Nom du cas"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Un cas inventé : jamais une personne réelle."),
    )
    attendu = forms.ChoiceField(
        label=gettext_lazy("Réponse attendue"), required=False, choices=Verdict.choices
    )

    def __init__(self, data: Any, *, names: Sequence[str], initial: Any = None) -> None:
        super().__init__(data, initial=initial, prefix="essai")
        rows = fact_rows()
        self.names = tuple(names)
        for name in self.names:
            self.fields[name] = field_of_fact(rows[name])

    def facts(self) -> dict[str, Any]:
        """Return what is told; an answer in error is left aside, as the page says."""
        self.is_valid()
        return {
            name: fact_of_words(name, self.cleaned_data[name], none_of_these=NONE_OF_THESE)
            for name in self.names
            if self.cleaned_data.get(name) not in (None, "", [])
        }

    @property
    def fact_fields(self) -> list[Any]:
        """The fields of the facts alone."""
        return [self[name] for name in self.names]


class AmountForm(forms.Form):
    """One amount; a line left blank is none."""

    period = forms.ChoiceField(
        label=gettext_lazy("Rythme"), choices=AmountPeriod.choices, required=False
    )
    low = forms.CharField(label=gettext_lazy("Montant"), required=False, max_length=20)
    high = forms.CharField(
        label=gettext_lazy("Jusqu’à"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Vide : le montant est exact."),
    )
    label_fr = forms.CharField(label=gettext_lazy("Précision"), required=False, max_length=160)
    label_en = forms.CharField(
        label=gettext_lazy("Précision en anglais"), required=False, max_length=160
    )
    rule = forms.CharField(
        label=gettext_lazy("À qui il va"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
        help_text=gettext_lazy("Une règle, comme celle de l’aide ; vide : à tous."),
    )

    def clean_low(self) -> int | None:
        """Return hundredths of the unit: cents, or hundredths of a percent."""
        return _hundredths(self.cleaned_data["low"])

    def clean_high(self) -> int | None:
        """Return hundredths, or None where the amount is exact."""
        return _hundredths(self.cleaned_data["high"])

    def clean_rule(self) -> str:
        """Refuse a rule that cannot be read, with its lines."""
        text = str(self.cleaned_data["rule"]).replace("\r\n", "\n").strip()
        if text:
            read_rule(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for the figure of a line that says something; put the two in order."""
        cleaned = super().clean() or {}
        low, high = cleaned.get("low"), cleaned.get("high")
        said = any(cleaned.get(name) for name in ("high", "label_fr", "label_en", "rule"))
        if low is None and said and "low" not in self.errors:
            self.add_error("low", _("Indiquez le montant, ou videz la ligne."))
        if low is not None and high is not None and high < low:
            self.add_error("high", _("Le haut du montant est sous le bas."))
        return cleaned

    @property
    def said(self) -> AmountSaid | None:
        """The amount of a valid line, or None for a blank one."""
        told = self.cleaned_data
        if told.get("low") is None:
            return None
        return AmountSaid(
            period=AmountPeriod(told["period"] or AmountPeriod.ONCE),
            low=told["low"],
            high=told["low"] if told["high"] is None else told["high"],
            label_fr=told["label_fr"],
            label_en=told["label_en"],
            rule=told["rule"],
        )


AmountFormSet = forms.formset_factory(AmountForm, extra=BLANK_AMOUNTS, max_num=40)


def amounts_shown(amounts: Sequence[SchemeAmount]) -> list[dict[str, Any]]:
    """Return what the lines of the amounts of an aid show."""
    return [
        {
            "period": one.period,
            "low": _written(one.low),
            "high": _written(one.high) if one.high != one.low else "",
            "label_fr": one.label_fr,
            "label_en": one.label_en,
            "rule": one.rule,
        }
        for one in amounts
    ]


def _hundredths(text: str) -> int | None:
    plain = text.replace("€", "").replace("%", "").strip()
    if not plain:
        return None
    number = read_decimal(plain)
    if number is None or not 0 <= number <= _MOST_EUROS:
        raise ValidationError(
            _("« %(text)s » n’est pas un montant. Exemple : 2 150,50."),
            code="euros",
            params={"text": text},
        )
    return int((number * 100).to_integral_value())


def _written(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)
