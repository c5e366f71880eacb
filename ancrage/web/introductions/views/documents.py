"""The person's files beside an introduction: chosen by them, read by its structure."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ancrage.candidates.models import Document
from ancrage.candidates.services import note_reading
from ancrage.kit.downloads import stored_file
from ancrage.matching import services
from ancrage.matching.models import Introduction, ShownDocument
from ancrage.matching.queries import scope_of
from ancrage.privacy.scopes import Viewer
from ancrage.web.access import acts_on
from ancrage.web.introductions.rows import row_for


@require_POST
@acts_on(Introduction, "introductions.show_documents")
def documents(
    request: HttpRequest, introductions: QuerySet[Introduction], pk: int
) -> HttpResponse:
    """Show the files ticked to the structure, and no other."""
    row = row_for(request, introductions, pk)
    ticked = {one for one in request.POST.getlist("document") if one.isdecimal() and len(one) < 16}
    try:
        services.show_documents(
            introduction=row,
            documents=list(row.candidate.documents.filter(pk__in=ticked)),
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Choix enregistré."))
    return redirect("introductions:detail", pk=pk)


@require_safe
@acts_on(ShownDocument, "introduction_files.read")
def document(request: HttpRequest, shown: QuerySet[ShownDocument], pk: int) -> HttpResponse:
    """Hand over a file that the person shows to this structure; the reading is noted."""
    one = get_object_or_404(
        shown.select_related("document", "introduction__candidate__subject"), pk=pk
    )
    file = one.document
    note_reading(
        candidate=one.introduction.candidate,
        viewer=Viewer(request.user.pk, frozenset({scope_of(one.introduction)})),
        fields=["file"],
        now=timezone.now(),
        model=Document,
    )
    return stored_file(file.file, f"{file.kind}-{file.pk}.{file.format}")
