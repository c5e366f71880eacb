"""Why a change to a profile is refused, in words for whoever asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.refusals import FieldRefusal, Refusal


class ProfileChangedMeanwhile(Refusal):
    """Somebody saved the profile since the page was opened."""

    sentence = _("Le profil a été modifié entre-temps : relisez-le, puis recommencez.")
    known_as = "changed_meanwhile"


class ProfileGone(Refusal):
    """The profile was merged into another, or erased."""

    sentence = _("Ce profil n’existe plus.")
    known_as = "gone"


class InformationMissing(FieldRefusal):
    """Somebody is entered by another, who does not say how they were told."""

    field = "information_proof"
    sentence = _("Dites quand et comment la personne a été informée de cette saisie.")


class TooManyDocuments(Refusal):
    """The profile holds as many files as it may."""

    sentence = _("Ce profil contient déjà 20 documents : retirez-en un d’abord.")
    known_as = "too_many"


class DocumentTwice(Refusal):
    """The very same file is already there."""

    sentence = _("Ce fichier est déjà dans le profil.")
    known_as = "twice"


class ProofReplaced(Refusal):
    """The proof was renewed already."""

    sentence = _("Ce justificatif a déjà été renouvelé.")
    known_as = "replaced"


class NotMergeable(ValidationError):
    """The two profiles cannot become one."""


class NothingToUndo(Refusal):
    """The merge was undone, or one of the profiles is gone."""

    sentence = _("Il n’y a plus de fusion à défaire.")
    known_as = "nothing_to_undo"
