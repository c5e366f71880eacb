"""The chain from service worker to advanced practice nurse, as its rules are, for one day."""

from datetime import date

from ancrage.core.bridges.values import (
    Bridge,
    Certificate,
    Funding,
    Holding,
    Person,
    Practice,
    Sector,
    Seniority,
    Topic,
    Word,
)

START = date(2026, 11, 22)
AGREEMENT = Word(Topic.AGREEMENT, "employer_agrees")
PROMOTION = Funding(
    "promotion",
    frozenset({Sector.HOSPITAL_SERVICE}),
    (AGREEMENT,),
    kept=100,
    owed_times=3,
)
TO_AIDE = Bridge(
    "orderly-aide",
    "orderly",
    "aide",
    11,
    (Seniority(12, frozenset({"orderly", "home_care"})),),
    (PROMOTION,),
)
TO_NURSE = Bridge(
    "aide-nurse",
    "aide",
    "nurse",
    27,
    (Seniority(36, frozenset({"aide"}), 60), Certificate("afgsu_2")),
    (PROMOTION,),
)
TO_ADVANCED = Bridge(
    "nurse-advanced", "nurse", "advanced", 24, (Seniority(36, frozenset({"nurse"})),), (PROMOTION,)
)
CHAIN = (TO_AIDE, TO_NURSE, TO_ADVANCED)

ORDERLY = Person(
    "orderly",
    START,
    titles=(Holding("orderly"),),
    practices=(Practice("orderly", 5),),
    sector=Sector.HOSPITAL_SERVICE,
    words=frozenset({("employer_agrees", True)}),
)
