"""Requests drawn from the document itself: whatever is sent, no operation breaks."""

import json

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings

from ancrage.api.urls import api
from ancrage.kit.throttling import Rate
from tests.factories import MembershipFactory, NeedFactory

schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))


@pytest.fixture
def program(as_program, monkeypatch):
    monkeypatch.setattr("ancrage.api.security.RATE", Rate(calls=10**6, seconds=60))
    membership = MembershipFactory()
    NeedFactory(partner=membership.partner, published=True)
    return as_program(membership.user)


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_operation_answers_whatever_is_sent(case, program: Client):
    body = case.body if isinstance(case.body, dict | list | str | int | float | bool) else None

    response = program.generic(
        case.method,
        case.formatted_path,
        b"" if body is None else json.dumps(body),
        content_type="application/json",
        query_params={name: str(value) for name, value in (case.query or {}).items()},
    )

    assert response.status_code < 500
    if response.status_code >= 400:
        assert response.headers["Content-Type"] == "application/problem+json"
