"""Conditions told from the rows that point to others."""

import pytest
from django.db.models import F, Q
from django.db.models.functions import Now
from django.db.models.lookups import LessThan

from ancrage.kit.conditions import through


def test_every_lookup_is_told_from_the_row_that_points():
    condition = (Q(status="active") | ~Q(subject__limited_at__isnull=False)) & Q(pk__in=[1, 2])

    assert through("stay__candidate", condition) == (
        Q(stay__candidate__status="active")
        | ~Q(stay__candidate__subject__limited_at__isnull=False)
    ) & Q(stay__candidate__pk__in=[1, 2])


def test_expression_cannot_be_told_from_elsewhere():
    with pytest.raises(TypeError):
        through("candidate", Q(LessThan(F("created_at"), Now())))
