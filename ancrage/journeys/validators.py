"""What a journey may say."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# The longest each text may be, in characters; a test holds them to the columns.
LENGTHS: Mapping[str, int] = {
    "goal": 300,
    "next_action": 200,
    "label": 200,
    "post": 200,
    "comment": 1000,
}
NOTE_LENGTH = 4000
SHORT_NOTE_LENGTH = 500
# A next action further away than that is a way of having none.
FURTHEST_ACTION = timedelta(days=366)
# A stay may be noted long after its beginning.
OLDEST_START = timedelta(days=366 * 50)
FURTHEST_START = timedelta(days=366 * 2)


def validate_text(name: str, text: str, *, longest: int | None = None) -> str:
    """Return `text` bare, or refuse it for its length; the reason stands beside `name`."""
    bare = text.replace("\x00", "").strip()
    most = longest or LENGTHS[name]
    if len(bare) > most:
        raise ValidationError(
            {
                name: ValidationError(
                    _("Ce texte est trop long : %(longest)d signes au plus."),
                    params={"longest": most},
                )
            }
        )
    return bare


def validate_next_action(action: str, on: date | None, *, today: date) -> str:
    """Refuse an action without words, without a day, in the past, or too far away."""
    bare = validate_text("next_action", action)
    reasons: dict[str, Any] = {}
    if not bare:
        reasons["next_action"] = _("Dites ce qu’il reste à faire : aucun parcours sans suite.")
    if on is None:
        reasons["next_action_on"] = _("Donnez le jour de la prochaine action.")
    elif on < today:
        reasons["next_action_on"] = _("Ce jour est passé : donnez-en un à venir.")
    elif on > today + FURTHEST_ACTION:
        reasons["next_action_on"] = _("C’est dans plus d’un an : donnez un jour plus proche.")
    if reasons:
        raise ValidationError(reasons)
    return bare


def validate_past_day(name: str, on: date, *, today: date) -> None:
    """Refuse a day that has not come: what happened is noted, not what will."""
    if on > today:
        raise ValidationError({name: _("Ce jour n’est pas encore venu.")})


def validate_stay_dates(started_on: date, contract_ends_on: date | None, *, today: date) -> None:
    """Refuse a start nobody means, or a contract that ends before it begins."""
    reasons: dict[str, Any] = {}
    if not today - OLDEST_START <= started_on <= today + FURTHEST_START:
        reasons["started_on"] = _("Vérifiez l’année de la prise de poste.")
    if contract_ends_on is not None and contract_ends_on < started_on:
        reasons["contract_ends_on"] = _("La fin du contrat précède la prise de poste.")
    if reasons:
        raise ValidationError(reasons)


def validate_end(started_on: date, ended_on: date, *, today: date) -> None:
    """Refuse a departure before the first day, or not come yet."""
    if ended_on < started_on:
        raise ValidationError({"ended_on": _("Le départ précède la prise de poste.")})
    validate_past_day("ended_on", ended_on, today=today)
