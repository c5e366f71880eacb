"""From one line of a file to the facts of a need: what is read, guessed, doubted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import ImportRow
from ancrage.kit.tabular.cells import as_text
from ancrage.kit.tabular.parsers import PayRange
from ancrage.kit.tabular.wording import key_of, tidied
from ancrage.needs.enums import NeedReason, PayPeriod, StartPrecision
from ancrage.needs.models import Need
from ancrage.needs.services.imports.cells import Start
from ancrage.needs.services.imports.freetext import (
    HOURS,
    end_after,
    hours_in,
    offers_housing,
    pay_in,
)
from ancrage.needs.services.imports.places import Places
from ancrage.needs.services.imports.vocabulary import REASONS
from ancrage.needs.services.imports.working_time import check_days
from ancrage.needs.validators import asks_practice_sheet
from ancrage.professions.models import Profession, Specialty
from ancrage.professions.queries import ProfessionReader
from ancrage.professions.spelling import Outcome as Reading

HOURS_LABELS = {
    "works_days": _("jour"),
    "works_nights": _("nuit"),
    "works_12h": _("postes de 12 h"),
    "works_weekends": _("week-ends"),
}
_LISTED = 4


@dataclass(slots=True)
class ReadNeed:
    """What a line says. `practice` is empty when no practice sheet is asked for."""

    facts: dict[str, Any] = field(default_factory=dict)
    practice: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything needed to read lines without asking the database."""

    professions: ProfessionReader
    places: Places
    today: date

    def read(self, row: ImportRow, *, known: Need | None = None) -> ReadNeed:
        """Return the facts that the line gives; what it does not say is not among them.

        `known` is the need that the line is about: a description that it has already tells
        nothing new of its hours, its pay or its housing.
        """
        need = ReadNeed()
        self._read_profession(row, need.facts)
        self._read_place(row, need.facts)
        _read_plain(row, need.facts)
        self._read_dates(row, need.facts)
        told = _description(row)
        fresh = known is None or told != tidied(known.description)
        _read_hours(row, need.facts, fresh=fresh)
        _read_pay(row, need.facts, fresh=fresh)
        _read_housing(row, need.facts, fresh=fresh)
        if told:
            need.facts["description"] = told
        _read_practice(row, need)
        if _took_its_only_specialty(row, need.facts, known):
            del need.facts["specialty"]
        return need

    def _read_profession(self, row: ImportRow, facts: dict[str, Any]) -> None:
        text = row.values["profession"]
        if text is None:
            return
        match = self.professions.find(text)
        profession, specialty = match.profession, match.specialty
        if profession is None and len(match.suggestions) == 1:
            profession, specialty = match.suggestions[0].profession, match.suggestions[0].specialty
        labels = [_label(one.profession, one.specialty) for one in match.suggestions]
        if match.outcome is Reading.UNKNOWN:
            row.error(
                "profession",
                _("Métier inconnu : « %(text)s ». Les plus proches : %(nearest)s.")
                if labels
                else _(
                    "Métier inconnu : « %(text)s ». Choisissez un métier de la liste du modèle."
                ),
                labels[0] if labels else "",
                code="unknown_profession",
                text=text,
                nearest=", ".join(labels[:_LISTED]),
            )
            return
        if match.outcome is Reading.TO_CHECK:
            row.check(
                "profession",
                _("%(reason)s Propositions : %(nearest)s.") if labels else _("%(reason)s"),
                labels[0] if labels else "",
                code="doubtful_profession",
                reason=match.remark,
                nearest=", ".join(labels[:_LISTED]),
            )
        if profession is None:
            return
        facts["profession"] = profession
        self._read_specialty(row, facts, profession, specialty)

    def _read_specialty(
        self,
        row: ImportRow,
        facts: dict[str, Any],
        profession: Profession,
        specialty: Specialty | None,
    ) -> None:
        text = row.values["specialty"]
        if text:
            found = self._specialty_called(profession, text)
            if found is None:
                row.note(
                    "specialty",
                    _(
                        "« %(text)s » n’est pas une spécialité connue de ce métier : le texte est "
                        "gardé comme service."
                    ),
                    code="unknown_specialty",
                    text=text,
                )
                facts.setdefault("unit", text[:120])
            specialty = found or specialty
        either = row.values["specialty_or_unit"]
        if either:
            found = self._specialty_called(profession, either)
            specialty = found or specialty
            if found is None:
                facts["unit"] = either
        if specialty is not None:
            facts["specialty"] = specialty

    def _specialty_called(self, profession: Profession, text: str) -> Specialty | None:
        wanted = key_of(text)
        for known in self.professions.specialties.values():
            if known.profession_id == profession.pk and _key(known.label_fr) == wanted:
                return known
        found = self.professions.find(f"{profession.label_fr} {text}")
        same = found.profession is not None and found.profession.pk == profession.pk
        named = found.specialty
        if not same or named is None or named.profession_id != profession.pk:
            return None
        # « Médecine générale » alone gives a general practitioner his only specialty.
        alone = self.professions.find(profession.label_fr).specialty
        return None if alone is not None and alone.pk == named.pk else named

    def _read_place(self, row: ImportRow, facts: dict[str, Any]) -> None:
        self.places.check_structure(row)
        site = self.places.site_of(row)
        if row.values["unit"]:
            facts["unit"] = row.values["unit"]
        if site is not None:
            facts["facility"] = site
            if key_of(facts.get("unit", "")) == key_of(site.name):
                del facts["unit"]
        elif row.values["facility"]:
            facts.setdefault("unit", row.values["facility"][:120])
        commune = self.places.commune_of(row, site)
        if commune is not None:
            facts["commune"] = commune

    def _read_dates(self, row: ImportRow, facts: dict[str, Any]) -> None:
        start: Start | None = row.values["starts_on"]
        if start is not None:
            facts["starts_on"] = start.day or self.today
            said = row.values["start_precision"] if start.day else None
            facts["start_precision"] = said or start.precision.value
        end = row.values["ends_on"]
        if end is not None:
            facts["ends_on"] = end
        elif start is not None and start.day and start.precision == StartPrecision.DAY:
            end = end_after(row.raw["contract"], start.day)
            if end is not None and not row.raw["ends_on"]:
                facts["ends_on"] = end
                row.note(
                    "contract",
                    _("Fin calculée d’après « %(text)s » : %(end)s."),
                    code="end_computed",
                    text=row.raw["contract"],
                    end=as_text(end),
                )


