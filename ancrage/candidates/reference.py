"""What makes each proof good, and until when: dated rules, each with its source.

Last check: November 2026. A rule holds between `valid_from` and `valid_to` (None: unbounded);
the department's own rule comes before the general one. Where no rule says when a proof ends, the
date written on it is asked for.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ancrage.candidates.enums import ProofKind

# Days before the end at which the holder and the coordination are told.
ALERT_DAYS = (60, 30, 7)

_ORDRE_17 = "https://conseil17.ordre.medecin.fr/content/licence-remplacement-0"
_ORDRE_76 = "https://conseil76.ordre.medecin.fr/content/etudiants-1"
_CDM_44 = "https://cdm44.org"
_AFGSU = "arrêté du 30 décembre 2014 relatif à l’AFGSU : validité de quatre ans"
_INTERIM = (
    "https://www.santementale.fr/2025/12/"
    "interim-conditions-dapplication-des-deux-ans-dexperience-exiges"
)
_STUDENT = (
    "https://www.cap-metiers.pro/actualites/34909/"
    "Vacations-des-etudiants-sante-delivrance-diplomes-Etat-des-etudiants-une-autre-filiere-sante.aspx"
)
_HONORABILITY = (
    "https://www.fhf.fr/actualites/articles/"
    "renforcement-des-controles-pour-les-professionnels-exercant-dans-la-petite-enfance"
)


@dataclass(frozen=True, slots=True)
class ProofRule:
    """When a proof of this kind ends, and how much of something it must attest.

    `ends_each` is the (month, day) at which every such proof ends each year; `months` how long
    one lasts from its issue; `amount` the least it must attest, in `unit` (ECTS credits, months
    of full-time practice). `needs_end` asks for the date written on the proof.
    """

    kind: ProofKind
    source: str
    departments: frozenset[str] = frozenset()
    ends_each: tuple[int, int] | None = None
    months: int | None = None
    needs_end: bool = False
    amount: int | None = None
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the rule is in force on a day, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


PROOF_RULES: tuple[ProofRule, ...] = (
    # Yearly licence, issued by the council of the faculty's département.
    ProofRule(
        ProofKind.LOCUM_LICENCE,
        source=_ORDRE_17,
        departments=frozenset({"17"}),
        ends_each=(11, 15),
    ),
    ProofRule(
        ProofKind.LOCUM_LICENCE, source=_CDM_44, departments=frozenset({"44"}), ends_each=(11, 15)
    ),
    ProofRule(
        ProofKind.LOCUM_LICENCE,
        source="conseil départemental de l’Ordre des médecins du Puy-de-Dôme",
        departments=frozenset({"63"}),
        ends_each=(11, 15),
    ),
    ProofRule(
        ProofKind.LOCUM_LICENCE,
        source=_ORDRE_76,
        departments=frozenset({"76"}),
        ends_each=(11, 30),
    ),
    # Elsewhere the councils chose other days: the one written on the licence is asked for.
    ProofRule(ProofKind.LOCUM_LICENCE, source=_ORDRE_17, needs_end=True),
    ProofRule(ProofKind.AFGSU_1, source=_AFGSU, months=48),
    ProofRule(ProofKind.AFGSU_2, source=_AFGSU, months=48),
    # First interim contract: two years full-time elsewhere. Care and social professions since
    # July 2024 (decree quashed in June 2025, replaced in November), doctors since December 2025.
    ProofRule(
        ProofKind.INTERIM_PRACTICE,
        source=_INTERIM,
        amount=24,
        unit="months",
        valid_from=date(2024, 7, 1),
    ),
    # 48 credits, 15 of them from placements, and admission to the second year.
    ProofRule(ProofKind.STUDENT_AS_AIDE, source=_STUDENT, amount=48, unit="ects"),
    # Less than six months old on the day of hiring.
    ProofRule(ProofKind.HONORABILITY, source=_HONORABILITY, months=6),
    ProofRule(ProofKind.ORDER, source="inscription au tableau, sans terme"),
    ProofRule(ProofKind.DIPLOMA, source="diplôme, sans terme"),
)


def rule_for(kind: str, *, department: str = "", on: date) -> ProofRule:
    """Return the rule of a proof on a day: that of the département if there is one.

    Raises LookupError for a kind and a day that no rule covers.
    """
    in_force = [rule for rule in PROOF_RULES if rule.kind == kind and rule.holds_on(on)]
    own = [rule for rule in in_force if department in rule.departments]
    general = [rule for rule in in_force if not rule.departments]
    for rule in (*own, *general):
        return rule
    message = f"no rule for {kind!r} on {on}"
    raise LookupError(message)


def end_of(rule: ProofRule, issued_on: date) -> date | None:
    """Return the last day of a proof issued on a day, or None if no rule tells it.

    >>> end_of(rule_for("locum_licence", department="44", on=date(2026, 11, 16)), date(2026, 9, 1))
    datetime.date(2026, 11, 15)
    >>> end_of(rule_for("afgsu_2", on=date(2026, 11, 16)), date(2024, 2, 29))
    datetime.date(2028, 2, 28)
    """
    if rule.ends_each is not None:
        this_year = date(issued_on.year, *rule.ends_each)
        return this_year if issued_on <= this_year else date(issued_on.year + 1, *rule.ends_each)
    if rule.months is not None:
        years, months = divmod(issued_on.month - 1 + rule.months, 12)
        year, month = issued_on.year + years, months + 1
        after = date(year + month // 12, month % 12 + 1, 1)
        same_day = min(issued_on.day, (after - timedelta(days=1)).day)
        return date(year, month, same_day) - timedelta(days=1)
    return None
