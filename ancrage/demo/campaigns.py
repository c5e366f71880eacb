"""The two collections of the demo: one closed a year ago, one being answered."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.demo.mixes import MIXES
from ancrage.demo.people import PEOPLE
from ancrage.demo.structures import STRUCTURES, Structure
from ancrage.needs import services as needs
from ancrage.needs.models import Campaign, CampaignAnswer
from ancrage.needs.queries import Figures
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory

PROFESSIONS = (
    "nurse",
    "care_assistant",
    "hospital_orderly",
    "care_and_support_worker",
    "coordinating_nurse",
    "physiotherapist",
    "occupational_therapist",
    "psychologist",
    "home_care_assistant",
)
QUESTIONS = (
    "Quels métiers vous sera-t-il le plus difficile de recruter dans les trois ans ?",
    "Qu’est-ce qui retient le mieux vos équipes ?",
)
HARDEST = (
    "Les aides-soignants, surtout l’été et les week-ends.",
    "Les infirmiers : deux départs à la retraite, aucune candidature depuis le printemps.",
    "Les kinésithérapeutes, que la ville attire davantage.",
    "Aucun en particulier, si les logements suivent.",
)
KEEPS = (
    "Un planning connu six semaines à l’avance.",
    "Le logement trouvé avant la prise de poste.",
    "La formation : chaque année, une aide-soignante devient infirmière.",
    "Une petite équipe, qui se connaît.",
)
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
MESSAGE = (
    "Bonjour,\n\nDix minutes suffisent : la page est déjà remplie avec vos chiffres connus. "
    "Vos réponses préparent la feuille de route du territoire.\n\nMerci à toutes et à tous."
)
# Left for the reader who plays it to answer; the other answers once reminded.
TO_PLAY = "hopital-de-la-cote"
REMINDED = "ehpad-le-phare"


def load_campaigns(
    territory: Territory,
    built: dict[str, Partner],
    users: dict[str, User],
    *,
    draws: Random,
    now: datetime,
) -> None:
    """Write both campaigns, answered through the services."""
    professions = {row.code: row for row in Profession.objects.filter(code__in=PROFESSIONS)}
    by = users["coordination@demo.example"]
    figures = _last_year(territory, built, professions, by, draws, now=now - timedelta(days=300))
    _this_year(territory, built, users, professions, by, figures, draws, now=now)


def _last_year(
    territory: Territory,
    built: dict[str, Partner],
    professions: dict[str, Profession],
    by: User,
    draws: Random,
    *,
    now: datetime,
) -> dict[str, dict[Profession, Figures]]:
    campaign = _opened(territory, professions, by, now=now - timedelta(days=40), days=35)
    figures = {}
    for structure in _recruiting():
        figures[structure.slug] = _figures(structure, professions, draws)
        moment = now - timedelta(days=draws.randint(2, 30))
        late = built[structure.slug].joined_at > moment
        if structure.slug != TO_PLAY and (late or draws.random() < 0.12):
            continue
        answer = campaign.answers.get(partner=built[structure.slug])
        _answer(answer, figures[structure.slug], draws, now=max(moment, campaign.created_at))
    needs.close_campaign(campaign=campaign, by=by, now=now)
    return figures


def _this_year(
    territory: Territory,
    built: dict[str, Partner],
    users: dict[str, User],
    professions: dict[str, Profession],
    by: User,
    figures: dict[str, dict[Profession, Figures]],
    draws: Random,
    *,
    now: datetime,
) -> None:
    campaign = _opened(territory, professions, by, now=now - timedelta(days=14), days=30)
    answers = {row.partner_id: row for row in campaign.answers.order_by("pk")}
    others = [row for row in _recruiting() if row.slug not in {TO_PLAY, REMINDED}]
    draws.shuffle(others)
    sent, begun = round(len(others) * 0.6), round(len(others) * 0.75)
    for rank, structure in enumerate(others[:begun]):
        _answer(
            answers[built[structure.slug].pk],
            _a_year_later(figures[structure.slug], draws),
            draws,
            submit=rank < sent,
            now=now - timedelta(days=draws.randint(1, 12), minutes=draws.randint(0, 500)),
        )
    needs.remind_late(campaign=campaign, by=by, now=now - timedelta(days=4))
    hands = {person.structure: users[person.email] for person in PEOPLE if person.structure}
    _answer(
        answers[built[REMINDED].pk],
        _a_year_later(figures[REMINDED], draws),
        draws,
        by=hands[REMINDED],
        now=now - timedelta(days=2),
    )


def _recruiting() -> list[Structure]:
    return [structure for structure in STRUCTURES if structure.size]


def _opened(
    territory: Territory,
    professions: dict[str, Profession],
    by: User,
    *,
    now: datetime,
    days: int,
) -> Campaign:
    today = timezone.localdate(now)
    campaign = needs.create_campaign(
        territory=territory,
        name=f"Recensement des effectifs, {MONTHS[today.month - 1]} {today.year}",
        reference_day=today.replace(day=1),
        closes_on=today + timedelta(days=days),
        professions=[professions[code] for code in PROFESSIONS],
        questions=QUESTIONS,
        message=MESSAGE,
        by=by,
        now=now,
    )
    return needs.open_campaign(campaign=campaign, by=by, now=now)


def _figures(
    structure: Structure, professions: dict[str, Profession], draws: Random
) -> dict[Profession, Figures]:
    """Staff in proportion to the size of the structure and to what its kind employs."""
    said = {}
    for lack in MIXES[structure.mix]:
        if lack.profession not in professions:
            continue
        present = _rounded(structure.size * lack.weight * draws.uniform(32, 50))
        vacant = 50 * round(present * draws.uniform(0.02, 0.12) / 50)
        said[professions[lack.profession]] = Figures(
            present_fte=present,
            vacant_fte=vacant,
            target_3y_fte=_rounded((present + vacant) * draws.uniform(1.0, 1.06)),
            target_5y_fte=_rounded((present + vacant) * draws.uniform(1.02, 1.12)),
            departures=round(present * draws.uniform(0.02, 0.07) / 100),
        )
    return said


def _a_year_later(figures: dict[Profession, Figures], draws: Random) -> dict[Profession, Figures]:
    return {
        profession: replace(
            line,
            present_fte=_rounded((line.present_fte or 0) * draws.uniform(0.94, 1.05)),
            vacant_fte=50 * round((line.vacant_fte or 0) * draws.uniform(0.7, 1.6) / 50),
            target_3y_fte=_rounded((line.target_3y_fte or 0) * draws.uniform(0.99, 1.04)),
            target_5y_fte=_rounded((line.target_5y_fte or 0) * draws.uniform(0.99, 1.04)),
            departures=max(0, (line.departures or 0) + draws.choice((-1, 0, 0, 1))),
        )
        for profession, line in figures.items()
    }


def _rounded(hundredths: float) -> int:
    """To the half post, as people count; at least one half."""
    return max(50, 50 * round(hundredths / 50))


def _answer(
    answer: CampaignAnswer,
    figures: dict[Profession, Figures],
    draws: Random,
    *,
    now: datetime,
    by: User | None = None,
    submit: bool = True,
) -> None:
    hardest, keeps = answer.campaign.questions.order_by("position")
    needs.save_answer(
        answer=answer,
        revision=answer.revision,
        figures=figures,
        open_answers={hardest: draws.choice(HARDEST), keeps: draws.choice(("", *KEEPS))},
        submit=submit,
        by=by,
        now=now,
    )
