"""The file of resources that a page exports, imported as it is, changes nothing."""

import io
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ancrage.kit.imports import services as imports
from ancrage.partners.services.declaring import owner_of
from ancrage.professions.models import Profession
from ancrage.resources.enums import ResourceKind, ResourceStatus
from ancrage.resources.models import Resource
from tests.factories import ResourceFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

STATES = st.sampled_from(
    [
        {},
        {"published": True},
        {"published": True, "reference": ""},
        {"paused": True, "reference": ""},
        {"given": True},
        {"given": True, "status": ResourceStatus.EXPIRED},
    ]
)
FACTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(ResourceKind),
        "title": st.sampled_from(["Studio meublé", "Salle  de réunion", "=SOMME(A1)"]),
        "quantity": st.integers(1, 20),
        "fte_hundredths": st.one_of(st.none(), st.integers(1, 100)),
        "days": st.sampled_from(["", "lundi ; mercredi matin"]),
        "available_from": st.dates(TODAY - timedelta(days=300), TODAY + timedelta(days=600)),
        "description": st.sampled_from(["", "Deux lignes\net  des blancs "]),
        "contact_email": st.sampled_from(["", "rh@structure.test"]),
    }
)


@given(
    resources=st.lists(st.tuples(FACTS, STATES, st.integers(0, 10_000)), min_size=1, max_size=6),
    extension=st.sampled_from(["xlsx", "csv"]),
)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_export_imported_as_it_is_changes_nothing(
    client, coordinator, partner, commune, resources, extension
):
    professions = [None, *Profession.objects.filter(valid_to=None).order_by("pk")]
    with transaction.atomic():
        for facts, state, draw in resources:
            end = facts["available_from"] + timedelta(days=draw % 200) if draw % 2 else None
            ResourceFactory(
                partner=partner,
                commune=commune,
                profession=professions[draw % len(professions)],
                available_to=end,
                **facts,
                **state,
            )
        before = list(Resource.objects.order_by("pk").values())

        response = client.get(f"/ressources/export.{extension}", {"vue": "nous"})
        content = response.content if extension == "xlsx" else b"".join(response.streaming_content)
        staged = imports.stage_import(
            kind="resources",
            stream=io.BytesIO(content),
            filename=f"ressources.{extension}",
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
        size = len(resources)
        assert (told, counts) == ([], {"read": size, "unchanged": size})
        assert list(Resource.objects.order_by("pk").values()) == before
        transaction.set_rollback(True)


def test_closed_resource_of_another_platform_is_not_created(client, coordinator, partner, commune):
    ResourceFactory(partner=partner, commune=commune, given=True)
    ResourceFactory(partner=partner, commune=commune)
    content = client.get("/ressources/export.xlsx", {"vue": "nous"}).content
    Resource.objects.all().delete()

    staged = imports.stage_import(
        kind="resources",
        stream=io.BytesIO(content),
        filename="ressources.xlsx",
        owner_key=owner_of(partner),
        by=None,
        now=NOW,
        options={},
    )
    imports.apply_import(staged=staged, by=None, now=NOW)

    assert list(Resource.objects.values_list("status", flat=True)) == [ResourceStatus.DRAFT]
