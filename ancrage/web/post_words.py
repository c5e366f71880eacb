"""Shared posts in words: weeks, reasons, stages, what happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from ancrage.matching.enums import PartAnswer, PostState, Vehicle
from ancrage.matching.models import SharedPost, SharedPostMove, SharedPostPart
from ancrage.matching.queries import carried_by
from ancrage.matching.reference import VEHICLES, VehicleFacts
from ancrage.needs.models import Need
from ancrage.web.figures import fte_text

SHIFTS = {
    "m": pgettext_lazy("moment de la journée", "Matin"),
    "a": pgettext_lazy("moment de la journée", "Après-midi"),
    "s": pgettext_lazy("moment de la journée", "Soir"),
    "n": pgettext_lazy("moment de la journée", "Nuit"),
}
TONES = {
    PostState.PROPOSED: "",
    PostState.STUDIED: "info",
    PostState.AGREED: "success",
    PostState.SIGNED: "success",
    PostState.RUNNING: "success",
    PostState.ENDED: "plain",
    PostState.GIVEN_UP: "plain",
}
ANSWER_TONES = {
    PartAnswer.NOT_ASKED: "plain",
    PartAnswer.ASKED: "info",
    PartAnswer.AGREED: "success",
    PartAnswer.REFUSED: "warning",
}
STAGES = (
    PostState.PROPOSED,
    PostState.STUDIED,
    PostState.AGREED,
    PostState.SIGNED,
    PostState.RUNNING,
    PostState.ENDED,
)
_MOMENTS = {
    PostState.PROPOSED: (gettext_lazy("Dossier ouvert"), "folder-open", ""),
    PostState.STUDIED: (gettext_lazy("Employeurs consultés"), "send", ""),
    PostState.AGREED: (gettext_lazy("Accepté par tous"), "check", "success"),
    PostState.SIGNED: (gettext_lazy("Signé"), "file-check", "success"),
    PostState.RUNNING: (gettext_lazy("Poste commencé"), "play", "success"),
    PostState.ENDED: (gettext_lazy("Poste terminé"), "circle-check", ""),
    PostState.GIVEN_UP: (gettext_lazy("Dossier abandonné"), "x", "warning"),
}
_WHY = {
    "alone": gettext_lazy("Aucune autre structure ne cherche une fraction de ce métier."),
    "clash": gettext_lazy("Ses jours ou ses horaires se chevauchent avec ceux des autres."),
    "refused": gettext_lazy("Le seul assemblage possible est écarté."),
}
_LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Week:
    """A week of slots: the days, then each moment of the day with who has the person then."""

    days: list[str]
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Moment:
    """One line of the history of a file."""

    title: str
    when: Any
    text: str
    icon: str
    tone: str


def letter(rank: int) -> str:
    """Return how a part is called in its week: A, B, C."""
    return _LETTERS[rank % len(_LETTERS)]


def week_of(weeks: Sequence[str]) -> Week | None:
    """Return the week that parts make together, each by its letter; None when nothing is said."""
    holders = {slot: letter(rank) for rank, week in enumerate(weeks) for slot in week.split()}
    if not holders:
        return None
    days = sorted({*"12345", *(slot[0] for slot in holders)})
    return Week(
        [str(WEEKDAYS[int(day) - 1]) for day in days],
        [
            (str(label), [holders.get(f"{day}{shift}", "") for day in days])
            for shift, label in SHIFTS.items()
            if any(slot[1] == shift for slot in holders)
        ],
    )


def total_text(ftes: Iterable[int]) -> str:
    """« 1 ETP », « 0,9 ETP »."""
    return _("%(fte)s ETP") % {"fte": fte_text(sum(ftes))}


def part_text(fte: int, partner: Any, commune: Any) -> str:
    """« 0,6 ETP à Hôpital fictif (Pornic) »."""
    where = {"fte": fte_text(fte), "partner": partner, "commune": commune}
    return _("%(fte)s ETP à %(partner)s (%(commune)s)") % where


def holder_part(parts: Iterable[SharedPostPart]) -> SharedPostPart | None:
    """Return the part that somebody holds already, if there is one."""
    return next((part for part in parts if part.retained_id is not None), None)


def held_words(post: SharedPost) -> str:
    """Return what becomes of a post of which somebody holds a part already, else nothing."""
    if holder_part(post.parts.all()) is None:
        return ""
    return _(
        "Elle compléterait son temps avec les autres parts : personne n’est cherché, aucun besoin"
        " commun n’est publié. Les besoins des autres parts sont mis de côté dès que tous sont"
        " d’accord, et pourvus au début."
    )


def shared_lines(need: Need) -> list[str]:
    """Return where the time of a shared post goes, of the need that stands for it; else nothing.

    One query, two for a shared post.
    """
    post = carried_by(need)
    if post is None:
        return []
    return [part_text(part.fte, part.partner, part.source.commune) for part in post.parts.all()]


def why_left(why: str, figure: int | None) -> str:
    """Return why a fraction is in no post, and what would mend it."""
    if why == "far":
        if figure is None:
            return _("Le trajet jusqu’aux autres n’est pas connu.")
        return _("Trop loin : la plus proche est à %(figure)s minutes.") % {"figure": figure}
    if why == "start":
        return _("Les débuts sont trop éloignés : %(figure)s jours au moins.") % {"figure": figure}
    if why == "total":
        return _("Aucun total dans les bornes : le plus proche fait %(fte)s ETP.") % {
            "fte": fte_text(figure or 0)
        }
    if why == "outbid":
        sentence = ngettext(
            "Un poste était possible ; ses voisines servent mieux ailleurs.",
            "%(count)s postes étaient possibles ; ses voisines servent mieux ailleurs.",
            figure or 1,
        )
        return sentence % {"count": figure}
    return str(_WHY[why])


def vehicle_facts(post: SharedPost) -> VehicleFacts | None:
    """Return what the legal form of a file implies, once it is chosen."""
    return VEHICLES[Vehicle(post.vehicle)] if post.vehicle else None


def flows_of(post: SharedPost) -> list[str]:
    """Return who pays whom, one sentence a part, the lead first."""
    facts = vehicle_facts(post)
    if facts is None or post.lead is None:
        return []
    parts = sorted(post.parts.all(), key=lambda part: (part.partner_id != post.lead_id, part.pk))
    sentences = []
    for part in parts:
        words: Mapping[str, Any] = {
            "partner": part.partner,
            "lead": post.lead,
            "percent": part.cost_percent,
        }
        if not facts.has_one_employer:
            sentence = _("%(partner)s paie sa part : %(percent)s %%.")
        elif part.partner_id == post.lead_id:
            sentence = _("%(partner)s verse la paie et garde à sa charge %(percent)s %%.")
        else:
            sentence = _("%(partner)s rembourse %(percent)s %% à %(lead)s.")
        sentences.append(sentence % words)
    return sentences


def next_step(post: SharedPost, *, steers: bool, waits_for_me: bool) -> str:
    """Return what its reader may do next, empty when nothing is waited for."""
    if waits_for_me:
        return _("Votre accord est demandé : lisez les conditions, puis répondez ci-dessous.")
    if post.state == PostState.PROPOSED:
        if not post.vehicle:
            return _("Fixez les conditions : forme juridique, employeur porteur, début.")
        return _("Les conditions sont posées : consultez les employeurs.")
    if post.state == PostState.STUDIED:
        return _("Les employeurs répondent depuis leur courriel, ou ici.")
    if post.state == PostState.AGREED and post.need_id is None:
        return _(
            "La personne déjà en poste peut prendre les autres parts : faites signer, puis notez"
            " le début."
        )
    if post.state == PostState.AGREED:
        return _(
            "Un besoin commun représente ce poste : proposez-le à quelqu’un, et faites signer."
        )
    if post.state == PostState.SIGNED and steers:
        return _("Notez le début dès que quelqu’un occupe le poste.")
    return ""


def moments_of(
    moves: Iterable[SharedPostMove], *, steers: bool, has_holder: bool = False
) -> list[Moment]:
    """Return the history of a file; its notes are for the coordination. `has_holder`: somebody
    holds a part already."""
    return [_moment(move, steers=steers, has_holder=has_holder) for move in moves]


def start_text(day: str) -> date:
    """Return the first day of a post that was detected."""
    return date.fromisoformat(day)


def _moment(move: SharedPostMove, *, steers: bool, has_holder: bool) -> Moment:
    note = move.note if steers else ""
    if move.part is None:
        label, icon, tone = _MOMENTS[PostState(move.after)]
        return Moment(str(label), move.at, note, icon, tone)
    who = {"partner": move.part.partner}
    if move.answer == PartAnswer.AGREED:
        title, icon, tone = _("%(partner)s est d’accord"), "check", "success"
    elif move.answer == PartAnswer.REFUSED:
        title, icon, tone = _("%(partner)s ne souhaite pas ce partage"), "x", "warning"
    else:
        title, icon, tone = _("%(partner)s est consulté de nouveau"), "send", ""
    if move.after == PostState.AGREED and move.before != move.after:
        note = (
            _("Tous sont d’accord : les besoins des autres parts sont mis de côté.")
            if has_holder
            else _("Tous sont d’accord : un besoin commun est publié.")
        )
    return Moment(title % who, move.at, note, icon, tone)
