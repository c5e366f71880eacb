"""An audit line of a structure as its managers read it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.models import AuditLine
from ancrage.partners.enums import MemberRole, PartnerEvent, PartnerKind

_ICONS = {
    PartnerEvent.CREATED: "plus",
    PartnerEvent.LEFT: "log-out",
    PartnerEvent.REJOINED: "undo-2",
    PartnerEvent.SITE_CLOSED: "x",
    PartnerEvent.MEMBER_INVITED: "mail",
    PartnerEvent.INVITATION_RESENT: "mail",
    PartnerEvent.MEMBER_JOINED: "user-plus",
    PartnerEvent.MEMBER_REMOVED: "user-minus",
    PartnerEvent.CHARTER_SIGNED: "signature",
}
_FIELDS = {
    "name": gettext_lazy("Nom"),
    "short_name": gettext_lazy("Nom court"),
    "kind": gettext_lazy("Nature"),
    "siren": gettext_lazy("SIREN"),
    "finess_ej": gettext_lazy("FINESS juridique"),
    "finess_et": gettext_lazy("FINESS géographique"),
    "siret": gettext_lazy("SIRET"),
    "commune": gettext_lazy("Commune"),
    "address": gettext_lazy("Adresse"),
    "postcode": gettext_lazy("Code postal"),
    "phone": gettext_lazy("Téléphone"),
    "category": gettext_lazy("Catégorie"),
    "website": gettext_lazy("Site internet"),
    "contact_email": gettext_lazy("Boîte du service"),
    "contact_phone": gettext_lazy("Téléphone du service"),
    "presentation": gettext_lazy("Présentation"),
    "perimeter": gettext_lazy("Communes desservies"),
    "facilities": gettext_lazy("Sites"),
    "opened_on": gettext_lazy("Ouvert le"),
    "closed_on": gettext_lazy("Fermé le"),
    "role": gettext_lazy("Rôle"),
    "is_manager": gettext_lazy("Gère la structure"),
    "may_sign": gettext_lazy("Peut signer la charte"),
    "version": gettext_lazy("Version"),
}
# Values that are numbers of rows or long texts: that they changed is enough.
_CHANGED_ONLY = frozenset({"commune", "category", "presentation"})
_DAYS = frozenset({"opened_on", "closed_on"})
_WORDS = {**dict(PartnerKind.choices), **dict(MemberRole.choices)}


@dataclass(frozen=True)
class Change:
    """A field before and after, in words."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True)
class Moment:
    """One line of the history."""

    title: str | Promise
    when: datetime
    who: str
    subject: str
    icon: str
    changes: list[Change]


def told(line: AuditLine) -> Moment:
    """Return an audit line in words; `line` is one of `PartnerEvent`."""
    event = PartnerEvent(line.action)
    about_partner = line.target_type == "partners.partner"
    return Moment(
        title=event.label,
        when=line.at,
        who=str(line.actor) if line.actor else _("La plateforme"),
        subject="" if about_partner else line.target_label,
        icon=_ICONS.get(event, "pencil"),
        changes=[
            Change(_FIELDS[field], *_shown(field, pair))
            for field, pair in line.changes.items()
            if field in _FIELDS and _matters(field, pair)
        ],
    )


def _matters(field: str, pair: list[Any]) -> bool:
    """Say whether a change tells something: what was nothing and is not given does not."""
    before, after = pair
    if before is None and (after in (False, "", None) or field in _CHANGED_ONLY):
        return False
    return before != after


def _shown(field: str, pair: list[Any]) -> tuple[str, str]:
    """Before and after in words; before is empty for what had no value."""
    if field in _CHANGED_ONLY:
        return "", ""
    before, after = (_in_words(field, value) for value in pair)
    return ("", after) if pair[0] is None else (before or "—", after or "—")


def _in_words(field: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if field in _DAYS:
        return date_format(date.fromisoformat(str(value)))
    return str(_WORDS.get(value, value)) if isinstance(value, str) else str(value)
