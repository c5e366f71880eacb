"""The files of shared posts that one follows."""

from collections.abc import Iterator, Sequence

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.matching.enums import PostState
from ancrage.matching.models import SharedPost
from ancrage.matching.queries import posts_matching, with_parts
from ancrage.web.access import acts_on
from ancrage.web.life.files import as_csv
from ancrage.web.post_words import TONES
from ancrage.web.rendering import render_page
from ancrage.web.shared_posts.forms import FilterForm

PER_PAGE = 25


@require_safe
@acts_on(SharedPost, "shared_posts.view")
def post_list(request: HttpRequest, posts: QuerySet[SharedPost]) -> HttpResponse:
    """Every file, by what moved last, to be searched and exported."""
    form = FilterForm(request.GET, rows=posts)
    found = posts_matching(with_parts(posts), form.search)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(post, TONES[PostState(post.state)]) for post in page],
        "query": request.GET.urlencode(),
        "may_detect": may(request.user, "post_plans.make"),
    }
    return render_page(request, "shared_posts/list.html", context, fragment="results")


@require_safe
@acts_on(SharedPost, "shared_posts.view")
def export_csv(request: HttpRequest, posts: QuerySet[SharedPost]) -> StreamingHttpResponse:
    """What the filters show, one line a part."""
    form = FilterForm(request.GET, rows=posts)
    found = posts_matching(with_parts(posts), form.search)
    return as_csv(_("postes-partages"), _columns(), _lines(found))


def _columns() -> list[ColumnToWrite]:
    return [
        ColumnToWrite(_("Numéro"), 10),
        ColumnToWrite(_("Étape"), 16),
        ColumnToWrite(_("Depuis le"), 12),
        ColumnToWrite(_("Métier"), 28),
        ColumnToWrite(_("Forme juridique"), 28),
        ColumnToWrite(_("Employeur porteur"), 32),
        ColumnToWrite(_("Début"), 12),
        ColumnToWrite(_("Structure"), 32),
        ColumnToWrite(_("Commune"), 24),
        ColumnToWrite(_("Temps de travail (%)"), 10),
        ColumnToWrite(_("Part du coût (%)"), 10),
        ColumnToWrite(_("Accord"), 20),
    ]


def _lines(posts: QuerySet[SharedPost]) -> Iterator[Sequence[CellValue]]:
    for post in posts.iterator(chunk_size=200):
        for part in post.parts.all():
            yield (
                post.pk,
                str(post.get_state_display()),
                timezone.localdate(post.state_since),
                str(post.profession),
                str(post.get_vehicle_display()),
                post.lead.name if post.lead else "",
                post.starts_on,
                part.partner.name,
                part.source.commune.name,
                part.fte,
                part.cost_percent,
                str(part.get_answer_display()),
            )
