"""Every page, for every kind of reader: reachable, well-formed, accessible, at both widths."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.e2e.checks import axe, invalid_html, overflow
from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.site import Site
from tests.e2e.walk import Visit, walk

DESK, PHONE = 1440, 320
# What differs between two copies of one page without changing it for its reader.
SEALS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|datetime="[^"]*"')


@pytest.fixture(scope="module")
def visits(site: Site) -> list[Visit]:
    """What a visitor and each account of the demo reach by following links."""
    readers = [None, *site.demo_emails]
    return [visit for reader in readers for visit in walk(site, reader)]


def where(visit: Visit) -> str:
    return f"{visit.reader}: {visit.view} {visit.url}"


def apart(visits: Iterable[Visit]) -> list[Visit]:
    """Leave out a page whose content another reader was shown alike.

    The frame (header, menu, footer) is each reader's own: it is seen on their other pages.
    """
    kept = {}
    for visit in visits:
        main = visit.html.partition("<main")[2].partition("</main>")[0]
        kept.setdefault((visit.view, SEALS.sub("", main)), visit)
    return list(kept.values())


def test_no_link_leads_to_a_refusal_or_to_nothing(visits: list[Visit]):
    assert [f"{visit.status} {where(visit)}" for visit in visits if visit.status != 200] == []


def test_every_reader_has_pages_of_their_own(visits: list[Visit], site: Site):
    public = {visit.view for visit in visits if visit.reader == "visitor"}

    assert len(public) >= 5
    assert len(site.demo_emails) >= 7
    for email in site.demo_emails:
        assert {visit.view for visit in visits if visit.reader == email} - public, email


def test_page_has_one_main_title_and_a_title_of_its_own(visits: list[Visit]):
    wrong, titles = [], {}
    for visit in visits:
        if visit.outline.h1 != 1:
            wrong.append(f"{visit.outline.h1} h1: {where(visit)}")
        titles.setdefault((visit.reader, visit.outline.title), set()).add(visit.view)

    assert wrong == []
    assert {title: views for title, views in titles.items() if len(views) > 1} == {}


def test_page_forbids_scripts_and_styles_in_its_text(visits: list[Visit]):
    loose = [
        where(visit)
        for visit in visits
        if "unsafe" in visit.policy or "default-src 'none'" not in visit.policy
    ]

    assert loose == []


def test_html_is_valid(visits: list[Visit], html_checkable: None, tmp_path: Path):
    files = {}
    for number, visit in enumerate(visits):
        file = tmp_path / f"{number}.html"
        file.write_text(visit.html, encoding="utf-8")
        files[file.name] = visit

    found = invalid_html(tmp_path / name for name in files)

    assert [f"{where(files[e.partition(':')[0]])} {e.partition(':')[2]}" for e in found] == []


def test_page_is_accessible_and_fits_at_both_widths(
    visits: list[Visit], open_page: PageOpener, sign_in: SignIn, axe_available: None
):
    defects = []
    judged = apart(visits)
    for reader in dict.fromkeys(visit.reader for visit in visits):
        page = open_page(DESK)
        if reader != "visitor":
            sign_in(page, reader)
        for visit in judged:
            if visit.reader != reader:
                continue
            page.goto(visit.url)
            for width in (DESK, PHONE):
                page.set_viewport_size({"width": width, "height": 900})
                found = axe(page)
                if too_wide := overflow(page):
                    found.append(("overflow", [f"{too_wide} px"]))
                defects += [f"{width} px, {where(visit)}: {defect}" for defect in found]

    assert defects == []