# A file of 20,000 lines compares with the same few labels.
@cache
def _key(label: str) -> str:
    return key_of(label)


def _took_its_only_specialty(row: ImportRow, facts: dict[str, Any], known: Need | None) -> bool:
    """Say whether a known need would get the only specialty of its profession, unwritten."""
    return (
        known is not None
        and known.specialty is None
        and "specialty" in facts
        and row.values["specialty"] is None
        and facts["profession"] == known.profession
    )


def _label(profession: Profession, specialty: Specialty | None) -> str:
    if specialty is None:
        return profession.label_fr
    return f"{profession.label_fr} ({specialty.label_fr})"


def _read_plain(row: ImportRow, facts: dict[str, Any]) -> None:
    """Take the columns that say one fact each."""
    for code, name in (
        ("posts", "positions"),
        ("fte", "fte_hundredths"),
        ("contract", "contract"),
        ("reason", "reason"),
        ("audience", "audience"),
        ("contact_email", "contact_email"),
        ("contact_phone", "contact_phone"),
    ):
        if row.values[code] is not None:
            facts[name] = row.values[code]
    if row.values["urgency"] is not None:
        facts["urgency"] = int(row.values["urgency"])


def _read_hours(row: ImportRow, facts: dict[str, Any], *, fresh: bool) -> None:
    own = row.values["hours"]
    ticked = {name: row.values[name] for name in HOURS if row.values[name] is not None}
    found: frozenset[str] = frozenset()
    if own:
        found = hours_in(own, own_column=True)
        facts |= {name: name in found for name in HOURS}
    facts |= ticked
    texts = {
        code: row.values[code]
        for code in ("description", "profession", "days")
        if row.values[code] and not own and (fresh or code != "description")
    }
    for code, text in texts.items():
        seen = hours_in(text, own_column=False) - found - ticked.keys()
        if not seen or code == "days":
            continue
        found |= seen
        facts |= dict.fromkeys(seen, True)
        row.note(
            code,
            _("Horaires reconnus dans « %(text)s » : %(hours)s."),
            code="hours_read",
            text=text[:80],
            hours=[HOURS_LABELS[name] for name in HOURS if name in seen],
        )


