"""The ways of a person in words: what is held, what is missing, who pays, what is shut."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ancrage.matching.services.becoming import Closing
from ancrage.matching.services.bridging import Known
from ancrage.professions.enums import BridgeCertificate, BridgeFact, EmployerSector
from ancrage.professions.models import BridgeFunding, ProfessionBridge, Qualification
from ancrage.professions.services.telling import (
    ToldCheck,
    ToldClosed,
    ToldPath,
    ToldPayment,
    ToldStep,
)
from ancrage.web.bridge_words import condition_words, months_words

_ANSWERS: Mapping[str, tuple[Promise, str, str]] = {
    "met": (gettext_lazy("acquis"), "success", "check"),
    "to_check": (gettext_lazy("à vérifier"), "warning", "circle-question-mark"),
    "missing": (gettext_lazy("manque"), "error", "x"),
    "on_the_way": (gettext_lazy("en chemin"), "info", "route"),
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A condition, its answer as a tag, and why."""

    text: str
    answer: str
    tone: str
    icon: str
    why: str


@dataclass(frozen=True, slots=True)
class PayLine:
    """Who can pay a step: what the person keeps, pays and owes."""

    name: str
    text: str
    note: str
    is_to_check: bool
    is_counted: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as the page shows it."""

    step: ToldStep
    title: str
    length: str
    waited: str
    checks: Sequence[CheckLine]
    payers: Sequence[PayLine]


@dataclass(frozen=True, slots=True)
class PathLine:
    """One way as the page shows it."""

    path: ToldPath
    title: str
    length: str
    cost: str
    income: str
    owed: str
    chance: str
    steps: Sequence[StepLine]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A title in reach, by its fastest way; `is_open_to_all`: whatever one holds."""

    code: str
    label: str
    route: str
    path: ToldPath
    is_open_to_all: bool


def goal_lines(goals: Iterable[tuple[str, ToldPath]], titles: Mapping[str, str]) -> list[GoalLine]:
    """Return the titles in reach, in words."""
    return [
        GoalLine(code, titles[code], route_of(path), path, path.steps[0].bridge.origin_id is None)
        for code, path in goals
    ]


def titles_by_code() -> dict[str, str]:
    """Return how each title is called, in the language of the page. One query."""
    return {title.code: title.label for title in Qualification.objects.order_by("code")}


def path_lines(paths: Iterable[ToldPath], titles: Mapping[str, str]) -> list[PathLine]:
    """Return ways in words."""
    return [_path(path, titles) for path in paths]


def bridge_title(bridge: ProfessionBridge) -> str:
    """Return the two ends of a bridge and its nature, in one line."""
    return f"{bridge.origin_label} → {bridge.target.label}"


def route_of(path: ToldPath) -> str:
    """Return the titles that a way goes through."""
    ends = [step.bridge.target.label for step in path.steps]
    return " → ".join([path.steps[0].bridge.origin_label, *ends])


def _path(path: ToldPath, titles: Mapping[str, str]) -> PathLine:
    owed = [step.paid_by for step in path.steps if step.paid_by.owed]
    return PathLine(
        path,
        route_of(path),
        months_words(path.months),
        money_words(path.cost),
        _lost_words(path.lost)
        if all(_tells_pay(step) for step in path.steps)
        else _("à vérifier"),
        "".join(_owed_words(one) for one in owed[-1:]),
        "" if path.chance is None else _("%(percent)s %%") % {"percent": path.chance},
        [_step(step, titles) for step in path.steps],
    )


def _tells_pay(step: ToldStep) -> bool:
    return step.paid_by.kept is not None


def _step(step: ToldStep, titles: Mapping[str, str]) -> StepLine:
    bridge = step.bridge
    length = months_words(bridge.months) if bridge.months else _("sans formation")
    if bridge.months_at_most and bridge.months:
        length = _("%(length)s au plus") % {"length": length}
    waited = ""
    if step.waited:
        waited = _("après %(length)s d’attente ou de travail") % {
            "length": months_words(step.waited)
        }
    return StepLine(
        step,
        bridge_title(bridge),
        length,
        waited,
        [check_line(one, titles, step.begins_on) for one in step.checks],
        [_payer(one, step) for one in step.payments],
    )


def check_line(check: ToldCheck, titles: Mapping[str, str], begins_on: date) -> CheckLine:
    """Return one condition in words."""
    key = "on_the_way" if check.reason == "on_the_way" else check.answer
    label, tone, icon = _ANSWERS[key]
    text = condition_words(check.condition, titles)
    return CheckLine(text, str(label), tone, icon, _why(check, begins_on))


def _why(check: ToldCheck, begins_on: date) -> str:
    words = {
        "day": date_format(check.day or begins_on, "DATE_FORMAT"),
        "begins": date_format(begins_on, "DATE_FORMAT"),
        "length": months_words(check.months),
    }
    match check.reason:
        case "not_told" if check.months:
            return _("il manque %(length)s d’après ce qui est dit : à préciser") % words
        case "not_told":
            return _("personne ne l’a dit")
        case "on_the_way" if check.months:
            return _("encore %(length)s de travail, acquis le %(day)s") % words
        case "on_the_way":
            return _("donné par l’étape précédente")
        case "awaited":
            return _("attendu le %(day)s") % words
        case "to_renew":
            return _("valable jusqu’au %(day)s : à renouveler avant le %(begins)s") % words
        case "to_obtain":
            return _("à obtenir avant le %(begins)s") % words
        case _:
            return ""


