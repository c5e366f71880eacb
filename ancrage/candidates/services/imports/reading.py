"""From one line of a file to the facts of a person: what is read, guessed, doubted, refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import RppsState
from ancrage.candidates.models.profiles import name_key_of
from ancrage.candidates.queries.directory import Directory
from ancrage.candidates.services.imports.cells import Fte, Names, Reach
from ancrage.candidates.services.imports.known import Identity
from ancrage.candidates.services.imports.places import Places
from ancrage.kit.imports import ImportRow
from ancrage.kit.tabular.parsers import ASAP
from ancrage.kit.tabular.wording import key_of
from ancrage.partners.enums import CheckState
from ancrage.partners.validators import check_rpps, is_destroyed
from ancrage.privacy.detectors import Finding, detect_forbidden, is_nir
from ancrage.professions.models import Profession, Specialty
from ancrage.professions.queries import ProfessionReader
from ancrage.professions.spelling import Outcome as Reading

# What no reader could take for something else: the line stays out until it is gone.
_REFUSED = frozenset({"nir", "bank", "health", "disability"})
_BETWEEN_TRADES = re.compile(r"[;,/\n]")
# What announced a number that was taken out.
_DANGLING = re.compile(
    r"(?i)(?:\bn°|\bnir\b|\bnuméro\b)(?: de)?(?: sécu\w*)?\s*:?\s*[,.;]?(?= |$)"
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 2
_LISTED = 4


@dataclass(frozen=True, slots=True)
class Trade:
    """A profession that a line names, with its specialty if it names one."""

    profession: Profession
    specialty: Specialty | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything needed to read lines without asking the database."""

    professions: ProfessionReader
    places: Places
    today: date

    def identity(self, row: ImportRow) -> Identity:
        """Return by what the person of a line is recognised; it adds no remark."""
        first_name, last_name = names_of(row)
        number = check_rpps(row.values["rpps"] or "")
        trades, _certain = self._trades(row.values["profession"] or "")
        return Identity(
            email=row.values["email"] or "",
            phone=row.values["phone"] or "",
            rpps=number.value if number.state == CheckState.VALID else "",
            name_key=name_key_of(first_name, last_name),
            professions=frozenset(trade.profession.pk for trade in trades),
        )

    def facts(self, row: ImportRow, identity: Identity, directory: Directory) -> dict[str, Any]:
        """Return the facts that the line gives; what it does not say is not among them."""
        first_name, last_name = names_of(row)
        facts: dict[str, Any] = {
            "first_name": first_name,
            "last_name": last_name,
            "email": identity.email,
            "phone": identity.phone,
            "rpps": identity.rpps,
            "professions": self._professions(row),
            "commune": self.places.named(row),
            "experience": row.values["experience"],
            "available_until": row.values["available_until"],
            "contracts": list(row.values["contracts"] or ()),
            "note": _note(row),
        }
        start = row.values["available_from"]
        facts["available_from"] = self.today if start is ASAP else start
        fte: Fte | None = row.values["fte"]
        if fte is not None:
            facts |= {"fte_min_hundredths": fte.least, "fte_max_hundredths": fte.most}
        reach: Reach | None = row.values["reach"]
        if reach is not None:
            facts |= {"reach_km": reach.km, "reach_minutes": reach.minutes}
        facts |= dict.fromkeys(row.values["hours"] or (), True)
        _check_rpps(row, identity, directory)
        _check_texts(row)
        return {name: value for name, value in facts.items() if value not in (None, "", [])}

    def _trades(self, text: str) -> tuple[list[Trade], bool]:
        """The professions that a cell names, in its order, and whether all of it is certain.

        A doubt that leaves one possibility only is that one, to be accepted by somebody.
        """
        whole = self.professions.find(text)
        parts = [text] if whole.profession else _BETWEEN_TRADES.split(text)
        named = [part.strip() for part in parts if part.strip()]
        matches = [self.professions.find(part) for part in named]
        found: dict[int, Trade] = {}
        for match in matches:
            if match.profession is not None:
                found.setdefault(match.profession.pk, Trade(match.profession, match.specialty))
        certain = all(match.profession is not None for match in matches)
        if not found and whole.outcome is Reading.TO_CHECK and len(whole.suggestions) == 1:
            only = whole.suggestions[0]
            return [Trade(only.profession, only.specialty)], False
        return list(found.values()), certain

    def _professions(self, row: ImportRow) -> list[dict[str, Any]]:
        text = row.values["profession"]
        if not text:
            return []
        trades, certain = self._trades(text)
        if not certain:
            self._doubt_profession(row, text)
        if not trades:
            return []
        main = trades[0]
        specialty = self._specialty(row, main)
        state = {"diploma": row.values["diploma"]} if row.values["diploma"] else {}
        return [
            {"profession": main.profession, "specialty": specialty, **state},
            *({"profession": one.profession, "specialty": one.specialty} for one in trades[1:]),
        ]

    def _doubt_profession(self, row: ImportRow, text: str) -> None:
        match = self.professions.find(text)
        labels = [one.profession.label_fr for one in match.suggestions]
        nearest = ", ".join(dict.fromkeys(labels[:_LISTED]))
        hint = labels[0] if labels else ""
        if match.outcome is Reading.TO_CHECK:
            row.check(
                "profession",
                _("%(reason)s Propositions : %(nearest)s.") if labels else _("%(reason)s"),
                hint,
                code="doubtful_profession",
                reason=match.remark,
                nearest=nearest,
            )
            return
        row.error(
            "profession",
            _("Métier inconnu : « %(text)s ». Les plus proches : %(nearest)s.")
            if labels
            else _("Métier inconnu : « %(text)s ». Choisissez un métier de la liste du modèle."),
            hint,
            code="unknown_profession",
            text=text,
            nearest=nearest,
        )

    def _specialty(self, row: ImportRow, main: Trade) -> Specialty | None:
        text = row.values["specialty"]
        if not text:
            return main.specialty
        wanted = key_of(text)
        for known in self.professions.specialties.values():
            if known.profession_id == main.profession.pk and key_of(known.label_fr) == wanted:
                return known
        match = self.professions.find(f"{main.profession.label_fr} {text}")
        if match.profession == main.profession and match.specialty is not None:
            return match.specialty
        row.note(
            "specialty",
            _(
                "« %(text)s » n’est pas une spécialité connue de ce métier : elle n’est pas "
                "reprise."
            ),
            code="unknown_specialty",
            text=text,
        )
        return main.specialty


