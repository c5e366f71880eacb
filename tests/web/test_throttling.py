import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from pytest_django.fixtures import Settings

from ancrage.accounts.models import User
from ancrage.kit.throttling import Rate, parse_rate, seconds_to_wait
from ancrage.web.throttling import throttled

LIMIT = Rate(calls=2, seconds=60)


def ask(
    view: object, *, ip: str = "192.0.2.1", user: object = None, method: str = "GET"
) -> HttpResponse:
    request = RequestFactory().generic(method, "/", REMOTE_ADDR=ip)
    request.user = user or AnonymousUser()
    request.resolver_match = resolve("/sante/")
    request._messages = []
    return view(request)  # type: ignore[operator]


def counted(name: str, per: str, **more: object) -> object:
    @throttled(name, per=per, rate="2/m", **more)  # type: ignore[arg-type]
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("fait")

    return view


@pytest.mark.parametrize(
    ("text", "rate"),
    [("30/m", Rate(30, 60)), ("1/s", Rate(1, 1)), ("5/h", Rate(5, 3600)), ("2/d", Rate(2, 86400))],
)
def test_parse_rate(text: str, rate: Rate) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["30", "30/y", "/m", "beaucoup/m"])
def test_parse_rate_refuses_what_is_not_one(text: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        parse_rate(text)


def test_wait_is_asked_past_the_limit_until_the_end_of_the_window() -> None:
    seconds = iter([1200.0, 1201.0, 1202.0, 1203.0])

    waits = [seconds_to_wait("clé", LIMIT, clock=lambda: next(seconds)) for _time in range(4)]

    assert waits == [0, 0, 58, 57]


def test_next_window_starts_from_nothing() -> None:
    for _time in range(3):
        seconds_to_wait("clé", LIMIT, clock=lambda: 1200.0)

    assert seconds_to_wait("clé", LIMIT, clock=lambda: 1260.0) == 0


def test_view_past_the_limit_answers_429_in_french() -> None:
    view = counted("recherche", "ip")

    answers = [ask(view) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert "Trop d’essais" in answers[2].text


def test_each_address_has_its_own_count(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 0
    view = counted("recherche", "ip")

    for ip in ("192.0.2.1", "192.0.2.2"):
        assert [ask(view, ip=ip).status_code for _time in range(3)] == [200, 200, 429]


def test_views_of_one_name_share_one_count() -> None:
    first, second = counted("export", "ip"), counted("export", "ip")

    assert [ask(view).status_code for view in (first, second, first)] == [200, 200, 429]


@pytest.mark.django_db
@pytest.mark.parametrize("per", ["user", "ip|user"])
def test_account_is_counted_wherever_it_comes_from(per: str) -> None:
    view = counted("export", per)
    ana, bruno = User(pk=1, email="ana@exemple.test"), User(pk=2, email="bruno@exemple.test")

    answers = [
        ask(view, ip=f"192.0.2.{number}", user=user)
        for number, user in enumerate([ana, ana, ana, bruno, None])
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 429, 200, 200]


def test_only_the_methods_named_are_counted() -> None:
    view = counted("envoi", "ip", methods=("POST",))

    reads = [ask(view).status_code for _time in range(5)]
    writes = [ask(view, method="POST").status_code for _time in range(3)]

    assert (reads, writes) == ([200] * 5, [200, 200, 429])


def test_guard_of_the_view_is_still_seen_through_the_limit() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    view.permission = "needs.view"  # type: ignore[attr-defined]

    assert throttled("x", per="ip", rate="1/s")(view).permission == "needs.view"  # type: ignore[attr-defined]
