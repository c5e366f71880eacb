"""The bench of a rule: the text being written, facts about nobody, what the two answer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.schemes.models import Scheme, SchemeRule
from ancrage.schemes.queries import last_rule_key, rules_on
from ancrage.schemes.reference.facts import FactRow, fact_rows
from ancrage.schemes.services import (
    CaseResult,
    differences_in,
    read_rule,
    run_cases_with,
    try_rule,
)
from ancrage.schemes.services.versions import Line
from ancrage.web.schemes.forms.editing import RuleForm, TrialForm

_PREFIX = "essai-"
_LANGUAGE = (
    ("optam ; pas optam", gettext_lazy("oui, non")),
    ("age <= 30", gettext_lazy("comparer un nombre")),
    ("contrat parmi {cdd, cdi}", gettext_lazy("l’une de ces valeurs")),
    ("zones touche {ZIP, QPV}", gettext_lazy("l’une de ces zones au moins")),
    ("embauche_le >= aujourd’hui - 6 mois", gettext_lazy("comparer une date")),
    ("une ( … ) ; toutes ( … )", gettext_lazy("une au moins, toutes")),
    ("# …", gettext_lazy("une remarque, ignorée")),
)


class RuleBench:
    """The rule of an aid on its page: the version to save, and the trial beside it."""

    def __init__(self, data: QueryDict | None, *, scheme: Scheme, today: date) -> None:
        self._data, self.scheme, self._today = data, scheme, today
        self.form = RuleForm(data, initial=self._started_from())
        self.text = str(self.form["text"].value() or "").replace("\r\n", "\n")
        self.facts = TrialForm(data, names=self._names(), initial={"jour": today})
        self.kept = ""
        # Only when somebody wrote another rule meanwhile.
        self.theirs: SchemeRule | None = None
        self.parting: tuple[Line, ...] = ()
        told = self.facts.facts() if self.facts.is_bound else {}
        self.trial = try_rule(text=self.text, facts=told, on=self._day())
        self.results: tuple[CaseResult, ...] = self._tried()

    def case_told(self) -> dict[str, Any] | None:
        """Return the case that the trial makes, or None where something of it is wrong."""
        if not self.facts.is_valid():
            return None
        told = self.facts.cleaned_data
        if not told["cas"]:
            self.facts.add_error("cas", _("Donnez un nom au cas : il dira ce qui ne va plus."))
        if self.trial.faults:
            self.facts.add_error(None, _("Corrigez d’abord la règle : le cas dépend d’elle."))
        if self.facts.errors:
            return None
        return {
            "name": told["cas"],
            "facts": self.facts.facts(),
            "on": told["jour"],
            "expected": told["attendu"] or self.trial.verdict,
        }

    def note_kept(self, name: str) -> None:
        """Say that the case is kept, and try it with the others."""
        self.kept = name
        self.results = self._tried()

    def show_theirs(self, current: SchemeRule) -> None:
        """Keep what was typed beside what somebody wrote meanwhile, ready to be sent again."""
        self.theirs = current
        self.parting = differences_in(current.text, self.text)
        data = (self._data or QueryDict()).copy()
        data["based_on"] = str(current.pk)
        self.form = RuleForm(data)

    @property
    def status(self) -> int:
        """The status of the page that shows the bench again."""
        if self.theirs is not None:
            return 409
        return 422 if self.form.is_bound else 200

    @property
    def language(self) -> Iterable[tuple[str, Any]]:
        """What may be written, and what it means."""
        return _LANGUAGE

    @property
    def vocabulary(self) -> Iterable[FactRow]:
        """The facts that a rule may name."""
        return fact_rows().values()

    @property
    def failing(self) -> int:
        """How many cases the rule being written does not answer as expected."""
        return sum(not one.passes for one in self.results)

    def _started_from(self) -> dict[str, Any]:
        rule = rules_on([self.scheme], on=self._today).get(self.scheme.pk)
        last = last_rule_key(self.scheme)
        if rule is None:
            return {"based_on": last}
        return {"text": rule.text, "applies_from": rule.applies_from, "based_on": last}

    def _names(self) -> tuple[str, ...]:
        trial = try_rule(text=self.text, facts={}, on=self._today)
        if not trial.faults or self._data is None:
            return trial.names
        # While a line is being typed the rule cannot be read: the facts told stay.
        sent = {key.removeprefix(_PREFIX) for key in self._data if key.startswith(_PREFIX)}
        return tuple(name for name in fact_rows() if name in sent)

    def _day(self) -> date:
        if not self.facts.is_bound or not self.facts.cleaned_data.get("jour"):
            return self._today
        day: date = self.facts.cleaned_data["jour"]
        return day

    def _tried(self) -> tuple[CaseResult, ...]:
        if self.trial.faults:
            return ()
        asked = self.form["applies_from"]
        since = asked.field.to_python(asked.value()) if not asked.errors else None
        return run_cases_with(scheme=self.scheme, rule=read_rule(self.text), applies_from=since)
