"""Why a change to a profile is refused, in words for whoever asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class ProfileChangedMeanwhile(ValidationError):
    """Somebody saved the profile since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _("Le profil a été modifié entre-temps : relisez-le, puis recommencez."),
            code="changed_meanwhile",
        )


class ProfileGone(ValidationError):
    """The profile was merged into another, or erased."""

    def __init__(self) -> None:
        super().__init__(_("Ce profil n’existe plus."), code="gone")


class InformationMissing(ValidationError):
    """Somebody is entered by another, who does not say how they were told."""

    def __init__(self) -> None:
        super().__init__(
            {
                "information_proof": _(
                    "Dites quand et comment la personne a été informée de cette saisie."
                )
            }
        )


class TooManyDocuments(ValidationError):
    """The profile holds as many files as it may."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce profil contient déjà 20 documents : retirez-en un d’abord."), code="too_many"
        )


class DocumentTwice(ValidationError):
    """The very same file is already there."""

    def __init__(self) -> None:
        super().__init__(_("Ce fichier est déjà dans le profil."), code="twice")


class ProofReplaced(ValidationError):
    """The proof was renewed already."""

    def __init__(self) -> None:
        super().__init__(_("Ce justificatif a déjà été renouvelé."), code="replaced")


class NotMergeable(ValidationError):
    """The two profiles cannot become one."""


class NothingToUndo(ValidationError):
    """The merge was undone, or one of the profiles is gone."""

    def __init__(self) -> None:
        super().__init__(_("Il n’y a plus de fusion à défaire."), code="nothing_to_undo")
