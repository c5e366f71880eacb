"""The steps of a file: terms, asking, answering, signing, starting, ending, giving up, undoing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.matching.enums import PostEnd, PostState
from ancrage.matching.models import SharedPost, SharedPostPart
from ancrage.matching.services import posts as services
from ancrage.partners.permissions import partners_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.shared_posts.forms import GiveUpForm, TermsForm
from ancrage.web.shared_posts.rows import answer_form, file_context, file_for, may_undo, steers

_DONE = {
    PostState.STUDIED: gettext_lazy("Les employeurs reçoivent un courriel où répondre."),
    PostState.SIGNED: gettext_lazy("Signature notée."),
    PostState.RUNNING: gettext_lazy("Début noté : les besoins de toutes les parts sont pourvus."),
    PostState.ENDED: gettext_lazy("Fin notée."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(SharedPost, "shared_posts.steer")
def terms(request: HttpRequest, posts: QuerySet[SharedPost], pk: int) -> HttpResponse:
    """Say under which form, who leads, from when, who pays what share."""
    post = file_for(request, posts, pk)
    form = TermsForm(sent_form(request), initial=_terms_of(post), parts=list(post.parts.all()))
    if form.is_valid():
        try:
            services.set_terms(post=post, by=request.user, now=timezone.now(), **form.terms)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Conditions enregistrées."))
            return redirect("shared_posts:detail", pk=pk)
    status = 422 if form.errors else 200
    context = {"post": post, "form": form}
    return render_page(request, "shared_posts/terms.html", context, status=status)


@require_POST
@acts_on(SharedPost, "shared_posts.steer")
def step(request: HttpRequest, posts: QuerySet[SharedPost], pk: int) -> HttpResponse:
    """Ask the employers, note the signature, the first day, the last one."""
    post = file_for(request, posts, pk)
    wanted = request.POST.get("etape", "")
    if wanted not in _DONE:
        raise Http404
    try:
        _move(post, PostState(wanted), by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _DONE[PostState(wanted)])
    return redirect("shared_posts:detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(SharedPost, "shared_posts.steer")
def give_up(request: HttpRequest, posts: QuerySet[SharedPost], pk: int) -> HttpResponse:
    """Close a file without a post, and say why."""
    post = file_for(request, posts, pk)
    form = GiveUpForm(sent_form(request))
    if form.is_valid():
        try:
            services.give_up_post(
                post=post,
                reason=PostEnd(form.cleaned_data["reason"]),
                note=form.cleaned_data["note"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Dossier abandonné. Vous pouvez annuler ci-dessous."))
            return redirect("shared_posts:detail", pk=pk)
    status = 422 if form.errors else 200
    context = {"post": post, "form": form}
    return render_page(request, "shared_posts/give_up.html", context, status=status)


@require_POST
@acts_on(SharedPost, "shared_posts.view")
def undo(request: HttpRequest, posts: QuerySet[SharedPost], pk: int) -> HttpResponse:
    """Take the last step back: the coordination any, an employer its own answer."""
    post, now = file_for(request, posts, pk), timezone.now()
    own = set(partners_of(request.user).values_list("pk", flat=True))
    last = services.last_post_step(post)
    try:
        if last is None or not may_undo(post, own=own, steering=steers(request, post), now=now):
            raise services.NoPostStepToUndo
        services.undo_post_step(post=post, step=last, by=request.user, now=now)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Étape annulée."))
    return redirect("shared_posts:detail", pk=pk)


@require_POST
@acts_on(SharedPostPart, "shared_posts.answer")
def answer(request: HttpRequest, parts: QuerySet[SharedPostPart], pk: int) -> HttpResponse:
    """Give the answer of an employer, or note it for the coordination."""
    part = get_object_or_404(parts, pk=pk)
    form = answer_form(pk, request.POST)
    if form.is_valid():
        try:
            services.answer_part(part=part, by=request.user, now=timezone.now(), **form.answer)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Réponse notée. Vous pouvez l’annuler ci-dessous."))
            return redirect("shared_posts:detail", pk=part.post_id)
    post = file_for(request, SharedPost.objects.filter(pk=part.post_id), part.post_id)
    context = file_context(request, post, now=timezone.now(), sent=form, sent_for=pk)
    return render_page(request, "shared_posts/detail.html", context, status=422)


@require_POST
@acts_on(SharedPostPart, "shared_posts.ask_again")
def ask_again(request: HttpRequest, parts: QuerySet[SharedPostPart], pk: int) -> HttpResponse:
    """Ask once more an employer that refused or did not answer."""
    part = get_object_or_404(parts, pk=pk)
    try:
        services.ask_again(part=part, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Un nouveau courriel lui demande son accord."))
    return redirect("shared_posts:detail", pk=part.post_id)


def _move(post: SharedPost, wanted: PostState, *, by: Any) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    if wanted == PostState.STUDIED:
        services.ask_employers(post=post, by=by, now=now)
    elif wanted == PostState.SIGNED:
        services.sign_post(post=post, signed_on=today, by=by, now=now)
    elif wanted == PostState.RUNNING:
        services.start_post(post=post, by=by, now=now)
    else:
        services.end_post(post=post, ends_on=today, by=by, now=now)


def _terms_of(post: SharedPost) -> dict[str, Any]:
    return {
        "vehicle": post.vehicle,
        "has_territorial_bonus": post.has_territorial_bonus,
        "lead": post.lead_id,
        "starts_on": post.starts_on,
        "ends_on": post.ends_on,
        "revision": post.revision,
    }
