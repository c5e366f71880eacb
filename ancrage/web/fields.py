"""Fields as people write them: a profession, a commune, a working time, an amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ancrage.kit.tabular.parsers import fte_parser
from ancrage.kit.tabular.parsers.numbers import read_decimal
from ancrage.kit.tabular.problems import Guess, Problem
from ancrage.kit.text import fold
from ancrage.privacy.detectors import detect_forbidden
from ancrage.professions.models import Profession, Specialty
from ancrage.professions.queries import (
    find_profession,
    professions_open_on,
    specialties_matching,
    specialties_open_on,
)
from ancrage.territory.models import Commune, Territory
from ancrage.territory.queries import commune_search, communes_in
from ancrage.web.addresses import title_of
from ancrage.web.widgets import ComboboxInput

_MOST_SUGGESTIONS = 4
_MOST_CENTS = 100_000_000
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class ReadProfession:
    """What the text of a profession means; the specialty is there if the text said it."""

    profession: Profession
    specialty: Specialty | None = None


class ReadField(forms.Field):
    """A text that is read into something else: `read` takes it, bare and never empty."""

    longest = 200

    def to_python(self, value: Any) -> Any:
        text = str(value or "").replace("\x00", "").strip()
        if len(text) > self.longest:
            raise ValidationError(_("Ce texte est trop long."), code="too_long")
        return self.read(text) if text else None

    def read(self, text: str) -> Any:
        """Return what `text` means, or raise ValidationError."""
        raise NotImplementedError


class ReadAgainForm(forms.Form):
    """A form whose free text is read for what has no place there before it is sent.

    The writer is told once; the same text sent again is taken. The page prints `reread`, when
    there is one, in a hidden field named `relu`.
    """

    free_text = ""
    warns = True
    # The text the writer was warned about.
    reread = ""

    def clean(self) -> dict[str, Any]:
        """Ask once to take out what has no place in the free text."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text = cleaned.get(self.free_text) or ""
        found = detect_forbidden(text) if self.warns else []
        if found and _one_line_end(self.data.get("relu", "")) != _one_line_end(text):
            self.reread = text
            warning = pgettext(
                "questionnaire",
                "%(advice)s Modifiez ce texte, ou envoyez-le une seconde fois tel quel.",
            )
            self.add_error(self.free_text, warning % {"advice": found[0].advice})
        return cleaned


def _one_line_end(text: str) -> str:
    # A hidden field and a text area do not send the ends of lines alike.
    return text.replace("\r\n", "\n")


class ProfessionField(ReadField):
    """A profession, by its label, its abbreviation or any known writing."""

    # The profession of what is being edited: kept even if it is no longer offered.
    current: Profession | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ComboboxInput(self._labels), **kwargs)

    def read(self, text: str) -> Any:
        wanted = fold(text)
        offered = list(professions_open_on(timezone.localdate()))
        for profession in [self.current, *offered] if self.current else offered:
            if wanted in (fold(profession.label_fr), fold(profession.label_en)):
                return ReadProfession(profession)
        match = find_profession(text)
        if match.profession is not None:
            return ReadProfession(match.profession, match.specialty)
        suggestions = [str(one.profession) for one in match.suggestions]
        raise ValidationError(_with_suggestions(match.reason, suggestions), code="profession")

    def prepare_value(self, value: Any) -> Any:
        return value.label if isinstance(value, Profession) else value

    @staticmethod
    def _labels() -> list[str]:
        return [str(profession) for profession in professions_open_on(timezone.localdate())]


class SpecialtyField(ReadField):
    """A specialty of one profession, by its label. Empty choices: the profession has none."""

    def __init__(self, *, profession: Profession, **kwargs: Any) -> None:
        self.profession = profession
        today = timezone.localdate()
        self.choices_known = list(specialties_open_on(today, profession=profession))
        labels = [str(specialty) for specialty in self.choices_known]
        super().__init__(widget=ComboboxInput(labels), **kwargs)

    def read(self, text: str) -> Any:
        wanted = fold(text)
        for specialty in self.choices_known:
            if wanted in (fold(specialty.label_fr), fold(specialty.label_en)):
                return specialty
        found = specialties_matching(text, on=timezone.localdate(), profession=self.profession)
        close = list(found[: _MOST_SUGGESTIONS + 1])
        if len(close) == 1:
            return close[0]
        message = _("« %(text)s » n’est pas une spécialité de ce métier.") % {"text": text}
        raise ValidationError(_with_suggestions(message, map(str, close)), code="specialty")

    def prepare_value(self, value: Any) -> Any:
        return value.label if isinstance(value, Specialty) else value


