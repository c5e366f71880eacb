import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings

from ancrage.config.finders import NpmFinder
from ancrage.web.templatetags.ui.content import font_links

STATIC = Path(__file__).resolve().parents[2] / "ancrage" / "static"
FILES = {"figtree.woff2": "figtree/files/figtree.woff2", "gone.js": "gone/dist/gone.js"}


@pytest.fixture
def packages(tmp_path: Path, settings) -> Iterator[Path]:
    font = tmp_path / "figtree" / "files" / "figtree.woff2"
    font.parent.mkdir(parents=True)
    font.write_bytes(b"font")
    settings.NPM_ROOT = tmp_path
    settings.NPM_FILES = FILES
    # Django keeps the finders it has made.
    finders.get_finder.cache_clear()
    yield font
    finders.get_finder.cache_clear()


def test_file_of_a_package_is_found_under_its_new_name(packages: Path):
    finder = NpmFinder()

    assert finder.find("vendor/figtree.woff2") == str(packages)
    assert finder.find("vendor/figtree.woff2", find_all=True) == [str(packages)]
    assert finder.find("vendor/gone.js") == []
    assert finder.find("css/base.css") == []


def test_collected_files_are_those_present_under_their_new_name(packages: Path):
    [(name, storage)] = NpmFinder().list(None)

    assert name == "vendor/figtree.woff2"
    with storage.open(name) as font:
        assert font.read() == b"font"


def test_missing_file_is_a_warning_that_says_what_to_run(packages: Path):
    [warning] = NpmFinder().check()

    assert warning.msg.endswith("node_modules: gone/dist/gone.js")
    assert warning.hint == "Run `npm ci --ignore-scripts`."
    assert not warning.is_serious()


def test_nothing_missing_is_nothing_to_say(packages: Path, settings):
    settings.NPM_FILES = {"figtree.woff2": FILES["figtree.woff2"]}

    assert NpmFinder().check() == []


def test_fonts_are_asked_early_only_where_they_are(monkeypatch):
    monkeypatch.setattr(finders, "find", lambda name: name if "figtree" in name else None)

    html = font_links.__wrapped__()

    assert html == (
        '<link rel="preload" href="/static/vendor/figtree-latin.woff2" as="font" '
        'type="font/woff2" crossorigin>'
    )


def test_production_joins_the_sheets_in_their_order(tmp_path: Path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "ancrage.config.storage.JoinedStaticFilesStorage"},
    }
    # Django keeps the storages it has made; the packages may be absent from this machine.
    settings.NPM_FILES = {}
    settings.JOINED_FILES = {
        "css/pages.css": [
            name for name in settings.JOINED_FILES["css/pages.css"] if "tok" not in name
        ],
        "js/pages.js": settings.JOINED_FILES["js/pages.js"],
    }

    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["tokens.css"])

    page = Client().get("/composants/").content.decode()
    [sheet] = re.findall(r'<link rel="stylesheet" href="/static/(css/pages[^"]+)"', page)
    [script] = re.findall(r'<script src="/static/(js/pages[^"]+)" defer', page)
    text = (tmp_path / sheet).read_text(encoding="utf-8")
    assert re.fullmatch(r"css/pages\.[0-9a-f]{12}\.css", sheet)
    assert text.index("@layer base {") < text.index("@layer adaptation {")
    assert re.search(r'url\("../img/chevron\.[0-9a-f]{12}\.svg"\)', text)
    assert "data-combobox" in (tmp_path / script).read_text(encoding="utf-8")
    assert (tmp_path / f"{sheet}.br").is_file()


def test_every_sheet_and_script_reaches_the_pages_or_its_own():
    joined = {name for parts in settings.JOINED_FILES.values() for name in parts}
    written = {
        path.relative_to(STATIC).as_posix()
        for folder in ("css", "js")
        for path in (STATIC / folder).iterdir()
    }
    templates = "".join(
        path.read_text(encoding="utf-8")
        for path in (STATIC.parent / "web" / "templates").rglob("*.html")
    )

    assert {name for name in written - joined if f'static "{name}"' not in templates} == set()
    assert joined <= written


def test_style_sheets_name_only_files_that_exist():
    for sheet in (STATIC / "css").glob("*.css"):
        for address in re.findall(r'url\("([^"]+)"\)', sheet.read_text(encoding="utf-8")):
            if "/vendor/" not in address:
                assert (sheet.parent / address).resolve().is_file(), f"{sheet.name}: {address}"


def test_every_sheet_stays_in_a_layer():
    for sheet in (STATIC / "css").glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        outside = re.sub(
            r"@layer \w+ \{.*\n\}|@font-face \{[^}]*\}|@layer [\w, ]+;", "", text, flags=re.S
        )
        assert outside.strip() == "", sheet.name


def test_every_class_of_a_page_has_a_rule():
    """A class that no sheet knows is a look that somebody expected and nobody sees."""
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in (STATIC / "css").glob("*.css"))
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", sheets))
    templates = (STATIC.parent / "web" / "templates").rglob("*.html")
    orphans = {
        f"{template.name}: {name}"
        for template in templates
        if "email" not in template.parts
        for name in _classes(template.read_text(encoding="utf-8"))
        # A name that ends in a dash is completed by a variable.
        if name not in known and not name.endswith("-")
    }

    assert orphans == set()


def _classes(text: str) -> set[str]:
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", text, flags=re.S)
    text = re.sub(r"{%.*?%}", " ", re.sub(r"{{.*?}}", "-", text))
    found = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split()}
    return {name for name in found if re.fullmatch(r"[a-zA-Z][\w-]*", name)}


def test_scripts_hold_no_words():
    """Words come from data- attributes, so that they are translated with the page."""
    for script in (STATIC / "js").glob("*.js"):
        code = re.sub(r"//[^\n]*", "", script.read_text(encoding="utf-8"))
        texts = re.findall(r'"([^"]*)"|`([^`]*)`', code)
        assert [
            text
            for pair in texts
            for text in pair
            if re.search(r"[A-Za-zÀ-ÿ]{3,} [a-zà-ÿ]{2,}", text)
        ] in ([], ["use strict"]), script.name


@override_settings(BRAND_NAME="Estuaire", BRAND_TAGLINE="Santé Emploi")
def test_manifest_carries_the_name_of_the_deployment():
    response = Client().get("/manifest.webmanifest")

    body = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert (body["name"], body["short_name"]) == ("Estuaire Santé Emploi", "Estuaire")
    assert body["icons"][0]["src"] == "/static/img/mark.svg"
