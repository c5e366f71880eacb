"""The fields of data·inclusion v1: what each may hold, read the same by import and export.

Source: data·inclusion schema v1 (structure, service), Licence Ouverte 2.0, version 1.0.10 of the
schema. Checked on 2026-11-22. Two things are asked beyond it: a day that exists, and an address
that a browser can open.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.welcome.reference.vocabulary import (
    ACCESS_MODES,
    CONTACT_MODES,
    CONTACTED_BY,
    FEES,
    PUBLICS,
    SERVICE_TYPES,
    THEMATICS,
)

FRANCE = "france"
# A commune, a department, a group of communes, a country (99…), or the whole of France.
_ZONE = re.compile(r"\w{5}|\w{2,3}|\d{9}|france")
LONGEST_LINK = 2083


class Form(Enum):
    """How the value of a field is written in JSON."""

    TEXT = "text"
    DAY = "day"
    LINK = "link"
    MAILBOX = "mailbox"
    NUMBER = "number"
    WHOLE = "whole"
    CODE = "code"
    CODES = "codes"
    ZONES = "zones"


@dataclass(frozen=True)
class Field:
    """One field of the schema; lengths are in characters."""

    name: str
    label: str | Promise
    form: Form = Form.TEXT
    required: bool = False
    shortest: int = 0
    longest: int = 0
    pattern: str = ""
    codes: Mapping[str, str] | None = None
    # A list that is given names something.
    filled: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field, in a sentence whose places `facts` fill."""

    field: str
    message: str | Promise
    facts: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.field} : {str(self.message) % self.facts}"


_PLACE = (
    Field("adresse", _("Adresse")),
    Field("complement_adresse", _("Complément d’adresse")),
    Field("code_postal", _("Code postal"), pattern=r"\d{5}"),
    Field("commune", _("Commune")),
    Field("code_insee", _("Code INSEE"), pattern=r"\w{5}"),
    Field("latitude", _("Latitude"), Form.NUMBER),
    Field("longitude", _("Longitude"), Form.NUMBER),
)
_COMMON = (
    Field("source", _("Source"), required=True),
    Field("id", _("Identifiant"), required=True),
    Field("nom", _("Nom"), required=True, shortest=3, longest=150),
    Field("date_maj", _("Modifié à la source le"), Form.DAY, required=True),
    Field("lien_source", _("Lien à la source"), Form.LINK),
    Field("telephone", _("Téléphone")),
    Field("courriel", _("Courriel"), Form.MAILBOX),
    Field("horaires_accueil", _("Horaires d’accueil")),
)
STRUCTURE: tuple[Field, ...] = (
    *_COMMON,
    *_PLACE,
    Field("description", _("Description"), shortest=5, longest=10_000),
    Field("siret", _("SIRET"), pattern=r"\d{14}"),
    Field("site_web", _("Site internet"), Form.LINK),
    Field("accessibilite_lieu", _("Accessibilité du lieu"), Form.LINK),
    # The networks are a list of their own that nothing here reads: it goes through as it is.
    Field("reseaux_porteurs", _("Réseaux porteurs"), Form.CODES),
)
SERVICE: tuple[Field, ...] = (
    *_COMMON,
    *_PLACE,
    Field("structure_id", _("Structure"), required=True),
    Field("description", _("Description"), required=True, shortest=5, longest=10_000),
    Field("type", _("Type de service"), Form.CODE, codes=SERVICE_TYPES),
    Field("thematiques", _("Thématiques"), Form.CODES, codes=THEMATICS),
    Field("frais", _("Frais"), Form.CODE, codes=FEES),
    Field("frais_precisions", _("Précisions sur les frais")),
    Field("publics", _("Publics"), Form.CODES, codes=PUBLICS, filled=True),
    Field("publics_precisions", _("Précisions sur les publics")),
    Field("conditions_acces", _("Conditions d’accès")),
    Field("modes_accueil", _("Modes d’accueil"), Form.CODES, codes=ACCESS_MODES),
    Field("zone_eligibilite", _("Zone d’éligibilité"), Form.ZONES, filled=True),
    Field(
        "modes_mobilisation",
        _("Modes de mobilisation"),
        Form.CODES,
        codes=CONTACT_MODES,
        filled=True,
    ),
    Field("mobilisable_par", _("Mobilisable par"), Form.CODES, codes=CONTACTED_BY, filled=True),
    Field("mobilisation_precisions", _("Précisions sur la mobilisation")),
    Field("lien_mobilisation", _("Lien de mobilisation"), Form.LINK),
    Field("volume_horaire_hebdomadaire", _("Heures par semaine"), Form.NUMBER),
    Field("nombre_semaines", _("Nombre de semaines"), Form.WHOLE),
)
# The name of a person: read from no file, written in none.
PERSONAL = "contact_nom_prenom"


