"""People who look for a post: first contact, profile, proofs, documents, search."""

from ancrage.candidates.models.careers import Career
from ancrage.candidates.models.contacts import ContactRequest
from ancrage.candidates.models.directory import DirectoryEntry
from ancrage.candidates.models.duplicates import CandidateMerge, DistinctPair
from ancrage.candidates.models.erased import ErasedContact
from ancrage.candidates.models.profiles import Candidate, CandidateProfession
from ancrage.candidates.models.proofs import Document, Proof
from ancrage.candidates.models.search import CandidateWord, SearchEntry

__all__ = [
    "Candidate",
    "CandidateMerge",
    "CandidateProfession",
    "CandidateWord",
    "Career",
    "ContactRequest",
    "DirectoryEntry",
    "DistinctPair",
    "Document",
    "ErasedContact",
    "Proof",
    "SearchEntry",
]
