"""Sentences about a file, kept in such a way that each reader has them in their language.

A sentence is kept as its French source and its facts. What is ours among the facts (a text, a
list of texts, another sentence) is worded again when it is read; words of the file stay as they
are.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from ancrage.kit.tabular.cells import storable
from ancrage.kit.tabular.problems import Problem, SourceText, source_text


class Sentence(str):
    """A sentence in French, which knows how to be kept for readers of another language."""

    kept: dict[str, Any]


def say(text: str | Promise, /, **facts: Any) -> Sentence:
    """Return a sentence of ours.

    Its facts, at their ``%(name)s``, are numbers, words of the file, sentences, or lists of these.
    """
    source = source_text(text)
    return _made(source, {"text": source}, facts)


def say_many(one: str, many: str, count: int, /, **facts: Any) -> Sentence:
    """Return a sentence of ours on several things; `count` stands at ``%(count)d``."""
    facts["count"] = count
    # As the French count: zero is singular.
    return _made(one if count < 2 else many, {"text": one, "plural": many}, facts)


def _made(french: str, source: Mapping[str, str], facts: Mapping[str, Any]) -> Sentence:
    told = {name: _joined(fact) for name, fact in facts.items()}
    sentence = Sentence(french % told if told else french)
    sentence.kept = {**source, "facts": {name: kept(fact) for name, fact in facts.items()}}
    return sentence


def _joined(fact: Any) -> Any:
    return ", ".join(fact) if isinstance(fact, list) else fact


def kept(fact: Any) -> Any:
    """What is stored, as JSON, of a sentence or of one of its facts."""
    if isinstance(fact, Sentence):
        return fact.kept
    if isinstance(fact, bool | int | float) or fact is None:
        return fact
    if isinstance(fact, list | tuple):
        return {"list": [kept(one) for one in fact]}
    if isinstance(fact, Problem):
        facts = {name: kept(one) for name, one in fact.facts.items()}
        return {"text": storable(source_text(fact.message)), "facts": facts}
    if isinstance(fact, Promise | SourceText):
        return {"text": storable(source_text(fact))}
    return storable(str(fact))


def worded(stored: Any) -> Any:
    """What was stored by `kept`, as people read it, in the language in force."""
    if isinstance(stored, dict) and "list" in stored:
        return ", ".join(str(worded(one)) for one in stored["list"])
    if not isinstance(stored, dict) or "text" not in stored:
        return stored
    one, many = stored["text"], stored.get("plural")
    facts = {name: worded(fact) for name, fact in stored.get("facts", {}).items()}
    text = ngettext(one, many, facts["count"]) if many else gettext(one)
    return text % facts if facts else text
