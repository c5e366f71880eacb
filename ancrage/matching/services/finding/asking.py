"""What a search asks, read from the words of an address and written back to them.

The address of a page is the whole search: it can be kept, sent, opened again. What it says wrong
is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from ancrage.candidates.enums import Experience
from ancrage.candidates.queries import CardCriteria
from ancrage.core.fit.parts import Part, Weights
from ancrage.core.fit.scoring import USUAL_WEIGHTS
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from ancrage.territory.models import Epci

# What may weigh, by what the reader's page prints: a card tells neither hours nor working time.
CARD_PARTS = ("proximity", "timing", "experience")
PROFILE_PARTS = ("profession", "proximity", "timing", "fte", "hours", "experience")
NEED_PARTS = ("profession", "proximity", "timing", "fte", "hours")
USUAL: Mapping[str, int] = MappingProxyType(
    {part.value: getattr(USUAL_WEIGHTS, part.value) for part in Part}
)
# Years of experience that a search may wish for: the lower ends of bands.
YEARS = (2, 5, 10, 20)
HEAVIEST = 100
_LONGEST_TEXT = 120


@dataclass(frozen=True)
class Asked:
    """The criteria of one search, and how much each part of the score counts.

    `weights` holds the parts in play; `years` of experience weigh and leave nobody out.
    """

    weights: Mapping[str, int]
    zone: str = ""
    contract: str = ""
    experience: str = ""
    month: date | None = None
    years: int = 0
    text: str = ""
    housing: bool = False
    # Whether the weights given could not be used: all were 0.
    is_weightless: bool = field(default=False, compare=False)

    @property
    def fit_weights(self) -> Weights:
        """The weights as the fit takes them: a part out of play counts for nothing."""
        return Weights(**{name: self.weights.get(name, 0) for name in USUAL})

    def criteria(self, profession: Profession) -> CardCriteria:
        """Return what cards are filtered by. One query when a grouping is asked for."""
        zone = Epci.objects.filter(siren=self.zone).first() if self.zone else None
        return CardCriteria(
            profession=profession,
            zone=zone,
            contract=self.contract,
            experience=self.experience,
            month=self.month,
        )


def asked_from(words: Mapping[str, str], parts: tuple[str, ...]) -> Asked:
    """Return the search that an address writes, for a page where `parts` are in play."""
    given = {name: _whole(words.get(f"poids_{name}", ""), USUAL[name]) for name in parts}
    usable = any(given.values())
    return Asked(
        weights=given if usable else {name: USUAL[name] for name in parts},
        zone=_among(words.get("zone", ""), None),
        contract=_among(words.get("contrat", ""), ContractKind.values),
        experience=_among(words.get("experience", ""), Experience.values),
        month=_month(words.get("mois", "")),
        years=int(_among(words.get("annees", ""), [str(years) for years in YEARS]) or 0),
        text=words.get("q", "").strip()[:_LONGEST_TEXT],
        housing=words.get("logement", "") == "on",
        is_weightless=not usable,
    )


def words_of(asked: Asked) -> dict[str, str]:
    """Return the shortest words that `asked_from` reads back: what is usual is left out."""
    words = {
        "q": asked.text,
        "zone": asked.zone,
        "contrat": asked.contract,
        "experience": asked.experience,
        "mois": f"{asked.month:%Y-%m}" if asked.month else "",
        "annees": str(asked.years or ""),
        "logement": "on" if asked.housing else "",
    }
    weights = {
        f"poids_{name}": str(weight)
        for name, weight in asked.weights.items()
        if weight != USUAL[name]
    }
    return {name: value for name, value in {**words, **weights}.items() if value}


def _whole(text: str, usual: int) -> int:
    return min(int(text[:3]), HEAVIEST) if text.isascii() and text.isdigit() else usual


def _among(text: str, values: list[str] | None) -> str:
    if values is None:
        return text if text.isascii() and text.isdigit() and len(text) == 9 else ""
    return text if text in values else ""


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
