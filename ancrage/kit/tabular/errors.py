"""What can be wrong with a table file as a whole: one name and one plain sentence each.

The sentence is made when it is shown, in the reader's language, from the facts given.
"""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class TableError(Exception):
    """A file that cannot be read as a table. ``str()`` gives a sentence for people."""

    code: ClassVar[str] = "table"
    sentence: ClassVar[str | Promise] = _("Ce fichier ne peut pas être lu comme un tableau.")

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        return str(self.sentence) % self.facts if self.facts else str(self.sentence)


class EmptyFile(TableError):
    code = "empty"
    sentence = _(
        "Ce fichier est vide. Vérifiez que vous avez choisi le bon fichier et qu’il a été "
        "enregistré."
    )


class NoRows(TableError):
    code = "no_rows"
    sentence = _(
        "Ce tableau ne contient aucune ligne remplie. Vérifiez la feuille choisie et "
        "enregistrez à nouveau le fichier."
    )


class FileTooLarge(TableError):
    code = "too_large"
    sentence = _(
        "Ce fichier pèse %(size)s et la limite est de %(limit)s. Supprimez les images et les "
        "feuilles inutiles, ou découpez le tableau en plusieurs fichiers."
    )


class UnsupportedFile(TableError):
    code = "unsupported"
    sentence = _(
        "Le format de ce fichier (%(found)s) n’est pas accepté. Enregistrez le tableau au format "
        "XLSX, ODS, XLS ou CSV, puis déposez-le à nouveau."
    )


class WrongExtension(TableError):
    code = "wrong_extension"
    sentence = _(
        "Le nom du fichier se termine par « %(extension)s », mais son contenu est au format "
        "%(found)s. Ouvrez-le dans votre tableur et enregistrez-le au format XLSX, ou corrigez "
        "la fin de son nom."
    )


class EncryptedFile(TableError):
    code = "encrypted"
    sentence = _(
        "Ce classeur est protégé par un mot de passe : il ne peut pas être lu. Ouvrez-le, "
        "retirez le mot de passe (Fichier, Informations, Protéger le classeur), enregistrez-le, "
        "puis déposez-le à nouveau."
    )


class DamagedFile(TableError):
    code = "damaged"
    sentence = _(
        "Ce fichier est abîmé ou incomplet : sa lecture s’arrête en route. Ouvrez-le dans votre "
        "tableur, enregistrez-en une nouvelle copie et déposez-la."
    )


class ForbiddenXml(TableError):
    code = "forbidden_xml"
    sentence = _(
        "Ce classeur contient des déclarations internes (DTD, entités) qu’aucun tableur n’écrit : "
        "il est refusé par sécurité. Recopiez le tableau dans un classeur neuf."
    )


class ArchiveTooLarge(TableError):
    code = "archive_too_large"
    sentence = _(
        "Une fois décompressé, ce classeur occuperait %(size)s, au-delà de la limite de "
        "%(limit)s : il est refusé sans être ouvert. Recopiez les seules cellules utiles dans un "
        "classeur neuf."
    )


class TooManyEntries(TableError):
    code = "too_many_entries"
    sentence = _(
        "Ce classeur est fait de %(count)s éléments internes, au-delà de la limite de %(limit)s. "
        "Recopiez le tableau, sans images ni objets, dans un classeur neuf."
    )


class TooManySheets(TableError):
    code = "too_many_sheets"
    sentence = _(
        "Ce classeur compte %(count)s feuilles, au-delà de la limite de %(limit)s. Enregistrez la "
        "feuille utile dans un classeur à part."
    )


class TooManyRows(TableError):
    code = "too_many_rows"
    sentence = _(
        "Ce tableau dépasse %(limit)s lignes. Découpez-le en plusieurs fichiers, ou supprimez les "
        "lignes qui ne servent pas."
    )


class TooManyColumns(TableError):
    code = "too_many_columns"
    sentence = _(
        "La ligne %(line)s dépasse %(limit)s colonnes. Supprimez les colonnes qui ne servent pas, "
        "y compris celles qui sont loin à droite du tableau."
    )


class TooManyCells(TableError):
    code = "too_many_cells"
    sentence = _(
        "Ce tableau dépasse %(limit)s cellules remplies. Découpez-le en plusieurs fichiers."
    )


class TooMuchText(TableError):
    code = "too_much_text"
    sentence = _(
        "Ce tableau contient plus de %(limit)s caractères. Découpez-le en plusieurs fichiers."
    )


class CellTooLong(TableError):
    code = "cell_too_long"
    sentence = _(
        "À la ligne %(line)s, une cellule contient plus de %(limit)s caractères. Raccourcissez ce "
        "texte ; dans un fichier CSV, cherchez un guillemet ouvert et jamais refermé."
    )


class UnclosedQuote(TableError):
    code = "unclosed_quote"
    sentence = _(
        "Un guillemet ouvert à la ligne %(line)s n’est jamais refermé : les lignes suivantes "
        "seraient avalées. Fermez-le ou retirez-le, puis déposez à nouveau le fichier."
    )


class UnknownSheet(TableError):
    code = "unknown_sheet"
    sentence = _(
        "La feuille « %(sheet)s » n’existe pas dans ce classeur. Feuilles présentes : %(sheets)s."
    )


_KINDS: list[type[TableError]] = [TableError, *TableError.__subclasses__()]
ERRORS = {kind.code: kind for kind in _KINDS}


def error_from(code: str, facts: dict[str, Any]) -> TableError:
    """The error that was stored as ``code`` and ``facts``, to be shown again."""
    return ERRORS.get(code, TableError)(**facts)


def readable_size(size: int) -> str:
    """A size in bytes as French people read it: ``12,3 Mo``."""
    if size < 1024:
        return f"{size} o"
    value = float(size)
    for unit in ("Ko", "Mo", "Go"):
        value /= 1024
        if value < 1024 or unit == "Go":
            break
    return f"{value:.1f} {unit}".replace(".", ",").replace(",0 ", " ")
