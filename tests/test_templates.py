"""Every template compiles, and none holds what a strict browser policy or translation forbids."""

import re
from pathlib import Path

import pytest
from django.template import engines

PACKAGE = Path(__file__).resolve().parents[1] / "ancrage"
TEMPLATES = sorted(
    path
    for path in PACKAGE.rglob("templates/**/*")
    if path.suffix in {".html", ".txt", ".xml", ".svg"}
)
PAGES = [path for path in TEMPLATES if path.suffix in {".html", ".svg"}]

FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/))", re.I),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "hx- without data-": re.compile(r"(?<!data-)\bhx-[a-z-]+\s*="),
    "a request to another machine": re.compile(
        r"<(?:script|link|img|iframe)[^>]*=\"https?:", re.I
    ),
    "a trusted text (|safe)": re.compile(r"\|\s*safe\b|\bautoescape off\b"),
    "a plural made of letters": re.compile(r"\|\s*pluralize\b"),
    "an untrimmed blocktranslate": re.compile(r"{%-?\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)"),
}
# A comment may name what it forbids.
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", re.S)


def written(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def faults(text: str, *, mail: bool = False) -> list[str]:
    """What is wrong in a template. A mail has no style sheet but the one it carries."""
    found = [fault for fault, pattern in FORBIDDEN.items() if pattern.search(text)]
    return [fault for fault in found if not (mail and fault == "an inline style")]


def test_every_template_compiles():
    engine = engines["django"].engine

    for path in TEMPLATES:
        name = path.relative_to(PACKAGE).as_posix().partition("templates/")[2]
        assert engine.get_template(name).origin.name == str(path)


def test_no_template_holds_what_is_forbidden():
    found = {
        name_of(path): faults(written(path), mail="email" in path.parts) for path in TEMPLATES
    }

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_form_that_posts_carries_its_token():
    posting = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", re.I | re.S)

    unprotected = [
        name_of(path)
        for path in PAGES
        for body in posting.findall(written(path))
        if "csrf_token" not in body
    ]

    assert unprotected == []


def bare_words(text: str) -> list[str]:
    """Words that no translation tag holds; those inside an HTML tag are its own."""
    translated = r"{%\s*blocktrans.*?{%\s*endblocktrans(?:late)?\s*%}"
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    text = re.sub(rf"{translated}|{{%.*?%}}|{{{{.*?}}}}", "", text, flags=re.S)
    return re.findall(r"[^\W\d_]{3,}", re.sub(r"<[^>]*>|&\w+;", " ", text))


def test_every_visible_word_is_translated():
    """Outside the translation tags a page holds marks and figures, never words."""
    found = {name_of(path): bare_words(written(path)) for path in PAGES}

    assert {name: words for name, words in found.items() if words} == {}


def test_bare_words_are_those_a_reader_sees():
    page = '<p class="note" {% if a > b %}hidden{% endif %}>Un mot {% translate "autre" %}</p>'

    assert bare_words(page) == ["mot"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<script>go()</script>", "an inline script"),
        ('<p style="color: red">', "an inline style"),
        ('<a onclick="go()">', "an event attribute"),
        ('<a href="javascript:go()">', "a javascript: address"),
        ('<form hx-post="/x">', "hx- without data-"),
        ('<img src="https://elsewhere.example/a.png">', "a request to another machine"),
        ("{{ text|safe }}", "a trusted text (|safe)"),
        ("{{ count|pluralize }}", "a plural made of letters"),
        ("{% blocktranslate count n=n %}", "an untrimmed blocktranslate"),
    ],
)
def test_guard_sees(text: str, fault: str):
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        '<script src="{% static "app.js" %}" defer></script>',
        '<script type="application/ld+json">{}</script>',
        '<form data-hx-post="/x" data-style="x">',
        "{% blocktranslate trimmed count n=n %}",
        '<a href="https://www.legifrance.gouv.fr/">',
    ],
)
def test_guard_lets_pass(text: str):
    assert faults(text) == []
