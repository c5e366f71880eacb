"""What changes first contacts, profiles, proofs and documents."""

from ancrage.candidates.services.alerts import Alerted, alert_ending_proofs
from ancrage.candidates.services.cards import redraw_cards
from ancrage.candidates.services.careers import PracticeFacts, tell_career
from ancrage.candidates.services.contacts import (
    NOTICE_VERSION,
    AlreadyAnswered,
    Contact,
    close_contact_request,
    purge_contact_requests,
    record_contact_export,
    reopen_contact_request,
    send_contact_request,
)
from ancrage.candidates.services.directory import (
    DirectoryLoaded,
    NotADirectory,
    load_directory,
)
from ancrage.candidates.services.documents import add_document, withdraw_document
from ancrage.candidates.services.employers import note_departure, note_employer
from ancrage.candidates.services.entering import enter_candidate, enter_candidates
from ancrage.candidates.services.errors import (
    DocumentTwice,
    InformationMissing,
    NothingToUndo,
    NotMergeable,
    ProfileChangedMeanwhile,
    ProfileGone,
    ProofReplaced,
    TooManyDocuments,
)
from ancrage.candidates.services.facts import CandidateFacts, ProfessionFacts, facts_of
from ancrage.candidates.services.forgetting import (
    forget_candidate_files,
    forget_erased_contacts,
)
from ancrage.candidates.services.imports import CandidatesImport
from ancrage.candidates.services.indexing import index_candidates, search_rows
from ancrage.candidates.services.merging import (
    declare_distinct,
    merge_candidates,
    merges,
    unmerge_candidates,
    unmerges,
)
from ancrage.candidates.services.profiles import (
    change_profile,
    claim_candidate,
    confirm_candidate,
    register_candidate,
)
from ancrage.candidates.services.proofs import add_proof, check_proof, renew_proof
from ancrage.candidates.services.reading import fields_seen, files_seen, note_names, note_reading
from ancrage.candidates.services.rights import (
    address_of_candidate,
    erase_candidate,
    export_candidate,
    follow_standing,
    record_export,
    refuse_candidate,
)
from ancrage.candidates.services.settling import seek_again, settle_candidate

__all__ = [
    "NOTICE_VERSION",
    "Alerted",
    "AlreadyAnswered",
    "CandidateFacts",
    "CandidatesImport",
    "Contact",
    "DirectoryLoaded",
    "DocumentTwice",
    "InformationMissing",
    "NotADirectory",
    "NotMergeable",
    "NothingToUndo",
    "PracticeFacts",
    "ProfessionFacts",
    "ProfileChangedMeanwhile",
    "ProfileGone",
    "ProofReplaced",
    "TooManyDocuments",
    "add_document",
    "add_proof",
    "address_of_candidate",
    "alert_ending_proofs",
    "change_profile",
    "check_proof",
    "claim_candidate",
    "close_contact_request",
    "confirm_candidate",
    "declare_distinct",
    "enter_candidate",
    "enter_candidates",
    "erase_candidate",
    "export_candidate",
    "facts_of",
    "fields_seen",
    "files_seen",
    "follow_standing",
    "forget_candidate_files",
    "forget_erased_contacts",
    "index_candidates",
    "load_directory",
    "merge_candidates",
    "merges",
    "note_departure",
    "note_employer",
    "note_names",
    "note_reading",
    "purge_contact_requests",
    "record_contact_export",
    "record_export",
    "redraw_cards",
    "refuse_candidate",
    "register_candidate",
    "renew_proof",
    "reopen_contact_request",
    "search_rows",
    "seek_again",
    "send_contact_request",
    "settle_candidate",
    "tell_career",
    "unmerge_candidates",
    "unmerges",
    "withdraw_document",
]
