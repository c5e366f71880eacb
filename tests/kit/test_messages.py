from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from ancrage.kit.catalogues import catalogue, compile_catalogues
from ancrage.kit.messages import Message, extract, from_python, from_template, problems, update

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

# Translators: on the button that ends the form
SAVE = _("Enregistrer")
OR = pgettext_lazy("choix", "ou")

def count(n):
    return ngettext("%(n)d candidat", "%(n)d candidats", n) % {"n": n}
"""
TEMPLATE = """{% load i18n %}
<ul>
    {# Translators: title of the page #}
    <li>{% translate "Besoins" %}</li>
  <li>{{ title|default:_("Sans titre") }} (d'un « côté »: 1.5 it's</li>
    {% blocktranslate trimmed count n=total with name=who %}
        {{ name }} a
        {{ n }} besoin
    {% plural %}
        {{ name }} a {{ n }} besoins
    {% endblocktranslate %}
    {% translate "mai" context "mois" %}
</ul>
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small package: one Python file, one template."""
    package = tmp_path / "package"
    templates = package / "web" / "templates"
    templates.mkdir(parents=True)
    (package / "needs.py").write_text(PYTHON)
    (templates / "list.html").write_text(TEMPLATE)
    return package


def write_english(project: Path, **changes: str) -> None:
    """Translate every message by itself, in capitals, but for `changes`."""
    update(project)
    path = catalogue("en", project / "locale")
    po = polib.pofile(str(path))
    for entry in po:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = changes.get(entry.msgid, entry.msgid.upper())
    po.save()
    update(project)


def test_messages_of_python_keep_context_plural_and_comment():
    assert list(from_python(PYTHON.encode())) == [
        Message("Enregistrer", comments=("Translators: on the button that ends the form",)),
        Message("ou", context="choix"),
        Message("%(n)d candidat", plural="%(n)d candidats"),
    ]


def test_messages_of_a_template_are_those_django_looks_up():
    assert list(from_template(TEMPLATE)) == [
        Message("Besoins", comments=("Translators: title of the page",)),
        Message("Sans titre"),
        Message("%(name)s a %(n)s besoin", plural="%(name)s a %(n)s besoins"),
        Message("mai", context="mois"),
    ]


def test_message_met_alone_and_with_its_plural_is_one_message(tmp_path: Path):
    (tmp_path / "a.py").write_text('x = _("Besoin")\n')
    (tmp_path / "b.py").write_text('x = ngettext("Besoin", "Besoins", n)\n')

    assert extract(tmp_path) == [Message("Besoin", plural="Besoins")]


def test_message_with_two_plurals_is_refused(tmp_path: Path):
    (tmp_path / "a.py").write_text('x = ngettext("Besoin", "Besoins", n)\n')
    (tmp_path / "b.py").write_text('x = ngettext("Besoin", "Des besoins", n)\n')

    with pytest.raises(ValueError, match="Deux pluriels pour « Besoin »"):
        extract(tmp_path)


def test_migrations_and_plain_files_are_not_read(tmp_path: Path):
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001.py").write_text('x = _("Besoin")\n')
    (tmp_path / "notes.txt").write_text('{% translate "Besoin" %}')

    assert extract(tmp_path) == []


def test_update_writes_every_message_in_english_and_plurals_in_french(project: Path):
    update(project)

    english = polib.pofile(str(catalogue("en", project / "locale")))
    french = polib.pofile(str(catalogue("fr", project / "locale")))
    assert [entry.msgid for entry in english] == [
        "%(n)d candidat",
        "%(name)s a %(n)s besoin",
        "Besoins",
        "Enregistrer",
        "Sans titre",
        "mai",
        "ou",
    ]
    assert [entry.msgstr_plural for entry in french] == [
        {0: "%(n)d candidat", 1: "%(n)d candidats"},
        {0: "%(name)s a %(n)s besoin", 1: "%(name)s a %(n)s besoins"},
    ]
    assert french.metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"
    assert all(not entry.occurrences for entry in english)


def test_update_keeps_translations_and_drops_what_left_the_code(project: Path):
    write_english(project, Enregistrer="Save")
    (project / "needs.py").write_text(PYTHON.replace("pgettext_lazy(", "other("))

    update(project)

    english = polib.pofile(str(catalogue("en", project / "locale")))
    assert english.find("Enregistrer").msgstr == "Save"
    assert english.find("ou") is None
    assert problems(project) == []


def test_update_twice_changes_nothing(project: Path):
    write_english(project)
    before = catalogue("en", project / "locale").read_bytes()

    update(project)

    assert catalogue("en", project / "locale").read_bytes() == before


def test_problems_of_a_clean_catalogue_are_none(project: Path):
    write_english(project)

    assert problems(project) == []


def test_problems_name_a_message_that_is_missing_and_one_too_many(project: Path):
    write_english(project)
    (project / "needs.py").write_text(PYTHON.replace("Enregistrer", "Garder"))

    assert problems(project) == [
        "en : « Garder » manque (./run messages l’ajoute).",
        "en : « Enregistrer » n’est plus dans le code (./run messages l’enlève).",
    ]


def test_problems_name_a_message_without_translation(project: Path):
    write_english(project, ou="")

    assert problems(project) == ["en : « ou » n’est pas traduit."]


def test_problems_name_a_translation_to_read_again(project: Path):
    write_english(project)
    path = catalogue("en", project / "locale")
    po = polib.pofile(str(path))
    po.find("ou").flags.append("fuzzy")
    po.save()
    update(project)

    assert problems(project) == ["en : la traduction de « ou » est à relire (fuzzy)."]


def test_problems_name_a_lost_placeholder(project: Path):
    (project / "needs.py").write_text('x = _("Le %(day)s")\n')
    write_english(project, **{"Le %(day)s": "On %(date)s"})

    assert problems(project) == [
        "en : « Le %(day)s » et « On %(date)s » n’ont pas les mêmes variables."
    ]


def test_problems_name_a_translation_function_that_hides_its_texts(project: Path):
    write_english(project)
    (project / "hidden.py").write_text(
        "from django.utils.translation import gettext as _now, ngettext\nx = _now('Ici')\n"
    )

    assert problems(project) == [
        "code : hidden.py : « _now » n’est pas lu ; écrire gettext, ou _."
    ]


def test_problems_name_an_entry_written_twice(project: Path):
    write_english(project)
    path = catalogue("en", project / "locale")
    path.write_text(path.read_text() + '\nmsgid "Besoins"\nmsgstr "NEEDS"\n')

    assert "en : « Besoins » y est deux fois." in problems(project)


def test_problems_name_a_typewriter_habit(tmp_path: Path):
    text = "Zut : l'ancre"
    (tmp_path / "a.py").write_text(f'x = _("{text}")\n')

    assert problems(tmp_path)[0] == (
        f"code : « {text} » : écrire l’apostrophe ’ et l’espace insécable dans "
        "« t : » (./run messages le fait)."
    )


def test_update_mends_a_typewriter_habit_and_keeps_its_translation(tmp_path: Path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "a.py").write_text('x = _("Zut !")\n')
    path = catalogue("en", package / "locale")
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "Zut !"\nmsgstr "Drat!"\n')

    changed = update(package)

    assert changed == [package / "a.py"]
    assert polib.pofile(str(path)).find("Zut\u00a0!").msgstr == "Drat!"
    assert problems(package) == []


def test_compiled_catalogue_translates(project: Path):
    write_english(project, Enregistrer="Save")

    written = compile_catalogues(project / "locale")

    assert [path.parent.parent.name for path in written] == ["en", "fr"]
    assert polib.mofile(str(written[0])).find("Enregistrer").msgstr == "Save"


def test_command_prints_each_problem_and_fails_only_when_it_judges(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    command = "ancrage.kit.management.commands.messages"
    monkeypatch.setattr(f"{command}.problems", lambda: ["en : « ou » n’est pas traduit."])
    monkeypatch.setattr(f"{command}.update", lambda: [Path("a.py")])

    call_command("messages")
    with pytest.raises(CommandError, match="1 message"):
        call_command("messages", "--check")

    assert capsys.readouterr().out.splitlines() == [
        "typographie : a.py",
        "en : « ou » n’est pas traduit.",
        "1 message(s) à revoir.",
        "en : « ou » n’est pas traduit.",
    ]
