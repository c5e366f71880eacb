"""Questions about bridges: those listed, those around a profession, those to check again."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from ancrage.kit.text import fold, words
from ancrage.professions.models import BridgeFunding, Profession, ProfessionBridge
from ancrage.professions.models.bridges import CHECKED_FOR


def bridges_listed_on(on: date) -> QuerySet[ProfessionBridge, ProfessionBridge]:
    """Return the bridges of the reference on a day, with their two ends."""
    return (
        ProfessionBridge.objects.filter(_listed(on))
        .select_related("origin", "target")
        .order_by("code")
    )


def fundings_listed_on(on: date) -> QuerySet[BridgeFunding, BridgeFunding]:
    """Return who can pay, on a day."""
    return BridgeFunding.objects.filter(_listed(on)).order_by("code")


def bridges_from(
    profession: Profession, *, on: date
) -> QuerySet[ProfessionBridge, ProfessionBridge]:
    """Return the bridges that leave a profession and whose rules are not over on a day."""
    return bridges_listed_on(on).filter(_not_over(on), origin__profession=profession)


def bridges_to(
    profession: Profession, *, on: date
) -> QuerySet[ProfessionBridge, ProfessionBridge]:
    """Return the bridges that lead to a profession and whose rules are not over on a day."""
    return bridges_listed_on(on).filter(_not_over(on), target__profession=profession)


def bridges_to_check_again(on: date) -> QuerySet[ProfessionBridge, ProfessionBridge]:
    """Return the bridges whose last check is too old to be trusted, the oldest first."""
    return (
        bridges_listed_on(on)
        .filter(checked_on__lt=on - CHECKED_FOR)
        .order_by("checked_on", "code")
    )


def fundings_to_check_again(on: date) -> QuerySet[BridgeFunding, BridgeFunding]:
    """Return those who can pay whose last check is too old to be trusted, the oldest first."""
    return (
        fundings_listed_on(on)
        .filter(checked_on__lt=on - CHECKED_FOR)
        .order_by("checked_on", "code")
    )


class RuleState(TextChoices):
    """Which rules a list shows."""

    LISTED = "", _("Celles qui servent")
    TO_CHECK = "a_relire", _("À relire")
    OVER = "finies", _("Plus en vigueur")
    CLOSED = "closes", _("Closes ici")


@dataclass(frozen=True, slots=True)
class RuleFilter:
    """What is looked for among rules: words, ends (of bridges), state."""

    text: str = ""
    origin: str = ""
    target: str = ""
    state: RuleState = RuleState.LISTED


def bridges_matching(
    bridges: QuerySet[ProfessionBridge], wanted: RuleFilter, *, on: date
) -> list[ProfessionBridge]:
    """Return those of these bridges that a search finds, by their ends. One query.

    Words are looked for in the labels of both ends, in the note and in the code.
    """
    rows = bridges.select_related("origin", "target").filter(_in_state(wanted.state, on))
    if wanted.origin:
        rows = rows.filter(origin__code=wanted.origin)
    if wanted.target:
        rows = rows.filter(target__code=wanted.target)
    found = [
        row
        for row in rows.order_by("code")
        if _says(wanted.text, row.origin_label, row.target.label, row.note, row.code)
    ]
    return sorted(
        found, key=lambda row: (fold(row.target.label), fold(row.origin_label), row.code)
    )


def fundings_matching(
    fundings: QuerySet[BridgeFunding], wanted: RuleFilter, *, on: date
) -> list[BridgeFunding]:
    """Return those of these fundings that a search finds, by their labels. One query."""
    rows = fundings.filter(_in_state(wanted.state, on)).order_by("code")
    found = [row for row in rows if _says(wanted.text, row.label, row.note, row.code)]
    return sorted(found, key=lambda row: (fold(row.label), row.code))


def _says(text: str, *told: str) -> bool:
    known = words(" ".join(told))
    return all(any(one.startswith(asked) for one in known) for asked in words(text))


def _in_state(state: RuleState, on: date) -> Q:
    match state:
        case RuleState.CLOSED:
            return Q(valid_to__lt=on)
        case RuleState.OVER:
            return _listed(on) & ~_not_over(on)
        case RuleState.TO_CHECK:
            return _listed(on) & Q(checked_on__lt=on - CHECKED_FOR)
        case _:
            return _listed(on)


def _listed(on: date) -> Q:
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    )


def _not_over(on: date) -> Q:
    return Q(in_force_to__isnull=True) | Q(in_force_to__gte=on)
