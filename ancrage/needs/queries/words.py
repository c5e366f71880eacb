"""Finding needs by what people type: a trade however it is written, a place, a structure."""

from django.db.models import QuerySet

from ancrage.kit.search import with_words
from ancrage.needs.models import Need
from ancrage.professions.queries import having_trade


def needs_with_words(needs: QuerySet[Need], text: str) -> QuerySet[Need]:
    """Narrow `needs` to those that have every word of `text`, read without accents or case."""
    if not text.strip():
        return needs
    return with_words(needs, text, each=having_trade("profession"))