def _read_pay(row: ImportRow, facts: dict[str, Any], *, fresh: bool) -> None:
    if row.values["pay_note"] is not None:
        facts["pay_note"] = row.values["pay_note"]
    pay: PayRange | None = row.values["pay"]
    low, high = row.values["pay_min"], row.values["pay_max"]
    if pay is None and (low or high):
        _read_pay_ends(row, low, high, facts)
        return
    if pay is None and row.values["description"] and fresh:
        pay = pay_in(row.values["description"])
        if pay is not None:
            row.note(
                "description",
                _("Rémunération reconnue : de %(low)s à %(high)s €, %(period)s."),
                code="pay_read",
                low=_euros(pay.low_cents),
                high=_euros(pay.high_cents),
                period=PayPeriod(pay.period).label,
            )
    if pay is None:
        return
    facts |= {
        "pay_min_cents": pay.low_cents,
        "pay_max_cents": pay.high_cents,
        "pay_period": row.values["pay_period"] or pay.period,
    }
    if pay.gross is not None:
        facts.setdefault("pay_note", "brut" if pay.gross else "net")


def _read_pay_ends(
    row: ImportRow, low: PayRange | None, high: PayRange | None, facts: dict[str, Any]
) -> None:
    """Take a pay told in two columns: one end alone is « from » or « up to »."""
    ends = [one for one in (low, high) if one is not None]
    facts |= {
        "pay_min_cents": low.low_cents if low else None,
        "pay_max_cents": high.high_cents if high else None,
        "pay_period": row.values["pay_period"]
        or next((one.period for one in ends if one.period), ""),
    }
    gross = next((one.gross for one in ends if one.gross is not None), None)
    if gross is not None:
        facts.setdefault("pay_note", "brut" if gross else "net")


def _euros(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    grouped = f"{whole:,}".replace(",", "\u202f")
    return f"{grouped},{rest:02}" if rest else grouped


def _read_housing(row: ImportRow, facts: dict[str, Any], *, fresh: bool) -> None:
    if row.values["housing"] is not None:
        facts["housing_offered"] = row.values["housing"]
    elif fresh and row.values["description"] and offers_housing(row.values["description"]):
        facts["housing_offered"] = True
        row.note(
            "description", _("Logement proposé : reconnu dans le texte."), code="housing_read"
        )


def _description(row: ImportRow) -> str:
    """Return every text of the line that no column of ours holds."""
    parts = [row.values["description"] or ""]
    if row.values["aid"]:
        parts.append(f"Aide possible\u00a0: {row.values['aid']}")
    if row.values["hours"] and not hours_in(row.values["hours"], own_column=True):
        parts.append(f"Horaires\u00a0: {row.values['hours']}")
    if row.values["reason"] == NeedReason.OTHER and not REASONS.exact(row.raw["reason"]):
        parts.append(f"Motif\u00a0: {row.raw['reason']}")
    return "\n".join(part for part in parts if part)


_PRACTICE: Mapping[str, str] = {
    "patients": "patients",
    "days": "days",
    "home_visits": "home_visits_per_week",
    "retrocession": "retrocession_percent",
    "partners_count": "partners_count",
    "legal_form": "legal_form",
    "software": "software",
    "secretariat": "secretariat",
    "couple": "room_for_couple",
}


def _read_practice(row: ImportRow, need: ReadNeed) -> None:
    given = {
        name: row.values[code] for code, name in _PRACTICE.items() if row.values[code] is not None
    }
    rent: PayRange | None = row.values["rent"]
    if rent is not None:
        given["rent_cents"] = rent.low_cents
    if not given:
        return
    profession = need.facts.get("profession")
    contract = need.facts.get("contract")
    if profession is None or contract is None:
        return
    asked = asks_practice_sheet(
        has_practice_sheet=profession.has_practice_sheet, contract=contract
    )
    if asked:
        check_days(row)
        need.practice = given
        return
    row.note(
        "",
        _(
            "Les colonnes du cabinet (patientèle, jours, loyer…) ne concernent que l’exercice "
            "libéral : elles ne sont pas reprises pour ce contrat."
        ),
        code="no_practice_sheet",
    )
