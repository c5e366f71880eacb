"""Documents and proofs of a profile."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.candidates import services
from ancrage.candidates.models import Candidate, Document, Proof
from ancrage.kit.downloads import stored_file
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal
from ancrage.web.candidates.forms.files import CheckForm, DocumentForm, ProofForm
from ancrage.web.candidates.reading import note_reading
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

_READ_AND_WRITE = ["GET", "HEAD", "POST"]
_ALL = ("candidate__subject", "candidate__territory")


@require_http_methods(_READ_AND_WRITE)
@throttled("documents", per="user", rate="30/h", methods=("POST",))
@acts_on(Candidate, "candidates.edit")
def document_add(request: HttpRequest, candidates: QuerySet[Candidate], pk: int) -> HttpResponse:
    """Join a file."""
    candidate = get_object_or_404(candidates.select_related("subject", "territory"), pk=pk)
    form = DocumentForm(sent_form(request), request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.add_document(
                candidate=candidate,
                kind=given["kind"],
                title=given["title"],
                content=given["file"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            show_refusal(refusal, form, field_of={"": "file"})
        else:
            messages.success(request, _("Document ajouté."))
            return redirect(back_to(request, candidate))
    return _page(request, "candidates/document_add.html", candidate, form)


@require_safe
@acts_on(Document, "candidate_files.read")
def document_read(request: HttpRequest, documents: QuerySet[Document], pk: int) -> HttpResponse:
    """Hand a file over to be kept, never shown inside a page; the reading is noted."""
    document = get_object_or_404(documents.select_related(*_ALL), pk=pk)
    note_reading(request, document.candidate, ["file"], now=timezone.now(), model=Document)
    return stored_file(document.file, f"{document.kind}-{document.pk}.{document.format}")


@require_POST
@acts_on(Document, "candidate_files.keep")
def document_withdraw(
    request: HttpRequest, documents: QuerySet[Document], pk: int
) -> HttpResponse:
    """Delete a file."""
    document = get_object_or_404(documents.select_related(*_ALL), pk=pk)
    try:
        services.withdraw_document(document=document, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Document retiré."))
    return redirect(back_to(request, document.candidate))


@require_http_methods(_READ_AND_WRITE)
@acts_on(Candidate, "candidates.edit")
def proof_add(request: HttpRequest, candidates: QuerySet[Candidate], pk: int) -> HttpResponse:
    """Add a dated proof."""
    candidate = get_object_or_404(candidates.select_related("subject", "territory"), pk=pk)
    form = ProofForm(sent_form(request), candidate=candidate)
    if form.is_valid():
        try:
            services.add_proof(
                candidate=candidate, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("Justificatif ajouté."))
            return redirect(back_to(request, candidate))
    return _page(request, "candidates/proof_add.html", candidate, form)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Proof, "candidate_files.keep")
def proof_renew(request: HttpRequest, proofs: QuerySet[Proof], pk: int) -> HttpResponse:
    """Write the proof that takes the place of another."""
    rows = proofs.filter(replaced_by__isnull=True).select_related(*_ALL, "department")
    proof = get_object_or_404(rows, pk=pk)
    form = ProofForm(sent_form(request), candidate=proof.candidate, renews=True)
    if form.is_valid():
        try:
            services.renew_proof(
                proof=proof, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("Justificatif renouvelé."))
            return redirect(back_to(request, proof.candidate))
    return _page(request, "candidates/proof_add.html", proof.candidate, form, proof=proof)


@require_POST
@acts_on(Proof, "candidate_files.check")
def proof_check(request: HttpRequest, proofs: QuerySet[Proof], pk: int) -> HttpResponse:
    """Note that the original was seen, or that it does not do."""
    proof = get_object_or_404(proofs.select_related(*_ALL), pk=pk)
    form = CheckForm(request.POST)
    if form.is_valid():
        try:
            services.check_proof(
                proof=proof,
                state=form.cleaned_data["state"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("C’est noté."))
    return redirect("candidates:detail", pk=proof.candidate_id)


def back_to(request: HttpRequest, candidate: Candidate) -> str:
    """Return the sheet that the reader came from: their own, or that of somebody they follow."""
    if candidate.subject.user_id == request.user.pk:
        return reverse("candidates:own")
    return reverse("candidates:detail", args=[candidate.pk])


def _page(
    request: HttpRequest, template: str, candidate: Candidate, form: object, **more: object
) -> HttpResponse:
    context = {
        "candidate": candidate,
        "is_own": candidate.subject.user_id == request.user.pk,
        "form": form,
        "back": back_to(request, candidate),
        **more,
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, template, context, status=status)
