"""Three versions of one form: the first, the other's, one's own."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from ancrage.web.conflicts import Versions, reconcile, revision_sent, seal
from ancrage.web.widgets import DateInput


class Sheet(forms.Form):
    name = forms.CharField(label="Nom", widget=forms.Textarea)
    kind = forms.ChoiceField(label="Nature", choices=[("a", "Studio"), ("b", "Salle")])
    open = forms.BooleanField(label="Ouvert", required=False)
    day = forms.DateField(label="Jour", required=False, widget=DateInput())


FIRST = {"name": "Un", "kind": "a", "open": True, "day": None}
SENT = {"name": "Un", "kind": "a", "open": "on", "day": ""}


def compared(theirs: dict[str, Any], yours: dict[str, str], *, sealed: str | None = None) -> Any:
    data = QueryDict(mutable=True)
    data.update(yours)
    return reconcile(
        typed=[Sheet(data)],
        current=[Sheet(initial={**FIRST, **theirs})],
        sealed=seal([Sheet(initial=FIRST)]) if sealed is None else sealed,
        data=data,
    )


def test_field_that_nobody_or_both_changed_alike_is_not_shown():
    assert compared({}, SENT).versions == ()
    assert compared({"name": "Deux"}, {**SENT, "name": "Deux"}).versions == ()


def test_what_only_the_other_changed_is_taken_from_them():
    found = compared({"kind": "b", "day": "2027-01-02"}, SENT)

    assert found.versions == (
        Versions("Nature", "Studio", "Salle", "Studio", both_changed=False, takes_theirs=True),
        Versions(
            "Jour", "(vide)", "2 janvier 2027", "(vide)",
            both_changed=False, takes_theirs=True,
        ),
    )  # fmt: skip
    assert found.data.dict() == {**SENT, "kind": "b", "day": "2027-01-02"}


def test_box_that_the_other_unticked_is_unticked():
    found = compared({"open": False}, SENT)

    assert [(one.before, one.theirs, one.yours) for one in found.versions] == [
        ("oui", "non", "oui")
    ]
    assert "open" not in found.data


def test_box_that_one_unticked_stays_unticked():
    sent = {name: text for name, text in SENT.items() if name != "open"}

    found = compared({"name": "Deux"}, sent)

    assert [(one.label, one.takes_theirs, one.both_changed) for one in found.versions] == [
        ("Nom", True, False), ("Ouvert", False, False),
    ]  # fmt: skip
    assert found.data.dict() == {**sent, "name": "Deux"}


def test_what_both_changed_stays_typed_and_is_to_settle():
    found = compared({"name": "Deux"}, {**SENT, "name": "Trois"})

    assert found.versions == (
        Versions("Nom", "Un", "Deux", "Trois", both_changed=True, takes_theirs=False),
    )
    assert found.data["name"] == "Trois"


def test_line_ends_of_a_browser_are_no_change():
    found = reconcile(
        typed=[Sheet(_sent({**SENT, "name": "Un\r\nDeux "}))],
        current=[Sheet(initial={**FIRST, "name": "Un\nDeux"})],
        sealed=seal([Sheet(initial={**FIRST, "name": "Un\nDeux"})]),
        data=_sent(SENT),
    )

    assert found.versions == ()


@pytest.mark.parametrize("sealed", ["", "faux", "a:b:c"])
def test_without_its_seal_nothing_is_taken_and_everything_is_to_settle(sealed):
    found = compared({"kind": "b"}, SENT, sealed=sealed)

    assert found.versions == (
        Versions("Nature", "", "Salle", "Studio", both_changed=True, takes_theirs=False),
    )
    assert found.data.dict() == SENT


def _sent(values: dict[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (None, 7),
        ("", 7),
        ("revision=", 7),
        ("revision=x", 7),
        ("revision=-1", 7),
        ("revision=3", 3),
    ],
)
def test_revision_is_that_of_the_page_that_was_sent(sent: str | None, expected: int):
    data = None if sent is None else QueryDict(sent)

    assert revision_sent(data, 7) == expected


def test_number_too_long_for_a_revision_is_that_of_no_page():
    assert revision_sent(QueryDict(f"revision={'9' * 5000}")) == 999_999_999
