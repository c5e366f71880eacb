"""What is searched, and what tells readers that the writings changed."""

from collections.abc import Iterable, Sequence
from uuid import uuid4

from ancrage.kit.text import words
from ancrage.professions.models import Profession, ProfessionAlias, Specialty


def renew(professions: Iterable[Profession]) -> None:
    """Write again what is searched, and draw the revision that makes readers start anew."""
    touched: Sequence[Profession] = list(professions)
    sure: dict[int, list[str]] = {}
    of_specialty: dict[int, list[str]] = {}
    aliases = ProfessionAlias.objects.filter(
        profession__in=touched, is_certain=True, valid_to__isnull=True
    ).order_by("pk")
    for alias in aliases:
        if alias.specialty_id is None:
            sure.setdefault(alias.profession_id, []).append(alias.folded)
        else:
            of_specialty.setdefault(alias.specialty_id, []).append(alias.folded)
    for profession in touched:
        labels = (profession.label_fr, profession.plural_fr)
        english = (profession.label_en, profession.plural_en)
        texts = (*labels, *english, *profession.rome_codes, *sure.get(profession.pk, ()))
        profession.search = _searchable(texts)
        profession.revision = uuid4().hex
    Profession.objects.bulk_update(touched, ["search", "revision"])
    specialties = list(Specialty.objects.filter(profession__in=touched).order_by("pk"))
    for specialty in specialties:
        specialty.search = _searchable(
            (
                specialty.label_fr,
                specialty.label_en,
                specialty.code,
                *of_specialty.get(specialty.pk, ()),
            )
        )
    Specialty.objects.bulk_update(specialties, ["search"])


def _searchable(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(word for text in texts for word in words(text)))
