"""The drawing of a decay while it is typed."""

from typing import Any

from ancrage.demography.services.model import SetFacts
from ancrage.demography.services.sets import InvalidParameters, parameters_from
from ancrage.web.charts import LineChart
from ancrage.web.demography.set_drawing import decay_chart
from ancrage.web.demography.set_forms import SetForm
from ancrage.web.demography.set_words import decay_words

# What a drawing is made of: anything else that is wrong waits until the form is sent.
_DRAWN = frozenset({"decay", "steps", "closed", "full", "nil"})


def preview_of(form: SetForm, start: SetFacts | None = None) -> dict[str, Any]:
    """Return the decay as it is typed, or why it cannot be drawn; that of `start` before."""
    facts = _typed(form) if form.is_bound else start
    if facts is not None:
        return {"chart": _chart(facts), "words": decay_words(facts)}
    wrong = [text for name in sorted(_DRAWN) for text in form.errors.get(name, ())]
    return {"wrong": wrong if form.is_bound else []}


def _typed(form: SetForm) -> SetFacts | None:
    form.is_valid()
    if form.errors.keys() & (_DRAWN | {"ages", "classes"}):
        return None
    facts = form.facts
    try:
        parameters_from(facts)
    except InvalidParameters as error:
        # The drawing does not need what is wrong elsewhere.
        return None if error.where == "decay" else facts
    return facts


def _chart(facts: SetFacts) -> LineChart:
    return decay_chart([("", facts)], key="apercu-poids")
