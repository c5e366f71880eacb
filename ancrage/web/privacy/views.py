"""What is done with people's data: written from the code that does it."""

from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ancrage.privacy.inventory import personal_fields
from ancrage.privacy.purposes import PURPOSES
from ancrage.web.access import public
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
