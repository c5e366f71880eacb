"""Introductions in words: what each side does next, what the clock says, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ancrage.candidates.enums import CandidateStatus
from ancrage.matching.enums import (
    NO_LONGER_AVAILABLE,
    CloseReason,
    IntroductionEvent,
    IntroductionState,
    Side,
)
from ancrage.matching.models import IntroductionMove
from ancrage.matching.queries import note_shown
from ancrage.matching.services import reason_shown

_S = IntroductionState
_NEXT: Mapping[tuple[str, Side], Promise] = {
    (_S.PROPOSED, Side.PERSON): gettext_lazy(
        "Lisez le poste, puis acceptez ou refusez. Tant que vous n’avez pas accepté, la structure"
        " ne connaît pas votre nom."
    ),
    (_S.PROPOSED, Side.PARTNER): gettext_lazy(
        "La personne reçoit votre demande, par la coordination quand la charte le veut. Vous"
        " verrez son nom si elle accepte."
    ),
    (_S.PROPOSED, Side.COORDINATION): gettext_lazy(
        "La personne doit répondre. Si elle vous a donné son accord de vive voix, notez-le avec sa"
        " preuve."
    ),
    (_S.AGREED, Side.PERSON): gettext_lazy(
        "La structure a votre nom et doit vous répondre. Vous pouvez lui écrire ici."
    ),
    (_S.AGREED, Side.PARTNER): gettext_lazy(
        "Dites si vous souhaitez rencontrer cette personne. Un refus motivé est aussi une réponse."
    ),
    (_S.AGREED, Side.COORDINATION): gettext_lazy(
        "La structure doit répondre. Relancez-la si le délai approche."
    ),
    (_S.ANSWERED, Side.PERSON): gettext_lazy(
        "La structure souhaite vous rencontrer : elle fixe un rendez-vous."
    ),
    (_S.ANSWERED, Side.PARTNER): gettext_lazy(
        "Convenez d’un moment avec la personne, puis notez le rendez-vous : chacun reçoit"
        " l’invitation."
    ),
    (_S.ANSWERED, Side.COORDINATION): gettext_lazy(
        "Un rendez-vous doit être fixé. Vous pouvez le noter pour les deux."
    ),
    (_S.MEETING, Side.PERSON): gettext_lazy(
        "Notez le rendez-vous. Un empêchement ? Écrivez ici avant."
    ),
    (_S.MEETING, Side.PARTNER): gettext_lazy(
        "Après la rencontre, faites une offre ou dites pourquoi vous n’en faites pas."
    ),
    (_S.MEETING, Side.COORDINATION): gettext_lazy(
        "Après la rencontre, prenez des nouvelles des deux côtés."
    ),
    (_S.OFFER, Side.PERSON): gettext_lazy(
        "La structure vous propose le poste. Répondez-lui ; vous pouvez écrire ici."
    ),
    (_S.OFFER, Side.PARTNER): gettext_lazy(
        "La personne a votre offre. Notez l’embauche quand elle accepte."
    ),
    (_S.OFFER, Side.COORDINATION): gettext_lazy(
        "Une offre est faite. Notez l’embauche quand elle est acceptée."
    ),
    (_S.HIRED, Side.PERSON): gettext_lazy(
        "La coordination prendra de vos nouvelles à 1, 3, 6 et 12 mois."
    ),
    (_S.HIRED, Side.PARTNER): gettext_lazy(
        "La coordination vous demandera comment cela se passe à 1, 3, 6 et 12 mois."
    ),
    (_S.HIRED, Side.COORDINATION): gettext_lazy(
        "L’embauche entre dans le parcours et dans les chiffres demain, quand elle ne peut plus"
        " être annulée."
    ),
}
_AGAIN: Mapping[Side, Promise] = {
    Side.PERSON: gettext_lazy(
        "Vos deux profils ont été réunis en un seul. La structure ne voit plus votre nom tant que"
        " vous ne lui avez pas redonné votre accord."
    ),
    Side.PARTNER: gettext_lazy(
        "La personne doit redonner son accord avant que vous puissiez lire de nouveau son nom et"
        " ses messages."
    ),
    Side.COORDINATION: gettext_lazy(
        "Deux profils de cette personne ont été réunis : la structure ne voit plus son nom. La"
        " personne peut redonner son accord depuis son compte ; si elle vous l’a donné de vive"
        " voix, notez-le avec sa preuve."
    ),
}
# To the person, a step is what is now awaited, not what the structure has to do.
_STATES_OF_PERSON: Mapping[str, Promise] = {
    _S.PROPOSED: gettext_lazy("À vous de répondre"),
    _S.AGREED: gettext_lazy("Réponse de la structure"),
    _S.ANSWERED: gettext_lazy("Rendez-vous à fixer"),
}
_TONES: Mapping[str, str] = {_S.HIRED: "success", _S.CLOSED: "plain"}
# What may be chosen on a card: the steps that open a page end with « … ».
_STEPS: Mapping[str, tuple[tuple[str, Promise], ...]] = {
    _S.AGREED: (
        (_S.ANSWERED, gettext_lazy("Accepter de rencontrer")),
        (_S.CLOSED, gettext_lazy("Décliner…")),
    ),
    _S.ANSWERED: (
        (_S.MEETING, gettext_lazy("Fixer un rendez-vous…")),
        (_S.OFFER, gettext_lazy("Faire une offre")),
        (_S.CLOSED, gettext_lazy("Clore…")),
    ),
    _S.MEETING: (
        (_S.MEETING, gettext_lazy("Déplacer le rendez-vous…")),
        (_S.OFFER, gettext_lazy("Faire une offre")),
        (_S.CLOSED, gettext_lazy("Clore…")),
    ),
    _S.OFFER: (
        (_S.HIRED, gettext_lazy("Noter l’embauche…")),
        (_S.CLOSED, gettext_lazy("Clore…")),
    ),
}
_HAPPENED: Mapping[str, tuple[Promise, str, str]] = {
    _S.PROPOSED: (gettext_lazy("Proposition"), "mail", ""),
    _S.AGREED: (IntroductionEvent.AGREED.label, "user-check", "success"),
    _S.ANSWERED: (IntroductionEvent.ANSWERED.label, "check", "success"),
    _S.MEETING: (IntroductionEvent.MEETING_PLANNED.label, "calendar", ""),
    _S.OFFER: (IntroductionEvent.OFFERED.label, "briefcase", ""),
    _S.HIRED: (IntroductionEvent.HIRED.label, "party-popper", "success"),
    _S.CLOSED: (IntroductionEvent.CLOSED.label, "x", "warning"),
}


@dataclass(frozen=True)
class Stage:
    """Where an introduction stands, in the words of a side, and the tone of its tag."""

    label: str
    tone: str


@dataclass(frozen=True)
class Happening:
    """One step, as the thread of an introduction shows it."""

    title: str
    when: Any
    text: str
    icon: str
    tone: str


def who(introduction: Any) -> str:
    """Return the person's name where the reader may know it, else the introduction's number:
    a card would be recognised among those of the pool."""
    candidate = introduction.candidate
    if introduction.is_named and candidate.full_name:
        return str(candidate.full_name)
    return _("Profil n° %(number)d") % {"number": introduction.pk}


def next_step(state: str, side: Side, *, held: bool = False, again: bool = False) -> str:
    """Return what this side does next, or nothing once it is closed.

    `held`: the charter keeps the request from the person, which only the coordination reads.
    `again`: two profiles were merged, and the person has yet to agree anew.
    """
    if again:
        return str(_AGAIN[side])
    if held and state == _S.PROPOSED and side == Side.COORDINATION:
        return _(
            "La personne travaille chez un autre membre : la charte interdit de la démarcher. Elle"
            " ne sait rien de cette demande. Parlez-en avec elle si vous le jugez utile, puis"
            " transmettez la demande ou closez-la : la structure ne saura pas pourquoi."
        )
    return str(_NEXT.get((state, side), ""))


def steps_offered(introduction: Any, side: Side) -> list[tuple[str, str]]:
    """Return the steps that this side may choose: (state, words)."""
    if introduction.asks_again and side != Side.COORDINATION:
        return [(_S.CLOSED.value, _("Clore…"))]
    if introduction.asks_again:
        return [(_S.AGREED.value, _("Noter l’accord redonné…")), (_S.CLOSED.value, _("Clore…"))]
    if introduction.state == _S.PROPOSED:
        end = [(_S.CLOSED.value, _("Clore…"))]
        noted = [(_S.AGREED.value, _("Noter l’accord de la personne…"))]
        return noted + end if side == Side.COORDINATION else end
    return [(str(state), str(label)) for state, label in _STEPS.get(introduction.state, ())]


def since_words(moment: datetime, *, on: date) -> str:
    """Return since when, in whole days."""
    days = (on - timezone.localdate(moment)).days
    if days < 1:
        return _("depuis aujourd’hui")
    return ngettext("depuis %(n)d jour", "depuis %(n)d jours", days) % {"n": days}


def stage_of(state: str, side: Side, *, again: bool = False) -> Stage:
    """Return a state as this side calls it; `again`: the agreement is due anew."""
    if again:
        words = _("À vous de répondre") if side == Side.PERSON else _("Accord à redonner")
        return Stage(words, "warning")
    label = _STATES_OF_PERSON.get(state) if side == Side.PERSON else None
    waits = state == _S.PROPOSED and side == Side.PERSON
    return Stage(
        str(label or IntroductionState(state).label), "warning" if waits else _TONES.get(state, "")
    )


def reason_words(introduction: Any, side: Side) -> str:
    """Return why it ended, as this side may read it; nothing while it is open."""
    if introduction.state != _S.CLOSED:
        return ""
    code = reason_shown(introduction, side)
    return str(CloseReason(code).label if code else NO_LONGER_AVAILABLE)


def is_forgotten(introduction: Any, side: Side) -> bool:
    """Say whether a side reads that the person's data are gone. To the structure, whoever left
    before a post is only somebody who is no longer available."""
    if introduction.candidate.status != CandidateStatus.ERASED:
        return False
    told = introduction.state == _S.HIRED or bool(reason_shown(introduction, side))
    return side == Side.COORDINATION or told


def happening(move: IntroductionMove, introduction: Any, side: Side) -> Happening:
    """Return a step in words, without what this side may not read; by its month, which alone is
    kept, once the person is erased."""
    title, icon, tone = _HAPPENED[move.after]
    parts = [str(Side(move.side).label)]
    if move.after == _S.CLOSED:
        parts = [reason_words(introduction, side)] if move.reason else parts
    parts.append(note_shown(move, side))
    is_by_month = introduction.candidate.status == CandidateStatus.ERASED
    when = date_format(timezone.localtime(move.at), "F Y") if is_by_month else move.at
    return Happening(str(title), when, " · ".join(part for part in parts if part), icon, tone)
