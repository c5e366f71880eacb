"""The Pays de Retz and its ring, loaded as official files are: facts, with source and year.

One thing is invented, and its source says so: how old doctors are. No such figure is published
commune by commune, and departures are counted from it.
"""

from datetime import datetime
from random import Random

import numpy as np

from ancrage.accounts.models import User
from ancrage.demo.demography import ring
from ancrage.demo.demography.facts import FACTS, MEANS, MEANS_YEAR
from ancrage.demography.enums import Among, Care, Dataset
from ancrage.demography.services import UNKNOWN_AGE, Draft, Origin, save_vintage
from ancrage.demography.services.siting import NATIONAL_MEANS, NEARER_MINUTES, Asked, ask_study
from ancrage.territory.models import Territory
from ancrage.territory.queries import current_communes
from ancrage.territory.services import CommuneFacts, save_communes

SEED = 20171231
LICENCE = "Licence Ouverte 2.0"
PEOPLE = Origin(
    "Insee, populations municipales vers 2016 ; part des 75 ans et plus, recensement", LICENCE
)
DOCTORS = Origin(
    "Insee, base permanente des équipements 2017 (D201) ; âges FICTIFS, inventés pour la"
    " démonstration",
    LICENCE,
)
ACCESS = Origin("DREES, APL aux médecins généralistes 2015", LICENCE)
PUBLISHED = Origin("DREES, APL 2023, tous âges ; moyennes pondérées par département", LICENCE)

_NOT_POSTS = "L’équipement D201 compte des cabinets, pas des équivalents temps plein."
_INVENTED = "Les âges sont fictifs : aucun n’est publié commune par commune."
_MERGED = "{code} est née d’une fusion entre 2015 et 2018 : sa valeur est à ne comparer à rien."
# How many of a hundred doctors are that old: half over fifty, as doctors were then.
_AGES = {
    range(31, 36): 9,
    range(36, 41): 12,
    range(41, 46): 12,
    range(46, 51): 12,
    range(51, 56): 14,
    range(56, 61): 16,
    range(61, 66): 17,
    range(66, 71): 8,
}


def load_demography(*, now: datetime) -> int:
    """Load the communes around and every vintage; return how many vintages there are."""
    _ring(now=now)
    drafts = (
        (_people(), 2016, PEOPLE),
        (_doctors(), 2017, DOCTORS),
        (_access(), 2015, ACCESS),
        *((draft, MEANS_YEAR, PUBLISHED) for draft in _means()),
    )
    for draft, year, origin in drafts:
        save_vintage(draft=draft, year=year, origin=origin, by=None, now=now)
    return len(drafts)


def load_study(territory: Territory, by: User, *, now: datetime) -> None:
    """Ask where three doctors would go, one to a commune: a study that readers can open.

    Its threshold is the mean of France: three posts bring everybody above that of the zoning.
    Its minutes are few: everybody already has somebody within ten. What is asked must leave
    something to choose.
    """
    mean, _year = NATIONAL_MEANS[Care.GP]
    asked = Asked(posts=3, most=1, target=mean, near=NEARER_MINUTES, among=Among.ALL)
    ask_study(territory=territory, care=Care.GP, asked=asked, by=by, now=now)


def _ring(*, now: datetime) -> None:
    held = set(current_communes().values_list("insee", flat=True))
    save_communes(
        facts=[
            CommuneFacts(
                insee=one.insee,
                name=one.name,
                postcodes=one.postcodes,
                epci_siren=one.epci,
                epci_name=ring.EPCIS[one.epci],
                population=one.population,
                latitude=one.latitude,
                longitude=one.longitude,
            )
            for one in ring.COMMUNES
            if one.insee not in held
        ],
        source=ring.SOURCE,
        version=ring.VINTAGE,
        by=None,
        now=now,
    )


def _codes() -> np.ndarray:
    return np.array([one.insee for one in FACTS], dtype="U5")


def _people() -> Draft:
    people = np.array([one.people for one in FACTS], dtype=np.float64)
    old = np.rint(people * np.array([one.share_75 for one in FACTS]) / 100)
    return Draft(
        Dataset.PEOPLE, None, {"code": _codes(), "age_0": people - old, "age_75": old}, ()
    )


def _doctors() -> Draft:
    draws = Random(SEED)  # noqa: S311 - the same ages every time, no secret
    bands, weights = list(_AGES), list(_AGES.values())
    lines = [
        (one.insee, 1.0, float(draws.choice(draws.choices(bands, weights)[0])))
        for one in FACTS
        for _doctor in range(one.doctors)
    ]
    # A commune without a doctor has a line too: that is known, not unknown.
    lines += [(one.insee, 0.0, UNKNOWN_AGE) for one in FACTS if not one.doctors]
    codes, counts, ages = zip(*lines, strict=True)
    columns = {
        "code": np.array(codes, dtype="U5"),
        "count": np.array(counts),
        "age": np.array(ages),
    }
    return Draft(Dataset.PROFESSIONALS, Care.GP, columns, (_NOT_POSTS, _INVENTED))


def _access() -> Draft:
    columns = {
        "code": _codes(),
        "access": np.array([one.access for one in FACTS]),
        "people": np.array([one.people for one in FACTS], dtype=np.float64),
        "merged": np.array([one.merged for one in FACTS], dtype=np.float64),
    }
    merged = tuple(_MERGED.format(code=one.insee) for one in FACTS if one.merged)
    return Draft(Dataset.ACCESS, Care.GP, columns, merged)


def _means() -> tuple[Draft, ...]:
    codes = np.array([one.department for one in MEANS], dtype="U5")
    people = np.array([one.people for one in MEANS], dtype=np.float64)
    values = {
        Care.GP: [one.doctors for one in MEANS],
        Care.NURSE: [one.nurses for one in MEANS],
        Care.PHYSIO: [one.physios for one in MEANS],
        Care.MIDWIFE: [one.midwives for one in MEANS],
    }
    return tuple(
        Draft(
            Dataset.MEANS, care, {"code": codes, "access": np.array(those), "people": people}, ()
        )
        for care, those in values.items()
    )
