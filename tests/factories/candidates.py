from typing import Any

from django.core.files.base import ContentFile
from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from ancrage.candidates.enums import (
    CandidateStatus,
    DiplomaState,
    DocumentKind,
    ProofKind,
)
from ancrage.candidates.models import (
    Candidate,
    CandidateProfession,
    Career,
    ContactRequest,
    Document,
    Proof,
)
from ancrage.candidates.models.profiles import name_key_of
from ancrage.candidates.services import index_candidates
from ancrage.kit.documents import DocumentFormat
from ancrage.kit.text import words
from ancrage.professions.models import Profession
from tests.factories.moments import NOW, TODAY
from tests.factories.privacy import ConsentEntryFactory, DataSubjectFactory
from tests.factories.professions import ProfessionFactory
from tests.factories.territory import CommuneFactory, TerritoryFactory

# As many cards as wanted, none with a vowel.
_CARD_LETTERS = "BCDFGHJKLM"


class ContactRequestFactory(DjangoModelFactory[ContactRequest]):
    class Meta:
        model = ContactRequest

    territory = SubFactory(TerritoryFactory)
    name = Sequence(lambda n: f"Personne fictive {n}")
    email = Sequence(lambda n: f"contact{n}@exemple.test")
    notice_version = "2026-11"
    search = LazyAttribute(lambda one: " ".join(words(f"{one.name} {one.email}")))
    created_at = NOW


class CandidateFactory(DjangoModelFactory[Candidate]):
    """An active profile of a nurse, with its search rows.

    `pooled=True` adds the agreement to the card, `pending=True` waits for the person; `user=…`
    gives it an account; `settled=True` looks for no post any more; `professions=[…]` names its
    professions, the main one first.
    """

    class Meta:
        model = Candidate
        skip_postgeneration_save = True
        exclude = ("user",)

    class Params:
        pooled = Trait(in_pool=True)
        settled = Trait(settled_at=NOW)
        pending = Trait(
            status=CandidateStatus.PENDING,
            subject=SubFactory(
                DataSubjectFactory,
                pending=True,
                home=LazyAttribute(
                    lambda subject: f"territory:{subject.factory_parent.territory.pk}"
                ),
            ),
        )

    user: Any = None
    territory = SubFactory(TerritoryFactory)
    subject = SubFactory(
        DataSubjectFactory,
        user=SelfAttribute("..user"),
        home=LazyAttribute(lambda subject: f"territory:{subject.factory_parent.territory.pk}"),
    )
    first_name = "Alix"
    last_name = Sequence(lambda n: f"Fictive{''.join(_CARD_LETTERS[int(f)] for f in str(n))}")
    name_key = LazyAttribute(lambda one: name_key_of(one.first_name, one.last_name))
    email = Sequence(lambda n: f"candidat{n}@exemple.test")
    commune = SubFactory(CommuneFactory)
    zone = LazyAttribute(lambda one: one.commune.epci if one.commune else None)
    latitude = LazyAttribute(lambda one: one.commune.latitude if one.commune else None)
    longitude = LazyAttribute(lambda one: one.commune.longitude if one.commune else None)
    card = Sequence(lambda n: "".join(_CARD_LETTERS[int(figure)] for figure in f"{n:08d}"))
    created_at = NOW
    updated_at = NOW

    @post_generation
    def professions(self, create: bool, extracted: list[Profession] | None) -> None:
        if not create:
            return
        for rank, profession in enumerate(extracted or [ProfessionFactory()]):
            CandidateProfessionFactory(candidate=self, profession=profession, is_main=rank == 0)
        if self.in_pool:
            ConsentEntryFactory(subject=self.subject, purpose="talent_pool", scope="")
        index_candidates([self])


class CandidateProfessionFactory(DjangoModelFactory[CandidateProfession]):
    class Meta:
        model = CandidateProfession

    candidate = SubFactory(CandidateFactory)
    profession = SubFactory(ProfessionFactory)
    diploma = DiplomaState.HELD


class ProofFactory(DjangoModelFactory[Proof]):
    class Meta:
        model = Proof

    candidate = SubFactory(CandidateFactory)
    kind = ProofKind.AFGSU_2
    issued_on = TODAY
    added_at = NOW


class CareerFactory(DjangoModelFactory[Career]):
    """What a person told for the bridges."""

    class Meta:
        model = Career

    candidate = SubFactory(CandidateFactory)
    told_on = TODAY


class DocumentFactory(DjangoModelFactory[Document]):
    """A file of the profile: a few bytes that look like a PDF."""

    class Meta:
        model = Document

    candidate = SubFactory(CandidateFactory)
    kind = DocumentKind.CV
    title = "CV fictif"
    key = Sequence(lambda n: f"{n:032x}")
    format = DocumentFormat.PDF
    file = LazyAttribute(lambda one: ContentFile(b"%PDF-1.7 fictif", name="cv.pdf"))
    size = 15
    digest = Sequence(lambda n: f"{n:064x}")
    added_at = NOW
