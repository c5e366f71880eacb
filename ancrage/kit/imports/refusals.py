"""What an import may refuse, each with its name and a sentence for people."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ImportProblem(Exception):
    """An act that the import does not allow now. ``str()`` gives a sentence for people."""

    sentence: str | Promise = ""

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        return str(self.sentence) % self.facts if self.facts else str(self.sentence)


class ImportNotReady(ImportProblem):
    sentence = _(
        "Cet import n’est pas prêt à être appliqué : sa lecture n’est pas terminée, ou il a été "
        "interrompu ou abandonné. Rechargez la page."
    )


class ImportAlreadyApplied(ImportProblem):
    sentence = _("Cet import a déjà été appliqué : il ne l’est jamais deux fois.")


class NothingToApply(ImportProblem):
    sentence = _(
        "Il n’y a rien à appliquer : aucune ligne n’est à créer ni à modifier. Corrigez les "
        "lignes refusées ou à vérifier, ou gardez les choses comme elles sont."
    )


class NothingToPutBack(ImportProblem):
    sentence = _(
        "Il n’y a plus rien à rétablir : ce que cet import avait retiré a changé depuis, ou plus "
        "de 24 heures ont passé. Rouvrez les fiches une par une."
    )


class AnotherImportRunning(ImportProblem):
    sentence = _(
        "Un autre import de la même structure est en train d’être appliqué (« %(filename)s »). "
        "Attendez qu’il se termine, puis relancez celui-ci : rien n’est perdu."
    )


class ImportStale(ImportProblem):
    """The dry run has been redone: show it again."""

    sentence = _(
        "Les données ont changé depuis l’essai (lignes %(lines)s) : rien n’a été appliqué. "
        "L’essai vient d’être refait ; relisez-le, puis appliquez."
    )


class UnknownColumn(ImportProblem):
    sentence = _("Cette colonne n’existe pas : « %(column)s ».")


class ColumnTakenTwice(ImportProblem):
    sentence = _(
        "« %(column)s » ne peut venir que d’une seule colonne du fichier : choisissez laquelle."
    )


class UnknownLine(ImportProblem):
    sentence = _("La ligne %(line)s n’existe pas dans cet import.")


class LineNotAcceptable(ImportProblem):
    sentence = _("La ligne %(line)s ne peut pas être acceptée telle quelle : corrigez-la d’abord.")
