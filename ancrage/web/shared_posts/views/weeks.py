"""When a part-time need may be worked: said by its employer, read by detections."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.matching.services import posts as services
from ancrage.needs.models import Need
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.shared_posts.forms import WeekForm


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Need, "shared_posts.say_week")
def week(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Tick the slots; without an answer, the hours of the need let suppose them."""
    rows = needs.select_related("profession", "specialty", "partner", "commune", "fraction_week")
    need = get_object_or_404(rows, pk=pk, fte_hundredths__lt=100)
    slots, needed = services.week_of(need)
    form = WeekForm(
        sent_form(request),
        slots=frozenset(services.as_text(slots).split()),
        initial={"needed": needed},
    )
    if form.is_valid():
        try:
            services.say_week(
                need=need,
                slots=form.slots,
                needed=form.cleaned_data["needed"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Jours enregistrés : les détections en tiendront compte."))
            return redirect("needs:detail", pk=pk)
    context = {"need": need, "form": form, "is_said": hasattr(need, "fraction_week")}
    status = 422 if form.errors else 200
    return render_page(request, "shared_posts/week.html", context, status=status)
