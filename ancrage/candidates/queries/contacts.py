"""Questions about first contacts."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from ancrage.candidates.enums import ContactRequestStatus
from ancrage.candidates.models import ContactRequest
from ancrage.kit.search import with_words


def contact_requests_to_answer(
    requests: QuerySet[ContactRequest], *, status: str = "", text: str = ""
) -> QuerySet[ContactRequest]:
    """Narrow `requests` (those the reader may see): those that wait first, oldest first.

    `text` is read without accents or case, word by word.
    """
    condition = Q()
    if status:
        condition &= Q(status=status)
    waiting_first = Case(
        When(status=ContactRequestStatus.NEW, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return (
        with_words(requests.filter(condition), text)
        .select_related("profession", "commune", "answered_by")
        .annotate(waits=waiting_first)
        .order_by("waits", "created_at", "pk")
    )
