"""How willingness to go falls with travel, drawn."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ancrage.demography.services.model import SetFacts
from ancrage.web.charts import LineChart, Series, Tone, line_chart, staircase
from ancrage.web.demography.set_words import decay_words

_TONES = (Tone.OCEAN, Tone.INK)
# What is drawn past the last minute that counts.
_BEYOND = 1.15


def decay_chart(sets: Sequence[tuple[str, SetFacts]], *, key: str = "decay") -> LineChart:
    """Draw the decay of one set, or of two beside one another, each under its name."""
    far = max(_reach(facts) for _name, facts in sets) * _BEYOND
    return line_chart(
        [
            Series(name, _points(facts, far), tone=tone)
            for (name, facts), tone in zip(sets, _TONES, strict=False)
        ],
        key=key,
        title=_("Plus on est loin, moins on y va"),
        description=_("Poids d’un professionnel selon les minutes de trajet : %(decay)s.")
        % {"decay": " ; ".join(decay_words(facts) for _name, facts in sets)},
        top_value=1,
        width=560,
        height=220,
    )


def _reach(facts: SetFacts) -> float:
    return facts.slope[1] if facts.slope is not None else facts.steps[-1][0]


def _points(facts: SetFacts, far: float) -> tuple[tuple[float, float], ...]:
    if facts.slope is not None:
        full, nil = facts.slope
        points = ((0.0, 1.0), (full, 1.0), (nil, 0.0), (far, 0.0))
        return points if full else points[1:]
    starts = (0.0, *(bound for bound, _level in facts.steps))
    levels = (*(level for _bound, level in facts.steps), 0.0)
    return staircase([*zip(starts, levels, strict=True), (far, 0.0)])
