"""The file that the board exports, imported as it is, changes nothing."""

import io
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ancrage.kit.imports import services as imports
from ancrage.needs.enums import Audience, NeedReason, NeedStatus, StartPrecision, Urgency
from ancrage.needs.models import Need
from ancrage.partners.services.declaring import owner_of
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from tests.factories import FacilityFactory, NeedFactory, ProfessionFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

WORDS = st.sampled_from(
    [
        "",
        "Une équipe qui se parle.",
        "nuit 12h, salaire 2 200 à 2 600 € brut, logement possible",
        "Deux lignes\net  des blancs ",
        "=1+1",
        "- sans tiret",
    ]
)
PAY = st.sampled_from(
    [
        {},
        {"pay_min_cents": 220000, "pay_max_cents": 260050, "pay_period": "month"},
        {"pay_min_cents": 1550, "pay_period": "hour", "pay_note": "brut, prime de nuit"},
        {"pay_max_cents": 4500000, "pay_period": "year"},
    ]
)
STATES = st.sampled_from(
    [
        {"status": NeedStatus.DRAFT},
        {"published": True},
        {"published": True, "reference": ""},
        {"paused": True},
        {"closed": True},
        {"closed": True, "status": NeedStatus.EXPIRED},
        {"status": NeedStatus.WITHDRAWN, "reference": ""},
    ]
)
PLAIN = st.fixed_dictionaries(
    {
        "positions": st.integers(1, 500),
        "fte_hundredths": st.integers(1, 100),
        "contract": st.sampled_from(ContractKind),
        "reason": st.sampled_from(["", *NeedReason]),
        "urgency": st.sampled_from(Urgency),
        "audience": st.sampled_from(Audience),
        "starts_on": st.dates(TODAY - timedelta(days=700), TODAY + timedelta(days=2000)),
        "start_precision": st.sampled_from(StartPrecision),
        "works_days": st.booleans(),
        "works_nights": st.booleans(),
        "works_12h": st.booleans(),
        "works_weekends": st.booleans(),
        "housing_offered": st.booleans(),
        "unit": st.sampled_from(["", "SSR", "Équipe de nuit"]),
        "contact_email": st.sampled_from(["", "rh@structure.test"]),
        "contact_phone": st.sampled_from(["", "+33240820000"]),
        "description": WORDS,
    }
)


@given(
    needs=st.lists(
        st.tuples(PLAIN, PAY, STATES, st.integers(0, 10_000), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    extension=st.sampled_from(["xlsx", "csv"]),
)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_export_imported_as_it_is_changes_nothing(
    client, coordinator, partner, commune, needs, extension
):
    professions = list(Profession.objects.filter(valid_to=None).order_by("pk"))
    with transaction.atomic():
        site = FacilityFactory(partner=partner, name="Site fictif", commune=commune)
        for plain, pay, state, draw, ends in needs:
            profession = professions[draw % len(professions)]
            specialties = [None, *profession.specialties.order_by("pk")]
            NeedFactory(
                partner=partner,
                commune=commune,
                facility=site if draw % 3 == 0 else None,
                profession=profession,
                specialty=specialties[draw % len(specialties)],
                ends_on=plain["starts_on"] + timedelta(days=draw % 300) if ends else None,
                **plain,
                **pay,
                **state,
            )
        before = list(Need.objects.order_by("pk").values())

        response = client.get(f"/besoins/export.{extension}?etat=tous")
        content = response.content if extension == "xlsx" else b"".join(response.streaming_content)
        staged = imports.stage_import(
            kind="needs",
            stream=io.BytesIO(content),
            filename=f"besoins.{extension}",
            owner_key=owner_of(partner),
            by=None,
            now=NOW,
            options={},
        )

        counts = {name: count for name, count in staged.counts.items() if count}
        told = [
            (row.outcome, row.changes, [remark.sentence for remark in row.remarks])
            for row in staged.rows.select_related("staged").exclude(outcome="unchanged")
        ]
        assert (told, counts) == ([], {"read": len(needs), "unchanged": len(needs)})
        assert list(Need.objects.order_by("pk").values()) == before
        transaction.set_rollback(True)


def test_closed_need_of_another_platform_is_not_created(client, coordinator, partner, commune):
    same = {"partner": partner, "commune": commune, "profession": ProfessionFactory(code="nurse")}
    NeedFactory(**same, closed=True, starts_on=date(2026, 9, 1))
    NeedFactory(**same, start_precision=StartPrecision.ASAP)
    content = client.get("/besoins/export.xlsx?etat=tous").content
    Need.objects.all().delete()

    staged = imports.stage_import(
        kind="needs",
        stream=io.BytesIO(content),
        filename="besoins.xlsx",
        owner_key=owner_of(partner),
        by=None,
        now=NOW,
        options={},
    )
    imports.apply_import(staged=staged, by=None, now=NOW)

    assert list(Need.objects.values_list("status", "start_precision")) == [
        (NeedStatus.DRAFT, StartPrecision.ASAP)
    ]
