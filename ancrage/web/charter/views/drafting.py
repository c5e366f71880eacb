"""The drafting of the next version, by the coordination: without a script, one act a button."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import permitted
from ancrage.partners import services
from ancrage.partners.models import Charter
from ancrage.partners.queries import commitments_in, draft_of, versions_in
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on, allowed
from ancrage.web.charter.changes import change_draft, draft_address
from ancrage.web.charter.forms import CommitmentForm, DraftForm
from ancrage.web.charter.questions import ask_to_discard, ask_to_publish
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_of


@require_safe
@allowed("charter.write")
def draft(request: HttpRequest) -> HttpResponse:
    """The draft as it is, or the offer to open one."""
    territory = _territory(request)
    charter = draft_of(territory)
    if charter is None:
        in_force = versions_in(Charter.objects.all(), territory).first()
        return render_page(
            request, "charter/no_draft.html", {"territory": territory, "in_force": in_force}
        )
    return _draft_page(request, charter)


@require_POST
@allowed("charter.write")
def draft_start(request: HttpRequest) -> HttpResponse:
    """Open the draft of the next version."""
    territory = _territory(request)
    try:
        services.start_draft(
            territory=territory,
            title=_("Charte des employeurs de santé du territoire"),
            by=request.user,
            now=timezone.now(),
        )
    except services.DraftAlreadyStarted:
        messages.info(request, _("Un projet était déjà ouvert : le voici."))
    return redirect(draft_address(territory))


@require_POST
@acts_on(Charter, "charter.write")
def draft_text(request: HttpRequest, charters: QuerySet[Charter], pk: int) -> HttpResponse:
    """Save the title and the opening words."""
    charter = _charter(charters, pk)
    form = DraftForm.of(charter, request.POST)
    if not form.is_valid():
        return _draft_page(request, charter, form=form)
    return change_draft(
        request,
        charter,
        lambda common: services.write_draft(**form.cleaned_data, **common),
        done=_("Le texte est enregistré."),
        refused=lambda: _draft_page(request, charter, form=form),
    )


@require_POST
@acts_on(Charter, "charter.write")
def commitment_add(request: HttpRequest, charters: QuerySet[Charter], pk: int) -> HttpResponse:
    """Add a commitment at the end of the list."""
    charter = _charter(charters, pk)
    form = CommitmentForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, charter, new=form)
    return change_draft(
        request,
        charter,
        lambda common: services.add_commitment(commitment=form.commitment(), **common),
        done=_("L’engagement est ajouté."),
        refused=lambda: _draft_page(request, charter, new=form),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Charter, "charter.write")
def commitment_edit(
    request: HttpRequest, charters: QuerySet[Charter], pk: int, position: int
) -> HttpResponse:
    """Rewrite one commitment."""
    charter = _charter(charters, pk)
    commitment = get_object_or_404(commitments_in(charter), position=position)
    form = CommitmentForm.of(commitment, request.POST if request.method == "POST" else None)

    def page() -> HttpResponse:
        context = {"charter": charter, "commitment": commitment, "form": form}
        status = 422 if request.method == "POST" else 200
        return render_page(request, "charter/commitment.html", context, status=status)

    if request.method != "POST" or not form.is_valid():
        return page()
    return change_draft(
        request,
        charter,
        lambda common: services.edit_commitment(
            position=position, commitment=form.commitment(), **common
        ),
        done=_("L’engagement est enregistré."),
        refused=page,
    )


@require_POST
@acts_on(Charter, "charter.write")
def commitment_move(
    request: HttpRequest, charters: QuerySet[Charter], pk: int, position: int
) -> HttpResponse:
    """Move a commitment one rank up or down."""
    charter = _charter(charters, pk)
    places = -1 if request.POST.get("vers") == "haut" else 1
    return change_draft(
        request,
        charter,
        lambda common: services.move_commitment(position=position, places=places, **common),
        done=_("L’ordre est enregistré."),
    )


@require_POST
@acts_on(Charter, "charter.write")
def commitment_remove(
    request: HttpRequest, charters: QuerySet[Charter], pk: int, position: int
) -> HttpResponse:
    """Take a commitment out of the draft."""
    return change_draft(
        request,
        _charter(charters, pk),
        lambda common: services.remove_commitment(position=position, **common),
        done=_("L’engagement est retiré du projet."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Charter, "charter.write")
def publish(request: HttpRequest, charters: QuerySet[Charter], pk: int) -> HttpResponse:
    """Ask, then put the draft in force."""
    charter = _charter(charters, pk)
    if request.method == "POST":
        return change_draft(
            request,
            charter,
            lambda common: services.publish_charter(**common),
            done=_("La charte est publiée : les structures peuvent la signer."),
            then=f"{reverse('charter:current')}?territoire={charter.territory.slug}",
        )
    return ask_to_publish(request, charter)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Charter, "charter.write")
def discard(request: HttpRequest, charters: QuerySet[Charter], pk: int) -> HttpResponse:
    """Ask, then give the draft up."""
    charter = _charter(charters, pk)
    if request.method == "POST":
        return change_draft(
            request,
            charter,
            lambda common: services.discard_draft(**common),
            done=_("Le projet est abandonné."),
        )
    return ask_to_discard(request, charter)


def _territory(request: HttpRequest) -> Territory:
    """The territory of the page, if the reader writes its charter."""
    territory = territory_of(request)
    if territory is None:
        raise Http404
    rows = Territory.objects.filter(pk=territory.pk)
    return get_object_or_404(permitted(request.user, "territory.steer", rows))


def _charter(charters: QuerySet[Charter], pk: int) -> Charter:
    return get_object_or_404(charters.select_related("territory"), pk=pk)


def _draft_page(
    request: HttpRequest,
    charter: Charter,
    *,
    form: DraftForm | None = None,
    new: CommitmentForm | None = None,
) -> HttpResponse:
    refused = form or new
    context = {
        # Read again: the page sent back answers the draft as it now is.
        "charter": Charter.objects.select_related("territory").get(pk=charter.pk),
        "commitments": list(commitments_in(charter)),
        "text_form": form or DraftForm.of(charter),
        "new_form": new or CommitmentForm(),
        "form": refused,
    }
    return render_page(
        request, "charter/draft.html", context, status=200 if refused is None else 422
    )
