"""The bridges of a profession, for everybody."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.kit.text import fold
from ancrage.professions.models import Profession, Qualification
from ancrage.professions.queries import bridges_from, bridges_to, fundings_listed_on
from ancrage.web.access import acts_on
from ancrage.web.bridge_words import described
from ancrage.web.rendering import render_page


@require_safe
@acts_on(Profession, "professions.view")
def bridges(request: HttpRequest, professions: QuerySet[Profession], code: str) -> HttpResponse:
    """Tell how one comes to a profession, and where one can go from it."""
    profession = get_object_or_404(professions, code=code)
    today = timezone.localdate()
    fundings = {funding.code: funding for funding in fundings_listed_on(today)}
    titles = {title.code: title.label for title in Qualification.objects.order_by("code")}
    arriving = sorted(bridges_to(profession, on=today), key=lambda one: fold(one.origin_label))
    leaving = sorted(bridges_from(profession, on=today), key=lambda one: fold(one.target.label))
    context = {
        "profession": profession,
        "arriving": described(arriving, fundings=fundings, titles=titles, on=today),
        "leaving": described(leaving, fundings=fundings, titles=titles, on=today),
    }
    return render_page(request, "professions/bridges.html", context)
