from datetime import date

import pytest

from ancrage.needs.models import LegalPublication, Need
from ancrage.needs.queries import Duty, PublicationState, duty_to_publish, publication_tracking
from ancrage.partners.enums import PartnerKind
from ancrage.partners.models import Partner
from ancrage.professions.enums import ContractKind

TODAY = date(2026, 11, 16)


def need(kind=PartnerKind.PUBLIC_HOSPITAL, contract=ContractKind.CDI, ends_on=None, **sheet):
    row = Need(
        partner=Partner(kind=kind),
        contract=contract,
        starts_on=date(2027, 1, 1),
        ends_on=ends_on,
    )
    if sheet:
        LegalPublication(need=row, **sheet)
    return row


@pytest.mark.parametrize(
    ("kind", "contract", "ends_on", "expected"),
    [
        (PartnerKind.PUBLIC_HOSPITAL, ContractKind.CIVIL_SERVANT, None, Duty.YES),
        (PartnerKind.PUBLIC_CARE_HOME, ContractKind.CDI, None, Duty.YES),
        (PartnerKind.LOCAL_AUTHORITY, ContractKind.CDD, date(2027, 12, 31), Duty.YES),
        (PartnerKind.LOCAL_AUTHORITY, ContractKind.CDD, date(2027, 12, 30), Duty.NO),
        (PartnerKind.PUBLIC_HOSPITAL, ContractKind.CDD, None, Duty.TO_CHECK),
        (PartnerKind.PUBLIC_HOSPITAL, ContractKind.VACATION, None, Duty.NO),
        (PartnerKind.ASSOCIATION, ContractKind.CDI, None, Duty.NO),
        (PartnerKind.INDEPENDENT_PRACTICE, ContractKind.LOCUM, None, Duty.NO),
    ],
)
def test_duty_to_publish(kind, contract, ends_on, expected):
    assert duty_to_publish(need(kind, contract, ends_on)) == expected


def test_publication_tracking_of_a_post_not_yet_published():
    tracking = publication_tracking(need(), on=TODAY)

    assert (tracking.duty, tracking.state) == (Duty.YES, PublicationState.MISSING)
    assert tracking.missing == (
        "category",
        "corps_grade",
        "authority",
        "missions",
        "address",
        "apply_before",
    )


@pytest.mark.parametrize(
    ("published_on", "apply_before", "state", "month_ends_on"),
    [
        (date(2026, 11, 1), date(2026, 12, 15), PublicationState.RUNNING, date(2026, 12, 1)),
        (date(2026, 11, 1), None, PublicationState.RUNNING, date(2026, 12, 1)),
        (date(2026, 10, 16), date(2026, 12, 1), PublicationState.DONE, date(2026, 11, 16)),
        (date(2026, 11, 1), date(2026, 11, 30), PublicationState.TOO_SHORT, date(2026, 12, 1)),
        (date(2026, 12, 31), None, PublicationState.RUNNING, date(2027, 1, 31)),
        (date(2026, 1, 31), None, PublicationState.DONE, date(2026, 2, 28)),
    ],
)
def test_publication_tracking_of_its_month(published_on, apply_before, state, month_ends_on):
    row = need(published_on=published_on, apply_before=apply_before)

    tracking = publication_tracking(row, on=TODAY)

    assert (tracking.state, tracking.month_ends_on) == (state, month_ends_on)


def test_publication_tracking_names_what_is_still_empty():
    row = need(category="C", corps_grade="AS", authority="Hôpital", missions="Soin")

    assert publication_tracking(row, on=TODAY).missing == ("address", "apply_before")
