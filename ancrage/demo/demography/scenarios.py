"""Two scenarios of the demo: what is feared, and what would mend a part of it."""

from datetime import datetime, timedelta

from ancrage.accounts.models import User
from ancrage.demography.enums import Care, StepKind
from ancrage.demography.services.scenarios import Description, Step, make_scenario
from ancrage.territory.models import Territory

# Supposed for the demo, not observed.
PATIENTS_EACH = 1_000

_LEAVES = Step(StepKind.LEAVES, "44187", "Saint-Père-en-Retz", posts=2_00)
_HALF = Step(StepKind.HALF, "44154", "Saint-Brevin-les-Pins", posts=2_00)
_ARRIVES = Step(StepKind.ARRIVES, "44186", "Sainte-Pazanne", posts=1_00)

SCENARIOS = (
    (
        Description(
            "Deux départs à Saint-Père-en-Retz",
            "Scénario fictif, écrit pour la démonstration : deux médecins partent sans être "
            "remplacés, et deux autres de Saint-Brevin-les-Pins passent à mi-temps.",
            PATIENTS_EACH,
        ),
        (_LEAVES, _HALF),
    ),
    (
        Description(
            "Deux départs, une arrivée à Sainte-Pazanne",
            "Scénario fictif, écrit pour la démonstration : les mêmes départs, et un médecin qui "
            "s’installe à Sainte-Pazanne.",
            PATIENTS_EACH,
            shared=True,
        ),
        (_LEAVES, _HALF, _ARRIVES),
    ),
)


def load_scenarios(territory: Territory, by: User, *, now: datetime) -> int:
    """Keep the scenarios of the demo, a day apart; return how many there are."""
    for days, (description, steps) in enumerate(SCENARIOS):
        make_scenario(
            territory=territory,
            care=Care.GP,
            description=description,
            steps=steps,
            by=by,
            now=now - timedelta(days=len(SCENARIOS) - days),
        )
    return len(SCENARIOS)
