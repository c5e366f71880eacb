"""The vocabulary of people who look for a post: first contact, profile, proofs, documents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ContactRequestStatus(TextChoices):
    """Where a spontaneous contact stands."""

    NEW = "new", _("À rappeler")
    ANSWERED = "answered", _("Réponse donnée")
    CLOSED = "closed", _("Sans suite")


class ContactEvent(TextChoices):
    """What the journal tells of first contacts."""

    SENT = "contact_requests.send", _("Prise de contact reçue")
    ANSWERED = "contact_requests.answer", _("Prise de contact traitée")
    REOPENED = "contact_requests.reopen", _("Prise de contact rouverte")
    EXPORTED = "contact_requests.export", _("Prises de contact exportées")


class Horizon(TextChoices):
    """When the person could come."""

    NOW = "now", _("Tout de suite")
    MONTHS_3 = "months_3", _("Dans les trois mois")
    MONTHS_12 = "months_12", _("Dans l’année")
    LATER = "later", _("Plus tard, je me renseigne")


class CandidateStatus(TextChoices):
    """Where a profile stands in its life."""

    # Entered by somebody else: waits for the person's own word, a month at most.
    PENDING = "pending", _("En attente de la personne")
    ACTIVE = "active", _("Actif")
    MERGED = "merged", _("Fusionné avec un autre profil")
    ERASED = "erased", _("Effacé")


class Origin(TextChoices):
    """How the platform came to know the person."""

    SPONTANEOUS = "spontaneous", _("Candidature spontanée")
    COORDINATION = "coordination", _("Saisie par la coordination")
    STRUCTURE = "structure", _("Saisie par une structure")
    IMPORT = "import", _("Import d’un fichier")


class Experience(TextChoices):
    """Years of practice, in bands: a card never says more."""

    TRAINING = "training", _("En formation")
    UNDER_2 = "under_2", _("Moins de 2 ans")
    YEARS_2_5 = "years_2_5", _("De 2 à 5 ans")
    YEARS_5_10 = "years_5_10", _("De 5 à 10 ans")
    YEARS_10_20 = "years_10_20", _("De 10 à 20 ans")
    OVER_20 = "over_20", _("Plus de 20 ans")


class DiplomaState(TextChoices):
    """Where the person stands with the diploma of a profession."""

    HELD = "held", _("Diplôme obtenu")
    IN_TRAINING = "in_training", _("Formation en cours")
    ABROAD = "abroad", _("Diplôme étranger, autorisation à obtenir")
    AIMED_AT = "aimed_at", _("Métier visé, pas encore de diplôme")
    # Nobody has said: a first contact asks for a profession, not for a diploma.
    UNKNOWN = "unknown", _("Diplôme à préciser")


class RegistrationState(TextChoices):
    """Where the person stands with the Order or the ARS."""

    UNKNOWN = "unknown", _("Non précisé")
    REGISTERED = "registered", _("Inscription faite")
    PENDING = "pending", _("Inscription en cours")
    NOT_YET = "not_yet", _("Pas encore d’inscription")
    NOT_REQUIRED = "not_required", _("Sans objet pour ce métier")


class RppsState(TextChoices):
    """What is known of an RPPS number. Absence from a directory is no proof of fraud: nurses
    who have not joined their Order have no number."""

    NONE = "none", _("Non communiqué")
    KEY = "key", _("Numéro bien formé")
    FOUND = "found", _("Trouvé dans l’annuaire")
    OTHER_NAME = "other_name", _("Dans l’annuaire sous un autre nom")
    ABSENT = "absent", _("Absent de l’annuaire chargé")


class ProofKind(TextChoices):
    """What a person may have to prove before they may work."""

    LOCUM_LICENCE = "locum_licence", _("Licence de remplacement")
    ORDER = "order", _("Inscription à l’Ordre")
    AFGSU_1 = "afgsu_1", _("AFGSU niveau 1")
    AFGSU_2 = "afgsu_2", _("AFGSU niveau 2")
    INTERIM_PRACTICE = "interim_practice", _("Deux ans d’exercice avant l’intérim")
    STUDENT_AS_AIDE = (
        "student_as_aide",
        _("Étudiant infirmier pouvant exercer comme aide-soignant"),
    )
    HONORABILITY = "honorability", _("Attestation d’honorabilité")
    DIPLOMA = "diploma", _("Diplôme")


class ProofState(TextChoices):
    """How far a proof can be trusted."""

    DECLARED = "declared", _("Déclarée par la personne")
    SEEN = "seen", _("Original vu")
    REFUSED = "refused", _("Ne convient pas")


class DocumentKind(TextChoices):
    """What a file is."""

    CV = "cv", _("Curriculum vitæ")
    LETTER = "letter", _("Lettre de motivation")
    DIPLOMA = "diploma", _("Diplôme")
    LICENCE = "licence", _("Licence ou inscription à l’Ordre")
    CERTIFICATE = "certificate", _("Attestation")
    OTHER = "other", _("Autre document")


class CandidateEvent(TextChoices):
    """What the journal tells of profiles. It says which fields changed, never their values."""

    REGISTERED = "candidates.register", _("Profil créé par la personne")
    ENTERED = "candidates.enter", _("Profil saisi pour une personne")
    CONFIRMED = "candidates.confirm", _("Profil confirmé par la personne")
    REFUSED = "candidates.refuse", _("Profil refusé par la personne")
    CHANGED = "candidates.change", _("Profil modifié")
    CAREER_TOLD = "candidates.tell_career", _("Faits pour les passerelles modifiés")
    CLAIMED = "candidates.claim", _("Profil rattaché à un compte")
    SETTLED = "candidates.settle", _("Ne cherche plus de poste")
    SOUGHT_AGAIN = "candidates.seek_again", _("Cherche de nouveau un poste")
    PROOF_ADDED = "candidates.proof_add", _("Justificatif ajouté")
    PROOF_RENEWED = "candidates.proof_renew", _("Justificatif renouvelé")
    PROOF_CHECKED = "candidates.proof_check", _("Justificatif vérifié")
    DOCUMENT_ADDED = "candidates.document_add", _("Document ajouté")
    DOCUMENT_READ = "candidates.document_read", _("Document ouvert")
    DOCUMENT_WITHDRAWN = "candidates.document_withdraw", _("Document retiré")
    MERGED = "candidates.merge", _("Profils fusionnés")
    UNMERGED = "candidates.unmerge", _("Fusion annulée")
    NOT_DUPLICATES = "candidates.distinct", _("Profils déclarés distincts")
    EXPORTED = "candidates.export", _("Profils exportés")
    ERASED = "candidates.erase", _("Profil effacé")
