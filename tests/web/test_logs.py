"""The journal of requests: structured, numbered, and silent about people."""

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator

import pytest
import structlog
from django.test import Client
from django.urls import reverse
from structlog.testing import capture_logs

from ancrage.kit.logs import logging_settings, scrub
from tests.factories import UserFactory
from tests.web.accounts.support import open_ana, sign_in

Lines = Callable[[], list[dict]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What production would write, one JSON object a line."""
    stream = io.StringIO()
    settings = logging_settings(as_json=True)
    formatter = settings["formatters"]["ancrage"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("écrire à ana.le-goff@exemple.test !", "écrire à [adresse] !"),
        ("appeler le 06 12 34 56 78", "appeler le [téléphone]"),
        ("appeler le +33 612345678", "appeler le [téléphone]"),
        ("numéro 2 85 05 reste", "numéro 2 85 05 reste"),
        ("NIR 285057800608436", "NIR [numéro]"),
        ("jeton ancrage_abcdefghijklmnop", "jeton [jeton]"),
        ("FINESS 440000289, 12 postes", "FINESS 440000289, 12 postes"),
        ("une ligne\nlevel=error", "une ligne\\x0alevel=error"),
    ],
)
def test_scrub_masks_what_names_a_person(text: str, expected: str) -> None:
    assert scrub(None, "info", {"event": text}) == {"event": expected}


def test_scrub_masks_by_name_and_at_any_depth() -> None:
    event = {
        "event": "x",
        "password": "secret",
        "csrftoken": "abc",
        "sign_in_code": "314159",
        "status_code": 500,
        "user": 12,
        "data": {"email": "ana", "rows": ["bruno@exemple.test", 3, None]},
        "error": ValueError("chez ana@exemple.test"),
    }

    assert scrub(None, "info", event) == {
        "event": "x",
        "password": "[masqué]",
        "csrftoken": "[masqué]",
        "sign_in_code": "[masqué]",
        "status_code": 500,
        "user": 12,
        "data": {"email": "[masqué]", "rows": ["[adresse]", 3, None]},
        "error": "chez [adresse]",
    }


def test_line_of_a_library_is_scrubbed_too(lines: Lines) -> None:
    logging.getLogger("quelque.chose").warning("envoi à %s refusé", "ana@exemple.test")

    (line,) = lines()

    assert (line["event"], line["level"], line["logger"]) == (
        "envoi à [adresse] refusé",
        "warning",
        "quelque.chose",
    )
    assert line["at"].endswith("Z")


def test_trace_of_an_error_is_kept_without_the_person(lines: Lines) -> None:
    try:
        raise RuntimeError("ana@exemple.test")
    except RuntimeError:
        logging.getLogger("quelque.chose").exception("panne")

    (line,) = lines()

    assert line["exception"].splitlines()[-1] == "RuntimeError: [adresse]"


@pytest.mark.django_db
def test_request_is_logged_by_name_of_page_and_number_of_account(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)

    with capture_logs() as captured:
        response = client.get("/compte/roles/?q=ana@exemple.test")

    (line,) = [one for one in captured if one["event"] == "request"]
    assert line.pop("ms") >= 0
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "page": "accounts:roles",
        "status": 200,
        "user": user.pk,
    }
    assert len(response.headers["X-Request-ID"]) == 32


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("8f14e45f-ceea", True),
        ("court", False),
        ("avec un espace", False),
        ("x" * 65, False),
        ("06-12-34-56-78", False),
    ],
)
def test_number_given_by_the_proxy_is_kept_when_it_is_one(
    client: Client, given: str, kept: bool
) -> None:
    response = client.get("/sante/", headers={"X-Request-ID": given})

    assert (response.headers["X-Request-ID"] == given) is kept


@pytest.mark.django_db
def test_lines_of_one_request_carry_its_number(client: Client, lines: Lines) -> None:
    ana = open_ana()

    sign_in(client, ana)

    written = {line["event"]: line for line in lines() if "request_id" in line}
    assert written["account.signed_in"]["request_id"] == written["request"]["request_id"]
    assert written["account.signed_in"]["user"] == ana.pk


@pytest.mark.django_db
def test_number_of_a_request_is_never_taken_for_a_telephone(client: Client, lines: Lines) -> None:
    number = "8f14e0612345678fceea285057800608436a"

    client.get("/sante/", headers={"X-Request-ID": number})

    assert [line["request_id"] for line in lines() if line["event"] == "request"] == [number]


@pytest.mark.django_db
def test_refusal_is_a_warning(client: Client) -> None:
    client.force_login(UserFactory())

    with capture_logs() as captured:
        client.get(reverse("accounts:user_list"))

    assert [(one["event"], one["log_level"], one["page"]) for one in captured] == [
        ("access.refused", "warning", "accounts:user_list")
    ]


@pytest.mark.django_db
def test_failed_sign_in_is_a_warning_that_names_nobody(client: Client, lines: Lines) -> None:
    open_ana()

    client.post(reverse("account_login"), {"login": "ana@exemple.test", "password": "inexact"})

    written = lines()
    assert ("account.sign_in_failed", "warning") in [
        (line["event"], line["level"]) for line in written
    ]
    assert "ana@" not in json.dumps(written)
    assert "inexact" not in json.dumps(written)


@pytest.mark.django_db
def test_page_without_session_leaves_the_session_alone(client: Client) -> None:
    with capture_logs() as captured:
        client.get("/sante/")

    assert [one["user"] for one in captured] == [None]