def names_of(row: ImportRow) -> tuple[str, str]:
    """Return the first and last names of a line, from two columns or from one."""
    both: Names | None = row.values["full_name"]
    first, last = row.values["first_name"] or "", row.values["last_name"] or ""
    if both is not None and not last:
        last, first = both.last_name, first or both.first_name
    return first, last


def _note(row: ImportRow) -> str:
    origin, remark = row.values["origin"], row.values["remark"]
    told = [f"Origine\N{NO-BREAK SPACE}: {origin}" if origin else "", remark or ""]
    return "\n".join(text for text in told if text)


def _check_rpps(row: ImportRow, identity: Identity, directory: Directory) -> None:
    text = row.values["rpps"]
    if not text:
        return
    number = check_rpps(text)
    if is_nir(text):
        row.error(
            "rpps",
            _(
                "Ce n’est pas un numéro RPPS mais un numéro de sécurité sociale : il ne se garde "
                "pas ici. Retirez-le du fichier."
            ),
            code="nir",
        )
    elif is_destroyed(text):
        row.check(
            "rpps",
            _(
                "Le tableur a arrondi ce numéro : ses derniers chiffres sont perdus. "
                "Retrouvez-le, ou acceptez la ligne : la personne est reprise sans numéro."
            ),
            code="destroyed",
        )
    elif number.state != CheckState.VALID:
        row.check(
            "rpps",
            _(
                "« %(text)s » n’est pas un numéro RPPS juste (11 chiffres, dont une clé) : "
                "relisez-le, ou acceptez la ligne : la personne est reprise sans numéro."
            ),
            code="rpps",
            text=text,
        )
    elif directory.state_of(number.value, name_key=identity.name_key) is RppsState.OTHER_NAME:
        row.check(
            "rpps",
            _(
                "L’annuaire donne ce numéro à quelqu’un d’un autre nom. Vérifiez-le ; acceptez la "
                "ligne s’il s’agit d’un nom d’usage."
            ),
            code="other_name",
        )
    elif directory.state_of(number.value, name_key=identity.name_key) is RppsState.ABSENT:
        row.note(
            "rpps",
            _("Numéro absent de l’annuaire chargé : ce n’est pas une fraude, il se vérifie."),
            code="absent",
        )


def _without(text: str, findings: Sequence[Finding]) -> str:
    """The text with these passages taken out, or nothing when what is left says nothing."""
    for finding in reversed(findings):
        text = f"{text[: finding.start]} {text[finding.end :]}"
    left = " ".join(_DANGLING.sub("", " ".join(text.split())).split())
    left = re.sub(r"\s+(?=[,.;])", "", left).strip(" ,;:-")
    return left if len(_WORDS.findall(left)) >= _LEAST_WORDS else ""


def _check_texts(row: ImportRow) -> None:
    """Keep out what has no place in a profile, with the text as it would stand without it."""
    for column in ("origin", "remark"):
        text = row.values[column] or ""
        findings = detect_forbidden(text) if text else []
        if not findings:
            continue
        suggestion = _without(text, findings)
        told: set[str] = set()
        for finding in findings:
            if finding.kind in told:
                continue
            told.add(finding.kind)
            say = row.error if finding.kind in _REFUSED else row.check
            say(column, finding.advice, suggestion, code=finding.kind)
            suggestion = ""
