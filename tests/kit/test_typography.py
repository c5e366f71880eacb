from pathlib import Path

import pytest

from ancrage.kit.typography import (
    faults,
    mend,
    mend_python,
    mend_sources,
    mend_template,
    mend_test,
)

# No-break space, shown.
N = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("L'offre", "L’offre"),
        ("Pourquoi ?", f"Pourquoi{N}?"),
        ("« ici »", f"«{N}ici{N}»"),
        ("Lieu : ici ; là !", f"Lieu{N}: ici{N}; là{N}!"),
        (f"Lieu{N}: 12:30", f"Lieu{N}: 12:30"),
        ("'entre' guillemets", "'entre' guillemets"),
    ],
)
def test_mended_text_follows_french_typography(typed: str, mended: str):
    assert mend(typed) == mended
    assert faults(mended) == []


def test_faults_show_the_letters_around():
    assert faults("L'ancre : « zut »") == ["L'a", "e :", "« z", "t »"]


def test_python_is_mended_in_its_messages_only():
    source = (
        'KEY = "a : b"\n'
        'TITLE = _("Déjà là : l\'offre « %(name)s »") % {"name": "x : y"}\n'
        "COUNT = ngettext(\n"
        '    "%(n)d poste à pourvoir :"\n'
        '    " un seul !",\n'
        '    "%(n)d postes !",\n'
        "    n,\n"
        ")\n"
    )

    assert mend_python(source) == (
        'KEY = "a : b"\n'
        f'TITLE = _("Déjà là{N}: l’offre «{N}%(name)s{N}»") % {{"name": "x : y"}}\n'
        "COUNT = ngettext(\n"
        f'    "%(n)d poste à pourvoir{N}:"\n'
        f'    " un seul{N}!",\n'
        f'    "%(n)d postes{N}!",\n'
        "    n,\n"
        ")\n"
    )


def test_template_is_mended_in_its_messages_only():
    source = (
        '<p title="a : b">{% translate "Zut alors ?" %} x : y</p>\n'
        '{% blocktranslate trimmed with day=when|default:"a : b" %}\n'
        '  Le {{ day }} : <a href="?a=1 ;b">l\'offre</a> !\n'
        "{% endblocktranslate %}\n"
        '{{ title|default:_("Aucune !") }}'
    )

    assert mend_template(source) == (
        f'<p title="a : b">{{% translate "Zut alors{N}?" %}} x : y</p>\n'
        '{% blocktranslate trimmed with day=when|default:"a : b" %}\n'
        f'  Le {{{{ day }}}}{N}: <a href="?a=1 ;b">l’offre</a>{N}!\n'
        "{% endblocktranslate %}\n"
        f'{{{{ title|default:_("Aucune{N}!") }}}}'
    )


def test_test_is_mended_where_it_quotes_a_message():
    source = (
        "def test_it():\n"
        '    line = "Lieu : Pornic"\n'
        '    assert page == f"Déjà close : rouvrez {line}"\n'
        '    assert other == "déjà close : non"\n'
    )

    assert mend_test(source, ["Déjà close : rouvrez %(what)s"]) == (
        "def test_it():\n"
        '    line = "Lieu : Pornic"\n'
        f'    assert page == f"Déjà close{N}: rouvrez {{line}}"\n'
        '    assert other == "déjà close : non"\n'
    )


def test_test_is_mended_where_values_stand_for_placeholders():
    source = 'assert reason == "Reconnu par « Infirmiers »."\nassert key == "« x »"\n'

    assert mend_test(source, ["Reconnu par « %(label)s »."]) == (
        f'assert reason == "Reconnu par «{N}Infirmiers{N}»."\nassert key == "« x »"\n'
    )


def test_test_is_mended_across_the_pieces_of_a_text():
    source = 'assert text == (\n    "Attendez la fin"\n    " : rien n\'est perdu."\n)\n'

    assert mend_test(source, ["Attendez la fin : rien n'est perdu."]) == (
        f'assert text == (\n    "Attendez la fin"\n    "{N}: rien n’est perdu."\n)\n'
    )


def test_sources_are_rewritten_once(tmp_path: Path):
    package, tests = tmp_path / "package", tmp_path / "tests"
    (package / "migrations").mkdir(parents=True)
    tests.mkdir()
    for path in (package / "views.py", package / "migrations" / "0001.py"):
        path.write_text('x = _("Zut alors !")\n')
    (tests / "test_views.py").write_text('assert x == "Zut alors !"\n')

    changed = mend_sources(package, tests, ["Zut alors !"])

    assert changed == [package / "views.py", tests / "test_views.py"]
    assert (package / "views.py").read_text() == f'x = _("Zut alors{N}!")\n'
    assert (tests / "test_views.py").read_text() == f'assert x == "Zut alors{N}!"\n'
    assert (package / "migrations" / "0001.py").read_text() == 'x = _("Zut alors !")\n'
    assert mend_sources(package, tests, [f"Zut alors{N}!"]) == []
