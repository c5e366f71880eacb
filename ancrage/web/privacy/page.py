"""What « Mes données » shows: each agreement with its words, each look with its reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ancrage.privacy.models import AccessTrace, DataSubject
from ancrage.privacy.notices import Notice, current_notice
from ancrage.privacy.purposes import PURPOSES
from ancrage.privacy.queries import consents_of
from ancrage.web.privacy.words import fields_in_words, names_of


@dataclass(frozen=True)
class Choice:
    """An agreement asked of the person: where it stands and the wording in force."""

    purpose: str
    label: str | Promise
    scope: str
    # To whom, in words; empty for everybody.
    whom: str
    given: bool
    since: datetime | None
    notice: Notice


@dataclass(frozen=True)
class Look:
    """One line of « qui a consulté mon profil »."""

    at: datetime
    who: str
    whom: str
    purpose: str | Promise
    fields: str


def choices_of(subject: DataSubject) -> list[Choice]:
    """Return the pool first, agreed to or not, then each structure the person was asked about."""
    found = consents_of(subject)
    names = names_of(one.scope for one in found if one.scope)
    choices = [
        Choice(
            purpose=one.purpose.code,
            label=one.purpose.label,
            scope=one.scope,
            whom=names.get(one.scope, ""),
            given=one.given,
            since=one.since,
            notice=one.notice if one.given else current_notice(one.purpose.code),
        )
        for one in found
    ]
    if not any(one.purpose == "talent_pool" for one in choices):
        choices.append(
            Choice(
                purpose="talent_pool",
                label=PURPOSES["talent_pool"].label,
                scope="",
                whom="",
                given=False,
                since=None,
                notice=current_notice("talent_pool"),
            )
        )
    return sorted(choices, key=lambda one: (one.purpose != "talent_pool", one.whom))


def looks_in_words(traces: Iterable[AccessTrace]) -> list[Look]:
    """Return who looked: the person, the structure, why, and what they saw."""
    rows = list(traces)
    names = names_of(one.scope for one in rows)
    return [
        Look(
            at=one.at,
            who=str(one.viewer) if one.viewer and one.viewer.is_active else "",
            whom=names.get(one.scope, ""),
            purpose=PURPOSES[one.purpose].label,
            fields=fields_in_words(one.purpose, one.fields),
        )
        for one in rows
    ]


def limiting() -> dict[str, Any]:
    """The words of the question before limiting."""
    return {
        "title": _("Limiter l’usage de mes données ?"),
        "consequences": [
            _("Plus personne d’autre que vous ne voit votre profil."),
            _("Rien n’y change plus, et il n’est pas effacé à son terme."),
        ],
        "note": _("Vous le rouvrez quand vous voulez depuis « Mes données »."),
        "confirm_label": _("Limiter l’usage"),
    }


def erasing() -> dict[str, Any]:
    """The words of the question before erasing."""
    return {
        "title": _("Effacer mon profil ?"),
        "consequences": [
            _("Votre profil, vos documents, vos accords et vos mises en relation sont effacés."),
            _("Les structures ne voient plus rien de vous."),
            _("Votre compte est effacé aussi, sauf si vous travaillez pour une structure d’ici."),
        ],
        "note": _("C’est définitif, même si la plateforme est restaurée d’une sauvegarde."),
        "confirm_label": _("Effacer mon profil"),
    }
