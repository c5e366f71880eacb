"""The bridges around a profession, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.professions.enums import BridgeCertificate, BridgeFact, ConditionKind
from ancrage.professions.models import BridgeFunding, ProfessionBridge


@dataclass(frozen=True, slots=True)
class PayerLine:
    """Who can pay for a course, and the service owed afterwards, in words."""

    label: str
    owed: str


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """One bridge as the page shows it."""

    bridge: ProfessionBridge
    length: str
    conditions: Sequence[str]
    payers: Sequence[PayerLine]
    is_old: bool


def described(
    bridges: Iterable[ProfessionBridge],
    *,
    fundings: Mapping[str, BridgeFunding],
    titles: Mapping[str, str],
    on: date,
) -> list[BridgeLine]:
    """Return bridges in words; `titles` names each title by its code."""
    return [
        BridgeLine(
            bridge,
            _length(bridge),
            [condition_words(one, titles) for one in bridge.conditions],
            [_payer(fundings[code], bridge) for code in bridge.fundings if code in fundings],
            bridge.is_to_check_again(on),
        )
        for bridge in bridges
    ]


def months_words(months: int) -> str:
    """Return a length of time in years where it is a whole number of them, else in months."""
    if months and not months % 12:
        years = months // 12
        return ngettext("%(number)s an", "%(number)s ans", years) % {"number": years}
    return ngettext("%(number)s mois", "%(number)s mois", months) % {"number": months}


def condition_words(condition: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """Return one condition of a bridge in words."""
    match condition["kind"]:
        case ConditionKind.SENIORITY:
            return _seniority_words(condition, titles)
        case ConditionKind.TITLE:
            return _("Avoir l’un de ces titres : %(titles)s") % {
                "titles": _names(condition["any_of"], titles)
            }
        case ConditionKind.CERTIFICATE:
            return _("%(certificate)s en cours de validité") % {
                "certificate": BridgeCertificate(condition["certificate"]).label
            }
        case _:
            return str(BridgeFact(condition["fact"]).label)


def _seniority_words(condition: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    words = {
        "length": months_words(condition["months"]),
        "titles": _names(condition.get("professions", ()), titles),
        "window": months_words(condition.get("window") or 0),
    }
    if not words["titles"]:
        return _("%(length)s de travail à temps plein") % words
    if condition.get("window"):
        return (
            _("%(length)s à temps plein sur les %(window)s qui précèdent, comme : %(titles)s")
            % words
        )
    return _("%(length)s à temps plein comme : %(titles)s") % words


def _names(codes: Iterable[str], titles: Mapping[str, str]) -> str:
    return ", ".join(titles.get(code, code) for code in codes)


def _length(bridge: ProfessionBridge) -> str:
    if not bridge.months:
        return _("Sans formation")
    words = {"length": months_words(bridge.months)}
    return _("%(length)s au plus") % words if bridge.months_at_most else words["length"]


def _payer(funding: BridgeFunding, bridge: ProfessionBridge) -> PayerLine:
    owed = min(funding.owed_times * bridge.months, funding.owed_most_months)
    words = {"length": months_words(owed)}
    return PayerLine(funding.label, _("puis %(length)s de service dus") % words if owed else "")
