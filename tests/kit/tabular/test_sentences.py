"""A sentence on a file is kept with its facts, and worded again for each reader."""

import json

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from ancrage.kit.tabular.problems import check
from ancrage.kit.tabular.sentences import kept, say, say_many, worded


def in_english(sentence) -> str:
    stored = json.loads(json.dumps(kept(sentence)))
    with translation.override("en"):
        return worded(stored)


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "0 ligne", "0 lines"),
        (1, "1 ligne", "1 line"),
        (2, "2 lignes", "2 lines"),
    ],
)
def test_each_language_counts_in_its_own_way(count, french, english):
    sentence = say_many("%(count)d ligne", "%(count)d lignes", count)

    assert sentence == french
    assert worded(kept(sentence)) == french
    assert in_english(sentence) == english


def test_a_sentence_within_another_is_worded_and_words_of_the_file_are_not():
    why = say("personne n’habite %(code)s.", code="44131")
    whole = say("%(file)s, ligne %(line)d\u00a0: %(what)s", file="oui.csv", line=3, what=why)

    assert whole == "oui.csv, ligne 3\u00a0: personne n’habite 44131."
    assert in_english(whole) == "oui.csv, line 3: nobody lives in 44131."


def test_what_is_ours_is_kept_in_french_whatever_the_language_in_force():
    with translation.override("en"):
        stored = [
            kept(say(gettext_lazy("sans commune"))),
            kept(check(gettext_lazy("sans commune"))),
            kept([gettext_lazy("sans commune"), "oui"]),
        ]

    assert [worded(one) for one in stored] == ["sans commune", "sans commune", "sans commune, oui"]
    assert [in_english("oui"), worded("Une phrase d’avant.")] == ["oui", "Une phrase d’avant."]


def test_what_a_database_refuses_is_made_visible():
    assert worded(kept(say("«\u00a0%(label)s\u00a0»", label="a\x00b"))) == "«\u00a0a\ufffdb\u00a0»"