def money_words(cents: int | None) -> str:
    """Return what the person pays, in words."""
    if cents is None:
        return _("à vérifier")
    if not cents:
        return _("rien à payer")
    return _("%(amount)s €") % {"amount": number_format(cents / 100, 2, force_grouping=True)}


def _lost_words(lost: int) -> str:
    """Return the pay lost on the whole way, from hundredths of a month."""
    if not lost:
        return _("salaire gardé")
    months = round(lost / 100)
    return ngettext(
        "%(number)s mois de salaire en moins", "%(number)s mois de salaire en moins", months
    ) % {"number": months}


def _owed_words(payment: ToldPayment) -> str:
    return _("%(length)s de service, jusqu’au %(day)s") % {
        "length": months_words(payment.owed),
        "day": date_format(payment.owed_until or "", "DATE_FORMAT"),
    }


def _payer(payment: ToldPayment, step: ToldStep) -> PayLine:
    funding = payment.funding
    parts = [money_words(payment.cost)]
    if payment.kept is None:
        parts.append(_("salaire gardé : à vérifier"))
    else:
        parts.append(_("salaire gardé à %(percent)s %%") % {"percent": payment.kept})
    if payment.owed:
        parts.append(_("puis %(owed)s") % {"owed": _owed_words(payment)})
    return PayLine(
        funding.label if funding else _("Sans financement"),
        " · ".join(parts),
        funding.note if funding else "",
        payment.answer == "to_check",
        payment == step.paid_by,
    )


def closed_line(closed: ToldClosed) -> str:
    """Return why a bridge is shut, in words."""
    match closed.why:
        case "expired" if closed.day and closed.bridge.in_force_to:
            return _("La règle prend fin le %(end)s ; tout ne serait prêt que le %(day)s.") % {
                "end": date_format(closed.bridge.in_force_to, "DATE_FORMAT"),
                "day": date_format(closed.day, "DATE_FORMAT"),
            }
        case "expired":
            return _("La règle n’est plus en vigueur.")
        case "title_missing":
            return _("Elle demande un titre qui manque.")
        case "seniority_missing":
            return _("Elle demande un travail qui n’est pas exercé aujourd’hui.")
        case "refused":
            return _("Une réponse donnée la ferme.")
        case _:
            return _("Elle commencerait dans plus de vingt ans.")


def fact_label(key: str, bridges: Mapping[str, ProfessionBridge]) -> str:
    """Return a fact as it is asked: an agreement or a selection names its bridge."""
    fact, _at, bridge = key.partition("@")
    label = str(BridgeFact(fact).label)
    if bridge not in bridges:
        return label
    return _("%(fact)s (%(bridge)s)") % {"fact": label, "bridge": bridge_title(bridges[bridge])}


@dataclass(frozen=True, slots=True)
class KnownLines:
    """What is known of the person, in words."""

    titles: Sequence[str]
    works: Sequence[str]
    sector: str
    papers: Sequence[str]


def known_lines(known: Known, titles: Mapping[str, str]) -> KnownLines:
    """Return what is known of a person, in words."""
    return KnownLines(
        [titles.get(code, code) for code, _sure in known.titles],
        [_work(*one, titles) for one in known.works if one[1] is not None],
        str(EmployerSector(known.sector).label) if known.sector else "",
        [_paper(*one) for one in known.papers],
    )


def _work(code: str, months: int | None, until: date | None, titles: Mapping[str, str]) -> str:
    words = {"title": titles.get(code, code), "length": months_words(months or 0)}
    if until is None:
        return _("%(title)s : %(length)s au moins") % words
    words["day"] = date_format(until, "DATE_FORMAT")
    return _("%(title)s : %(length)s, jusqu’au %(day)s") % words


def _paper(kind: str, valid_to: date | None) -> str:
    words = {"paper": str(BridgeCertificate(kind).label)}
    if valid_to is None:
        return _("%(paper)s, date de fin à préciser") % words
    words["day"] = date_format(valid_to, "DATE_FORMAT")
    return _("%(paper)s, valable jusqu’au %(day)s") % words


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """What one bridge would bring to a shortage, in words."""

    title: str
    note: str
    within: Sequence[int]
    closes: str


def closing_lines(closings: Iterable[Closing]) -> list[ClosingLine]:
    """Return what each bridge would bring; the first line is all of them together."""
    return [
        ClosingLine(
            bridge_title(one.bridge) if one.bridge else _("Toutes les passerelles ensemble"),
            f"{one.bridge.get_kind_display()}. {one.bridge.note}" if one.bridge else "",
            one.within,
            _closes_words(one.closes_in),
        )
        for one in closings
    ]


def _closes_words(months: int | None) -> str:
    if months is None:
        return _("ne suffit pas")
    return _("en %(length)s") % {"length": months_words(months)} if months else _("rien ne manque")


@dataclass(frozen=True, slots=True)
class FundingLine:
    """Somebody who can pay, in words."""

    funding: BridgeFunding
    sectors: str
    kept: str
    rest: str
    owed: str
    is_old: bool


def funding_line(funding: BridgeFunding, *, on: date) -> FundingLine:
    """Return who can pay, what is kept, paid and owed, in words."""
    kept = funding.kept_percent
    owed = ""
    if funding.owed_times:
        owed = _("%(times)s fois la durée, %(most)s au plus") % {
            "times": funding.owed_times,
            "most": months_words(funding.owed_most_months),
        }
    return FundingLine(
        funding,
        ", ".join(str(EmployerSector(one).label) for one in funding.sectors)
        or _("tous les employeurs"),
        _("à vérifier") if kept is None else _("%(percent)s %%") % {"percent": kept},
        money_words(funding.rest_cents),
        owed,
        funding.is_to_check_again(on),
    )
