"""An official file, brought in three steps: its file, what is read in it, its keeping."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.demography.enums import FileStatus
from ancrage.demography.models import VintageFile
from ancrage.demography.services import incoming
from ancrage.demography.services.covering import covered_by
from ancrage.web.access import acts_on
from ancrage.web.demography.bringing_forms import BringForm, KeepForm, SheetsForm
from ancrage.web.demography.bringing_words import covered_words, heads_of, lines_of
from ancrage.web.demography.views.sources import frame_of
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled


@throttled("demography.file_bring", per="user", rate="60/h", methods=["POST"])
@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(VintageFile, "vintages.import")
def file_bring(request: HttpRequest, files: QuerySet[VintageFile]) -> HttpResponse:
    """Ask for a file, and read it: at once if it is short."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = incoming.bring_file(
                brought=form.brought,
                stream=form.cleaned_data["fichier"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return redirect("demography:file", pk=found.pk)
    context = frame_of(request) | {"form": form}
    status = 422 if form.errors else 200
    return render_page(request, "demography/bring.html", context, status=status)


@require_safe
@acts_on(VintageFile, "vintages.import")
def file(request: HttpRequest, files: QuerySet[VintageFile], pk: int) -> HttpResponse:
    """What was read, what was mended, what would be replaced; or the lines at fault."""
    found = _file(files, pk)
    form = SheetsForm if found.status == FileStatus.CHOOSING else KeepForm
    return render_page(request, "demography/file.html", _shown(request, found, form(file=found)))


@require_POST
@acts_on(VintageFile, "vintages.import")
def file_sheets(request: HttpRequest, files: QuerySet[VintageFile], pk: int) -> HttpResponse:
    """Read the sheets that are ticked, each as the file of its year."""
    found = get_object_or_404(files, pk=pk)
    if found.status != FileStatus.CHOOSING:
        return redirect("demography:file", pk=pk)
    form = SheetsForm(request.POST, file=found)
    if form.is_valid():
        try:
            read = incoming.choose_sheets(
                file=found, years=form.years, by=request.user, now=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return redirect("demography:file", pk=read[0].pk)
    context = _shown(request, found, form)
    return render_page(request, "demography/file.html", context, status=422)


@require_safe
@acts_on(VintageFile, "vintages.import")
def file_progress(request: HttpRequest, files: QuerySet[VintageFile], pk: int) -> HttpResponse:
    """Answer the bar that asks how far the reading is; send to the page once it is over."""
    found = _file(files, pk)
    if found.status == FileStatus.WAITING:
        context = {"file": found, "is_silent": incoming.is_silent(file=found, now=timezone.now())}
        return render_page(request, "demography/_file_progress.html", context)
    url = reverse("demography:file", args=[pk])
    return HttpResponse(headers={"HX-Redirect": url, "Refresh": f"0; url={url}"})


@require_POST
@acts_on(VintageFile, "vintages.import")
def file_keep(request: HttpRequest, files: QuerySet[VintageFile], pk: int) -> HttpResponse:
    """Make a vintage of it."""
    found = get_object_or_404(files, pk=pk)
    form = KeepForm(request.POST, file=found)
    form.is_valid()
    try:
        vintage, changed = incoming.keep_file(
            file=found,
            replace=form.cleaned_data["remplacer"],
            although_few=form.cleaned_data["malgre"],
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        context = _shown(request, found, form)
        return render_page(request, "demography/file.html", context, status=422)
    said = _("Gardé : %(vintage)s.") if changed else _("Déjà là, à l’identique : %(vintage)s.")
    messages.success(request, said % {"vintage": vintage})
    following = incoming.next_of(found)
    if following is not None:
        return redirect("demography:file", pk=following.pk)
    return redirect("demography:sources")


@require_POST
@acts_on(VintageFile, "vintages.import")
def file_drop(request: HttpRequest, files: QuerySet[VintageFile], pk: int) -> HttpResponse:
    """Forget a file that nobody keeps."""
    incoming.drop_file(file=_file(files, pk))
    messages.success(request, _("Le fichier est abandonné : rien n’en a été gardé."))
    return redirect("demography:sources")


def _file(files: QuerySet[VintageFile], pk: int) -> VintageFile:
    return get_object_or_404(files.defer("raw", "contents"), pk=pk)


def _shown(
    request: HttpRequest, found: VintageFile, form: KeepForm | SheetsForm
) -> dict[str, object]:
    covered = covered_by(found)
    return frame_of(request) | {
        "file": found,
        "covered": covered_words(found, covered),
        "is_poor": any(one.is_poor for one in covered),
        "form": form,
        "held": incoming.held_beside(found),
        "is_choosing": found.status == FileStatus.CHOOSING,
        "is_silent": incoming.is_silent(file=found, now=timezone.now()),
        "is_ready": found.status == FileStatus.READY,
        "is_refused": found.status == FileStatus.REFUSED,
        "header": heads_of(found),
        "rows": lines_of(found),
    }
