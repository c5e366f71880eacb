"""Paper: what is written prints as itself, in any alphabet, in a file that can be read aloud."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import translation

from ancrage.kit.pdf import PACKAGE, PrintFailed, fonts, print_pdf, refused_signs
from tests.papers import pages_of

NOW = datetime(2026, 11, 22, 8, 0, 0, 123, tzinfo=UTC)
TEMPLATE = """
#import "/kit/printing/style.typ": *
#show: printed.with(foot: [#data.foot])
= #data.title
#for name in data.names [#par(name)]
"""
WORDS = {"unprintable": "lettre sans police"}


@pytest.fixture
def template(tmp_path, monkeypatch):
    """A template beside the shared style, as those of the sections are."""
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "printing").symlink_to(PACKAGE / "kit" / "printing")
    monkeypatch.setattr("ancrage.kit.pdf.PACKAGE", tmp_path)
    file = tmp_path / "names.typ"
    file.write_text(TEMPLATE, encoding="utf-8")
    return file


def printed(template, *names, title="Les noms", **options):
    data = {"names": names, "foot": "Pied", "words": WORDS}
    return print_pdf(template, data, title=title, now=NOW, **options)


@pytest.mark.parametrize(
    "name",
    [
        '#import "/kit/pdf.py": * #panic("x") #read("/etc/passwd")',
        "$x^2$ *gras* _penché_ `code` @renvoi <script>alert(1)</script>",
        "= Titre \\ // fin /* et */ #{1 + 1} ]] [[ \" ' ~ -- ...",
        '{"title": "autre"}',
    ],
)
def test_a_name_made_of_markup_prints_as_itself(template, name):
    made = printed(template, name)

    (page,) = pages_of(made.content)
    assert name in page.replace("\n", " ").replace("  ", " ")
    assert made.unprintable == frozenset()


@pytest.mark.parametrize(
    "name",
    [
        "Élodie Œuvrard",
        "Nguyễn Thị Đặng",
        "Γιώργος",
        "Наталья",
        "דוד",
        "محمد",
        "山田太郎",
        "김철수",
        "สมชาย",
        "Արմեն",
        "გიორგი",
        "राम",
    ],
)
def test_a_name_in_any_of_these_alphabets_is_drawn(template, name):
    assert printed(template, name).unprintable == frozenset()


def test_letters_with_two_marks_are_kept(template):
    (page,) = pages_of(printed(template, "Adébáyọ̀ Ọlọ́run").content)

    # Each mark is told with the letter it stands on.
    assert page.count("ọ") >= 2
    assert "run" in page


def test_a_letter_that_no_font_draws_is_replaced_and_told(template):
    made = printed(template, "Sébastien አማርኛ")

    (page,) = pages_of(made.content)
    assert made.unprintable == frozenset("አማርኛ")
    assert "□□□□" in page.replace("\n", "")
    assert "□ : lettre sans police" in page.replace("\n", "")


def test_controls_and_marks_of_direction_go(template):
    made = printed(template, "\u202eAlix\u0000\ufeff\ud800 de\u00adux\tmots")

    (page,) = pages_of(made.content)
    assert "Alix deux mots" in page
    assert made.unprintable == frozenset()


def test_a_file_says_its_title_its_language_and_its_standard(template):
    with translation.override("en"):
        content = printed(template, "Alix", title="Badges").content

    assert b"/Lang(en)" in content
    assert b"/Marked true" in content
    assert b"pdfuaid:part>1<" in content
    assert "Badges" in pages_of(content)[0]


def test_the_same_data_at_the_same_time_give_the_same_bytes(template):
    assert printed(template, "Alix").content == printed(template, "Alix").content


def test_a_smaller_paper_is_the_paper_asked_for(template):
    assert b"/MediaBox[0 0 419.52756 595.2756]" in printed(template, "Alix", paper="a5").content


def test_a_fault_of_the_template_has_a_name(template):
    template.write_text(TEMPLATE + "#nothing", encoding="utf-8")

    with pytest.raises(PrintFailed, match="unknown variable: nothing"):
        printed(template, "Alix")


def test_the_fonts_that_the_style_names_are_there():
    style = (PACKAGE / "kit" / "printing" / "style.typ").read_text(encoding="utf-8")
    (named,) = re.findall(r"#let faces = \((.*)\)", style)

    assert set(re.findall(r'"([^"]+)"', named)) <= set(fonts().families())


def test_the_signs_refused_are_read_in_the_words_of_typst():
    diagnostic = (
        'error: PDF/UA-1 error: the text `"த"` could not be displayed with font `"FiraGO"`\n'
        'error: PDF/UA-1 error: the text `"\\u{bcd}"` could not be displayed with font `"F"`\n'
        'error: PDF/UA-1 error: the text contains the disallowed codepoint `"\\u{feff}"`\n'
    )

    assert refused_signs(diagnostic) == frozenset("த\u0bcd\ufeff")


def test_the_colours_of_paper_are_those_of_pages():
    colours = re.compile(r'(?:#let|--)\s*([a-z0-9-]+)(?: = rgb\("|: )(#[0-9a-f]{6})')
    style = (PACKAGE / "kit" / "printing" / "style.typ").read_text(encoding="utf-8")
    tokens = (settings.PACKAGE_ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")

    on_paper, on_pages = dict(colours.findall(style)), dict(colours.findall(tokens))

    assert on_paper
    assert on_paper == {name: on_pages[name] for name in on_paper}
