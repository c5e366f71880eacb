"""What is done with people's data: written from the code that does it."""

from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ancrage.privacy.inventory import personal_fields
from ancrage.privacy.purposes import PURPOSES
from ancrage.web.access import public
from ancrage.web.privacy.impact import RISKS, readers_of
from ancrage.web.privacy.processors import controllers, processors
from ancrage.web.rendering import render_page


@require_safe
@public
def register(request: HttpRequest) -> HttpResponse:
    """Each purpose with its basis, its readers, its term, and the fields it allows."""
    by_purpose = sorted(personal_fields(), key=lambda one: (one.purpose, one.model, one.field))
    fields = {
        code: [f"{one.model}.{one.field}" for one in group]
        for code, group in groupby(by_purpose, key=lambda one: one.purpose)
    }
    context = {
        "purposes": [(purpose, fields.get(code, [])) for code, purpose in PURPOSES.items()],
        "publisher": settings.LEGAL_PUBLISHER,
        "host": settings.LEGAL_HOST,
        "dpo": settings.LEGAL_DPO,
    }
    return render_page(request, "privacy/register.html", context)


@require_safe
@public
def responsible(request: HttpRequest) -> HttpResponse:
    """Who answers for the data, together or alone, and who works for them."""
    agreement = settings.LEGAL_JOINT_AGREEMENT
    context = {
        "controllers": controllers(),
        "agreement": agreement,
        "agreement_is_address": agreement.startswith(("https://", "http://")),
        "processors": processors(),
        "host": settings.LEGAL_HOST,
        "dpo": settings.LEGAL_DPO,
    }
    return render_page(request, "privacy/responsible.html", context)


@require_safe
@public
def impact(request: HttpRequest) -> HttpResponse:
    """The record of the impact assessment."""
    counts = {
        code: len(list(group))
        for code, group in groupby(
            sorted(personal_fields(), key=lambda one: one.purpose), key=lambda one: one.purpose
        )
    }
    context = {
        "purposes": [
            (purpose, readers_of(purpose), counts.get(code, 0))
            for code, purpose in PURPOSES.items()
        ],
        "risks": RISKS,
        "opinion": settings.LEGAL_DPO_OPINION,
        "controllers": controllers(),
        "dpo": settings.LEGAL_DPO,
    }
    return render_page(request, "privacy/impact.html", context)
