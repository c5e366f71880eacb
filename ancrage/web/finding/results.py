"""Results as a page prints them: what a card says, why it stands there, what to do next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ancrage.accounts.policy import may, permitted
from ancrage.candidates.enums import Experience
from ancrage.matching.enums import OPEN_STATES
from ancrage.matching.models import Introduction
from ancrage.matching.services.finding import CardResult, NeedResult, ProfileResult
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.professions.enums import ContractKind
from ancrage.web.addresses import offer_address, title_of
from ancrage.web.finding.words import COORDINATION, PARTNER, PERSON, Why, why_of
from ancrage.web.templatetags.need_words import need_line


@dataclass(frozen=True)
class Act:
    """What may be done of a result: words, address, and whether it is the first thing to do."""

    label: str
    href: str
    is_main: bool = False


@dataclass(frozen=True)
class Result:
    """One result of a page. `standing` says how far an introduction under way has come."""

    title: str
    line: str
    note: str
    why: Why
    is_clear: bool
    acts: tuple[Act, ...]
    standing: str = ""


def card_line(experience: str, month: date | None, zone: Any, contracts: Iterable[str]) -> str:
    """« De 2 à 5 ans · janvier 2027 · Pornic Agglo · CDI »: what a card says."""
    kinds = ", ".join(str(ContractKind(kind).label) for kind in contracts)
    parts = [
        str(Experience(experience).label) if experience else _("expérience non précisée"),
        _("disponible en %(month)s") % {"month": date_format(month, "F Y")}
        if month
        else _("disponibilité à convenir"),
        str(zone or ""),
        kinds or _("tous les contrats"),
    ]
    return " · ".join(part for part in parts if part)


def results_of_cards(
    request: HttpRequest, need: Need, found: Sequence[CardResult]
) -> list[Result]:
    """Return cards for the structure of a need; of an introduction, what it may read."""
    known = _introductions(request, need, [one.card.key for one in found])
    may_ask = need.status == NeedStatus.PUBLISHED and may(request.user, "introductions.request")
    return [
        Result(
            title=_("Carte %(card)s") % {"card": one.card.key},
            line=card_line(one.card.experience, one.card.month, one.card.zone, one.card.contracts),
            note=str(one.card.profession),
            why=why_of(one.why, PARTNER),
            is_clear=one.why.is_clear,
            standing=_standing(known.get(one.card.key)),
            acts=_acts(
                known.get(one.card.key),
                Act(
                    _("Demander une mise en relation"),
                    f"{reverse('introductions:request', args=[one.card.key])}?besoin={need.pk}",
                    is_main=True,
                )
                if may_ask
                else None,
            ),
        )
        for one in found
    ]


def results_of_profiles(
    request: HttpRequest, need: Need, found: Sequence[ProfileResult]
) -> list[Result]:
    """Return the profiles that the coordination follows, without their names."""
    known = _introductions(request, need, [one.candidate.card for one in found])
    may_ask = need.status == NeedStatus.PUBLISHED and may(request.user, "introductions.propose")
    results = []
    for one in found:
        person = one.candidate
        ask = Act(
            _("Proposer ce poste"),
            f"{reverse('introductions:propose')}?profil={person.card}&besoin={need.pk}",
            is_main=True,
        )
        sheet = Act(_("Ouvrir le profil"), reverse("candidates:detail", args=[person.pk]))
        results.append(
            Result(
                title=_("Profil %(card)s") % {"card": person.card},
                line=card_line(
                    person.experience, person.available_from, person.zone, person.contracts
                ),
                note=_("Au vivier") if person.in_pool else _("Connu de la coordination seulement"),
                why=why_of(one.why, COORDINATION),
                is_clear=one.why.is_clear,
                standing=_standing(known.get(person.card)),
                acts=(*_acts(known.get(person.card), ask if may_ask else None), sheet),
            )
        )
    return results


def results_of_needs(request: HttpRequest, found: Sequence[NeedResult]) -> list[Result]:
    """Return the needs that suit a person, for herself."""
    mine = Introduction.objects.filter(
        need__in=[one.need.pk for one in found], state__in=sorted(OPEN_STATES)
    )
    known = {
        row.need_id: row
        for row in permitted(request.user, "introductions.keep_own", mine).order_by("pk")
    }
    return [
        Result(
            title=title_of(one.need),
            line=need_line(one.need),
            note=str(one.need.partner),
            why=why_of(one.why, PERSON),
            is_clear=one.why.is_clear,
            standing=_standing(known.get(one.need.pk)),
            acts=(
                *_acts(
                    known.get(one.need.pk),
                    Act(
                        _("Candidater"),
                        reverse("introductions:apply", args=[one.need.pk]),
                        is_main=True,
                    ),
                ),
                Act(_("Lire l’offre"), offer_address(one.need)),
            ),
        )
        for one in found
    ]


def _introductions(
    request: HttpRequest, need: Need, cards: Sequence[str]
) -> dict[str, Introduction]:
    rows = Introduction.objects.filter(
        need=need, candidate__card__in=cards, state__in=sorted(OPEN_STATES)
    ).select_related("candidate")
    return {
        row.candidate.card: row
        for row in permitted(request.user, "introductions.view", rows).order_by("pk")
    }


def _standing(row: Introduction | None) -> str:
    return str(row.get_state_display()) if row else ""


def _acts(row: Introduction | None, ask: Act | None) -> tuple[Act, ...]:
    if row is not None:
        return (
            Act(_("Voir la mise en relation"), reverse("introductions:detail", args=[row.pk])),
        )
    return (ask,) if ask else ()
