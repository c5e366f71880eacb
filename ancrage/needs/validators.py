"""What a need may say: one place for pages, API and imports.

A `validate_…` refuses (ValidationError); `remarks_on` only warns, and the writer decides.
Amounts are in cents, working time in hundredths of a full-time post.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.kit.contacts import looks_like_a_person, normalise_phone
from ancrage.needs.enums import Audience, NeedReason, PayPeriod, StartPrecision, Urgency
from ancrage.needs.wording import find_forbidden_wording
from ancrage.professions.enums import PRACTICE_CONTRACTS, ContractKind

MAX_POSITIONS = 500
START_YEARS_BACK = 2
START_YEARS_AHEAD = 6
END_YEARS_AHEAD = 12

# The longest each text may be, in characters; a test holds them to the columns.
LENGTHS: Mapping[str, int] = {
    "unit": 120,
    "reference": 60,
    "pay_note": 160,
    "description": 6000,
    "contact_email": 254,
    "contact_phone": 20,
}
PRACTICE_LENGTHS: Mapping[str, int] = {
    "days": 120,
    "legal_form": 60,
    "software": 80,
    "secretariat": 120,
    "note": 4000,
}
PUBLICATION_LENGTHS: Mapping[str, int] = {
    "corps_grade": 120,
    "authority": 160,
    "missions": 6000,
    "conditions": 4000,
    "address": 200,
    "reference": 60,
}
# Texts of a need that its readers see: all of them pass the wording check.
WORDED = ("description", "pay_note")

_CHOICES: Mapping[str, tuple[frozenset[Any], bool]] = {
    # field → accepted values, may be empty
    "contract": (frozenset(ContractKind.values), False),
    "reason": (frozenset(NeedReason.values), True),
    "start_precision": (frozenset(StartPrecision.values), False),
    "urgency": (frozenset(Urgency.values), False),
    "pay_period": (frozenset(PayPeriod.values), True),
    "audience": (frozenset(Audience.values), False),
}

# Gross pay of a full-time post, in cents, below and above which a typing mistake is likely. The
# low ends stand under the minimum wage (12,02 € an hour since January 2026), since a student's
# or an apprentice's pay is lower; the high ends above what hospitals pay a locum doctor.
_PLAUSIBLE_PAY: Mapping[str, tuple[int, int]] = {
    PayPeriod.HOUR: (5_00, 200_00),
    PayPeriod.DAY: (40_00, 2_000_00),
    PayPeriod.MONTH: (500_00, 25_000_00),
    PayPeriod.YEAR: (6_000_00, 300_000_00),
}


@dataclass(frozen=True)
class Remark:
    """A doubt about one field: shown to the writer, who may publish all the same."""

    field: str
    code: str
    message: str | Promise
    suggestion: str | Promise = ""
    quote: str = ""


def validate_positions(value: int) -> None:
    """A number of posts, from 1 to 500."""
    if not 1 <= value <= MAX_POSITIONS:
        raise ValidationError(_("Le nombre de postes va de 1 à 500."), code="positions")


def validate_fte(value: int) -> None:
    """The working time of one post, in hundredths: from 1 to 100 %."""
    if not 1 <= value <= 100:
        raise ValidationError(
            _(
                "La quotité d’un poste va de 1 à 100 %. Pour plus d’un temps plein, augmentez "
                "le nombre de postes."
            ),
            code="fte",
        )


def is_placeholder(day: date) -> bool:
    """Say whether a spreadsheet or a form filled that day in for want of another."""
    return day.year < 1950 or day.year >= 2090 or day == date(1970, 1, 1)


def validate_start(value: date, *, on: date) -> None:
    """A start no more than two years ago and no more than six years ahead, seen from `on`."""
    _refuse_placeholder(value)
    if value < _years_from(on, -START_YEARS_BACK):
        raise ValidationError(
            _("Cette prise de poste date de plus de deux ans : vérifiez l’année."),
            code="start_too_old",
        )
    if value > _years_from(on, START_YEARS_AHEAD):
        raise ValidationError(
            _("Cette prise de poste est dans plus de six ans : vérifiez l’année."),
            code="start_too_far",
        )


def validate_end(value: date | None, *, starts_on: date, on: date) -> None:
    """An end after the start, at most twelve years ahead; None for an open-ended post."""
    if value is None:
        return
    _refuse_placeholder(value)
    if value < starts_on:
        raise ValidationError(_("La fin ne peut pas précéder la prise de poste."), code="end")
    if value > _years_from(on, END_YEARS_AHEAD):
        raise ValidationError(
            _("Cette fin est dans plus de douze ans : vérifiez l’année."), code="end_too_far"
        )


def validate_pay(low: int | None, high: int | None, period: str) -> None:
    """A pay range in cents: ordered, and counted by something."""
    if low is None and high is None:
        return
    if not period:
        raise ValidationError(
            _("Dites si la rémunération est par heure, jour, mois ou an."), code="pay_period"
        )
    if low is not None and high is not None and high < low:
        raise ValidationError(
            _("Le haut de la fourchette de rémunération est sous le bas."), code="pay_order"
        )


def validate_facts(facts: Mapping[str, Any], *, on: date, start_is_new: bool = True) -> None:
    """Refuse the facts of a whole need that cannot stand, with one list of reasons a field.

    `start_is_new` is False when an old need is edited and keeps its start: a date accepted
    once is not refused because time has passed.
    """
    errors: dict[str, list[ValidationError]] = {}

    def check(field: str, rule: Any, *args: Any, **context: Any) -> None:
        try:
            rule(*args, **context)
        except ValidationError as error:
            errors.setdefault(field, []).append(error)

    for field, limit in LENGTHS.items():
        check(field, _validate_length, facts[field], limit)
    for field, (accepted, may_be_empty) in _CHOICES.items():
        if not (may_be_empty and facts[field] == ""):
            check(field, _validate_choice, facts[field], accepted)
    check("positions", validate_positions, facts["positions"])
    check("fte_hundredths", validate_fte, facts["fte_hundredths"])
    if start_is_new:
        check("starts_on", validate_start, facts["starts_on"], on=on)
    check("ends_on", validate_end, facts["ends_on"], starts_on=facts["starts_on"], on=on)
    check(
        "pay_min_cents",
        validate_pay,
        facts["pay_min_cents"],
        facts["pay_max_cents"],
        facts["pay_period"],
    )
    if facts["contact_email"]:
        check("contact_email", validate_email, facts["contact_email"])
    check("contact_phone", normalise_phone, facts["contact_phone"])
    if errors:
        raise ValidationError(errors)


def validate_practice(facts: Mapping[str, Any]) -> None:
    """Refuse a practice sheet that cannot stand; facts not given are not looked at."""
    errors = _lengths_over(facts, PRACTICE_LENGTHS)
    percent = facts.get("retrocession_percent")
    if percent is not None and not 0 <= percent <= 100:
        errors["retrocession_percent"] = ValidationError(
            _("La rétrocession est un pourcentage, de 0 à 100."), code="percent"
        )
    if errors:
        raise ValidationError(errors)


def validate_publication(facts: Mapping[str, Any]) -> None:
    """Refuse a legal publication that cannot stand; facts not given are not looked at."""
    errors = _lengths_over(facts, PUBLICATION_LENGTHS)
    published_on, apply_before = facts.get("published_on"), facts.get("apply_before")
    for field, day in (("published_on", published_on), ("apply_before", apply_before)):
        if day is not None and is_placeholder(day):
            errors[field] = _placeholder()
    if published_on and apply_before and apply_before < published_on:
        errors.setdefault(
            "apply_before",
            ValidationError(
                _("La date limite de candidature précède la publication."), code="apply_before"
            ),
        )
    if errors:
        raise ValidationError(errors)


def remarks_on(facts: Mapping[str, Any]) -> list[Remark]:
    """Return what a careful colleague would point out, in the order of the form.

    Reads only the facts that are there: a half-typed form gets its remarks too.
    """
    return [
        *_pay_remarks(facts),
        *wording_remarks(facts, WORDED),
        *_contact_remarks(facts),
    ]


def wording_remarks(texts: Mapping[str, Any], fields: tuple[str, ...]) -> list[Remark]:
    """Return what the named texts ask that an offer may not (see `needs.wording`)."""
    return [
        Remark(field, f"wording.{found.code}", found.reason, found.suggestion, found.quote)
        for field in fields
        for found in find_forbidden_wording(texts.get(field) or "")
    ]


def asks_practice_sheet(*, has_practice_sheet: bool, contract: str) -> bool:
    """Say whether such a profession, under such a contract, is joined with a practice sheet."""
    return has_practice_sheet and contract in PRACTICE_CONTRACTS


def _pay_remarks(facts: Mapping[str, Any]) -> list[Remark]:
    period = facts.get("pay_period") or ""
    if period not in _PLAUSIBLE_PAY:
        return []
    fte = facts.get("fte_hundredths") or 100
    doubtful = [
        (field, amount)
        for field in ("pay_min_cents", "pay_max_cents")
        if (amount := facts.get(field)) is not None and not _is_plausible(amount, period, fte)
    ]
    if not doubtful:
        return []
    field, amount = doubtful[0]
    better = next((other for other in PayPeriod if _is_plausible(amount, other, fte)), None)
    return [
        Remark(
            field,
            "pay.implausible",
            _("Ce montant surprend pour une rémunération de cette période."),
            PERIOD_QUESTIONS[better] if better else _("Vérifiez le nombre de zéros."),
        )
    ]


PERIOD_QUESTIONS: Mapping[PayPeriod, Promise] = {
    PayPeriod.HOUR: _("Vouliez-vous dire « par heure » ?"),
    PayPeriod.DAY: _("Vouliez-vous dire « par jour » ?"),
    PayPeriod.MONTH: _("Vouliez-vous dire « par mois » ?"),
    PayPeriod.YEAR: _("Vouliez-vous dire « par an » ?"),
}


def _is_plausible(cents: int, period: str, fte_hundredths: int) -> bool:
    low, high = _PLAUSIBLE_PAY[period]
    # An hour or a day is paid the same part-time; a month and a year are not.
    share = fte_hundredths if period in (PayPeriod.MONTH, PayPeriod.YEAR) else 100
    return low * share <= cents * 100 <= high * 100


def _contact_remarks(facts: Mapping[str, Any]) -> list[Remark]:
    address = facts.get("contact_email") or ""
    if not looks_like_a_person(address):
        return []
    return [
        Remark(
            "contact_email",
            "contact.person",
            _("Cette adresse semble être celle d’une personne, pas d’un service."),
            _(
                "Préférez une boîte partagée, par exemple « recrutement@… » : elle reste lue "
                "pendant les congés et ne publie le nom de personne."
            ),
            address,
        )
    ]


def _placeholder() -> ValidationError:
    return ValidationError(
        _(
            "Cette date ressemble à une valeur laissée par un tableur ou un formulaire : "
            "indiquez la vraie date."
        ),
        code="placeholder",
    )


def _refuse_placeholder(day: date) -> None:
    if is_placeholder(day):
        raise _placeholder()


def _lengths_over(
    facts: Mapping[str, Any], lengths: Mapping[str, int]
) -> dict[str, ValidationError]:
    errors: dict[str, ValidationError] = {}
    for field, limit in lengths.items():
        try:
            _validate_length(facts.get(field) or "", limit)
        except ValidationError as error:
            errors[field] = error
    return errors


def _validate_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise ValidationError(
            _("Ce texte compte %(length)d caractères ; la limite est %(limit)d."),
            code="too_long",
            params={"length": len(text), "limit": limit},
        )


def _validate_choice(value: Any, accepted: frozenset[Any]) -> None:
    if value not in accepted:
        raise ValidationError(_("Choisissez une valeur de la liste."), code="choice")


def _years_from(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