def faults(record: Mapping[str, Any], fields: tuple[Field, ...]) -> list[Fault]:
    """Return everything that keeps a record from following the schema, field by field."""
    found: list[Fault] = []
    known = {field.name for field in fields}
    for name in record:
        if name not in known:
            found.append(Fault(name, _("ce champ n’existe pas dans le schéma."), {}))
    for field in fields:
        value = record.get(field.name)
        if value is None:
            if field.required:
                found.append(Fault(field.name, _("ce champ est obligatoire."), {}))
        else:
            found += [Fault(field.name, *wrong) for wrong in _wrongs(value, field)]
    return found


def _wrongs(value: Any, field: Field) -> Iterator[tuple[str | Promise, Mapping[str, Any]]]:
    if field.form in (Form.CODES, Form.ZONES):
        yield from _wrong_list(value, field)
    elif field.form in (Form.NUMBER, Form.WHOLE):
        whole = field.form is Form.WHOLE
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            yield _("un nombre est attendu."), {}
        elif field.form is Form.WHOLE and value < 1:
            yield _("le nombre va de 1 à plus."), {}
    elif not isinstance(value, str):
        yield _("un texte est attendu."), {}
    else:
        yield from _wrong_text(value, field)


def _wrong_text(text: str, field: Field) -> Iterator[tuple[str | Promise, Mapping[str, Any]]]:
    if len(text) < field.shortest:
        yield _("%(least)s signes au moins."), {"least": field.shortest}
    if field.longest and len(text) > field.longest:
        yield _("%(most)s signes au plus."), {"most": field.longest}
    if field.pattern and not re.fullmatch(field.pattern, text):
        yield _("« %(text)s » n’a pas la forme attendue."), {"text": text[:40]}
    if field.codes is not None and text not in field.codes:
        yield _("« %(text)s » n’est pas dans la liste du schéma."), {"text": text[:120]}
    checks = {Form.DAY: is_day, Form.LINK: is_link, Form.MAILBOX: is_mailbox}
    check = checks.get(field.form)
    if check is not None and not check(text):
        yield _WRONG[field.form], {"text": text[:120]}


def _wrong_list(value: Any, field: Field) -> Iterator[tuple[str | Promise, Mapping[str, Any]]]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        yield _("une liste de codes est attendue."), {}
        return
    if field.filled and not value:
        yield _("la liste est vide : laissez le champ vide plutôt."), {}
    if field.form is Form.CODES and len(set(value)) < len(value):
        yield _("un code est donné deux fois."), {}
    for code in value:
        is_known = is_zone(code) if field.form is Form.ZONES else code in (field.codes or {code})
        if not is_known:
            yield _("« %(text)s » n’est pas dans la liste du schéma."), {"text": code[:120]}


_WRONG: Mapping[Form, Promise] = {
    Form.DAY: _("« %(text)s » n’est pas une date comme 2026-11-22."),
    Form.LINK: _("« %(text)s » n’est pas une adresse comme https://exemple.fr."),
    Form.MAILBOX: _("« %(text)s » n’est pas une adresse électronique."),
}


def is_day(text: str) -> bool:
    """Say whether a text is a day of the calendar, written 2026-11-22."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_link(text: str) -> bool:
    """Say whether a browser can open that address."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    return is_web and len(text) <= LONGEST_LINK and not re.search(r"\s", text)


def is_mailbox(text: str) -> bool:
    """Say whether a text is one electronic address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_zone(code: str) -> bool:
    """Say whether a text looks like a code of the official geography."""
    return _ZONE.fullmatch(code) is not None
