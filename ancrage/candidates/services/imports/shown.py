"""The facts of a profile as the dry run shows them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import Experience
from ancrage.candidates.models import Candidate
from ancrage.kit.contacts import display_phone
from ancrage.kit.tabular.problems import source_text
from ancrage.professions.enums import ContractKind

_LABELS = {
    "professions": _("métiers"),
    "works_days": _("jour"),
    "works_nights": _("nuit"),
    "works_12h": _("postes de 12 h"),
    "works_weekends": _("week-ends"),
}


def shown_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return {name for people: value for people}, in French, as the report keeps them."""
    return {name_of(name): _value(name, value) for name, value in facts.items()}


# A file of 20,000 lines shows the same few labels: a lazy text is rendered once.
@cache
def name_of(name: str) -> str:
    """Return the French name of a fact."""
    label = _LABELS.get(name)
    return source_text(label or Candidate._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _value(name: str, value: Any) -> Any:
    if name == "professions":
        return [str(row["profession"].label_fr) for row in value]
    if name == "contracts":
        return [source_text(ContractKind(kind).label) for kind in value]
    if name == "experience":
        return source_text(Experience(value).label)
    if name == "commune":
        return value.name
    if name == "phone":
        return display_phone(value)
    return value