class CommuneField(ReadField):
    """A commune, by its name, its postcode or both; those of the territory are suggested."""

    def __init__(
        self, *, territory: Territory, current: Commune | None = None, **kwargs: Any
    ) -> None:
        self.territory = territory
        # The commune of what is being edited: kept, homonyms or not, when it is left as it is.
        self.current = current
        super().__init__(widget=ComboboxInput(self._names), **kwargs)

    def read(self, text: str) -> Any:
        if self.current is not None and fold(text) == fold(self.current.name):
            return self.current
        found = list(commune_search(text)[: _MOST_SUGGESTIONS + 1])
        # One exact name, or the only one that begins so: the others are not meant.
        exact = [commune for commune in found if fold(commune.name) == fold(text)]
        meant = exact or found
        if len(meant) > 1:
            inside = set(communes_in(self.territory).values_list("pk", flat=True))
            meant = [commune for commune in meant if commune.pk in inside] or meant
        if len(meant) == 1:
            return meant[0]
        if not meant:
            message = _("Aucune commune ne porte ce nom : vérifiez l’orthographe.")
            raise ValidationError(message, code="commune")
        message = _("Plusieurs communes s’appellent ainsi : précisez le code postal.")
        names = [f"{commune} ({commune.insee[:2]})" for commune in meant]
        raise ValidationError(_with_suggestions(message, names), code="commune")

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Commune) else value

    def _names(self) -> list[str]:
        return list(communes_in(self.territory).values_list("name", flat=True))


class NeedField(forms.ModelChoiceField):
    """A post to be filled, told by its profession, its structure and its reference."""

    def label_from_instance(self, obj: Any) -> str:
        parts = [title_of(obj), obj.partner.name, obj.commune.name, obj.reference]
        return " · ".join(part for part in parts if part)


class FteField(ReadField):
    """A working time: « 80 % », « 0,8 », « mi-temps », « 28 h ». Cleaned in hundredths."""

    _parse = staticmethod(fte_parser(minimum=1))

    def read(self, text: str) -> Any:
        read = self._parse(text)
        if isinstance(read, Problem):
            raise ValidationError(read.sentence, code=read.code)
        return read.value if isinstance(read, Guess) else read

    def prepare_value(self, value: Any) -> Any:
        return f"{value} %" if isinstance(value, int) else value


class EurosField(ReadField):
    """An amount in euros: « 2 150,50 ». Cleaned in cents."""

    def read(self, text: str) -> Any:
        amount = read_decimal(text.replace("€", "").replace("\u202f", " ").replace("\xa0", " "))
        if amount is None:
            raise ValidationError(
                _("« %(text)s » n’est pas un montant. Exemple : 2 150,50."),
                code="euros",
                params={"text": text},
            )
        cents = int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))
        if not 0 <= cents <= _MOST_CENTS:
            raise ValidationError(_("Ce montant n’est pas possible."), code="euros_range")
        return cents

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        whole, rest = divmod(value, 100)
        return f"{whole},{rest:02d}" if rest else str(whole)


class NumberField(ReadField):
    """A number as people write it: « 8 120 », « 12,5 ». Cleaned as a Decimal, to the hundredth."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def read(self, text: str) -> Any:
        number = read_decimal("".join(text.split()))
        if number is None:
            raise ValidationError(
                _("« %(text)s » n’est pas un nombre. Exemples : 8 120 ou 12,5."),
                code="number",
                params={"text": text},
            )
        if number != number.quantize(_HUNDREDTH):
            raise ValidationError(_("Deux chiffres après la virgule au plus."), code="places")
        return number

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal | int):
            return value
        return f"{Decimal(value):f}".replace(".", ",")


def sent_form(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even when it is empty; None when the page is only being shown."""
    return request.POST if request.method == "POST" else None


def _with_suggestions(sentence: str, suggestions: Iterable[str]) -> str:
    names = list(dict.fromkeys(suggestions))[:_MOST_SUGGESTIONS]
    if not names:
        return sentence
    quoted = ", ".join(f"« {name} »" for name in names)
    return _("%(sentence)s Vouliez-vous dire %(names)s ?") % {
        "sentence": sentence,
        "names": quoted,
    }
