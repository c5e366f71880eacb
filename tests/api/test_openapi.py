"""The document that programs are written from, and what each operation asks."""

import json
from pathlib import Path

from ancrage.accounts.policy import declared, open_to_visitors
from ancrage.api.urls import api

SNAPSHOT = Path(__file__).with_name("openapi.json")


def test_openapi_document_is_the_one_committed():
    # A change of the contract is seen in the diff: ./run fix writes the new one.
    assert json.loads(SNAPSHOT.read_text()) == json.loads(json.dumps(api.get_openapi_schema()))


def test_every_operation_names_a_permission_and_opens_without_token_only_to_visitors():
    known = declared()
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            permission = operation.get("x-permission")
            assert permission in known, f"{method} {path} names no permission"
            without_token = "security" not in operation
            assert without_token <= open_to_visitors(permission), f"{method} {path} is open"
