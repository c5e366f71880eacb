"""What an import would do, did, and left aside, in sentences of its kind."""

from collections.abc import Callable, Mapping

from django.utils.translation import ngettext

from ancrage.kit.imports.kinds import Outcome
from ancrage.kit.models import StagedImport

Counted = Callable[[int], str]

_UNCHANGED: tuple[Outcome, Counted] = (
    Outcome.UNCHANGED,
    lambda n: ngettext("%(n)d ligne ne change rien.", "%(n)d lignes ne changent rien.", n),
)
_NEEDS: tuple[tuple[Outcome, Counted], ...] = (
    (
        Outcome.CREATED,
        lambda n: ngettext("%(n)d besoin est créé.", "%(n)d besoins sont créés.", n),
    ),
    (
        Outcome.CHANGED,
        lambda n: ngettext("%(n)d besoin est modifié.", "%(n)d besoins sont modifiés.", n),
    ),
    (
        Outcome.CLOSED,
        lambda n: ngettext(
            "%(n)d besoin absent du fichier est retiré.",
            "%(n)d besoins absents du fichier sont retirés.",
            n,
        ),
    ),
    _UNCHANGED,
)
_RESOURCES: tuple[tuple[Outcome, Counted], ...] = (
    (
        Outcome.CREATED,
        lambda n: ngettext("%(n)d ressource est créée.", "%(n)d ressources sont créées.", n),
    ),
    (
        Outcome.CHANGED,
        lambda n: ngettext("%(n)d ressource est modifiée.", "%(n)d ressources sont modifiées.", n),
    ),
    (
        Outcome.CLOSED,
        lambda n: ngettext(
            "%(n)d ressource absente du fichier est retirée.",
            "%(n)d ressources absentes du fichier sont retirées.",
            n,
        ),
    ),
    _UNCHANGED,
)
_PEOPLE: tuple[tuple[Outcome, Counted], ...] = (
    (
        Outcome.CREATED,
        lambda n: ngettext(
            "%(n)d personne est saisie, et invitée à donner son accord.",
            "%(n)d personnes sont saisies, et invitées à donner leur accord.",
            n,
        ),
    ),
    (
        Outcome.CHANGED,
        lambda n: ngettext("%(n)d profil est complété.", "%(n)d profils sont complétés.", n),
    ),
    _UNCHANGED,
)
_REGISTRATIONS: tuple[tuple[Outcome, Counted], ...] = (
    (
        Outcome.CREATED,
        lambda n: ngettext(
            "%(n)d personne est inscrite, et reçoit la confirmation.",
            "%(n)d personnes sont inscrites, et reçoivent la confirmation.",
            n,
        ),
    ),
    (
        Outcome.CHANGED,
        lambda n: ngettext(
            "%(n)d inscription est complétée.", "%(n)d inscriptions sont complétées.", n
        ),
    ),
    (
        Outcome.IGNORED,
        lambda n: ngettext(
            "%(n)d ligne redit la même personne.", "%(n)d lignes redisent la même personne.", n
        ),
    ),
    _UNCHANGED,
)
_LINES: tuple[tuple[Outcome, Counted], ...] = (
    (
        Outcome.CREATED,
        lambda n: ngettext("%(n)d ligne est ajoutée.", "%(n)d lignes sont ajoutées.", n),
    ),
    (
        Outcome.CHANGED,
        lambda n: ngettext(
            "%(n)d ligne modifie ce qui est connu.", "%(n)d lignes modifient ce qui est connu.", n
        ),
    ),
    (
        Outcome.CLOSED,
        lambda n: ngettext(
            "%(n)d élément absent du fichier est clos.",
            "%(n)d éléments absents du fichier sont clos.",
            n,
        ),
    ),
    _UNCHANGED,
)
_SENTENCES: Mapping[str, tuple[tuple[Outcome, Counted], ...]] = {
    "needs": _NEEDS,
    "resources": _RESOURCES,
    "candidates": _PEOPLE,
    "registrations": _REGISTRATIONS,
}


def summary_of(staged: StagedImport) -> list[str]:
    """Say in a few sentences what applying would do."""
    return [
        text(count) % {"n": count}
        for outcome, text in _SENTENCES.get(staged.kind, _LINES)
        if (count := staged.counts.get(outcome.value, 0))
    ]


def left_out(staged: StagedImport) -> str:
    """Say what stays out of the platform, "" when nothing does."""
    held = staged.counts.get(Outcome.TO_CHECK.value, 0)
    refused = staged.counts.get(Outcome.REJECTED.value, 0)
    parts = []
    if held:
        parts.append(
            ngettext("%(n)d ligne à vérifier", "%(n)d lignes à vérifier", held) % {"n": held}
        )
    if refused:
        parts.append(
            ngettext("%(n)d ligne refusée", "%(n)d lignes refusées", refused) % {"n": refused}
        )
    return ", ".join(parts)


# Created, changed, closed: whichever comes first says what is counted, the others follow.
_NEEDS_DONE: tuple[tuple[Counted, Counted], ...] = (
    (
        lambda n: ngettext("%(n)d besoin créé", "%(n)d besoins créés", n),
        lambda n: ngettext("%(n)d besoin créé", "%(n)d besoins créés", n),
    ),
    (
        lambda n: ngettext("%(n)d besoin modifié", "%(n)d besoins modifiés", n),
        lambda n: ngettext("%(n)d modifié", "%(n)d modifiés", n),
    ),
    (
        lambda n: ngettext("%(n)d besoin retiré", "%(n)d besoins retirés", n),
        lambda n: ngettext("%(n)d retiré", "%(n)d retirés", n),
    ),
)
_RESOURCES_DONE: tuple[tuple[Counted, Counted], ...] = (
    (
        lambda n: ngettext("%(n)d ressource créée", "%(n)d ressources créées", n),
        lambda n: ngettext("%(n)d ressource créée", "%(n)d ressources créées", n),
    ),
    (
        lambda n: ngettext("%(n)d ressource modifiée", "%(n)d ressources modifiées", n),
        lambda n: ngettext("%(n)d modifiée", "%(n)d modifiées", n),
    ),
    (
        lambda n: ngettext("%(n)d ressource retirée", "%(n)d ressources retirées", n),
        lambda n: ngettext("%(n)d retirée", "%(n)d retirées", n),
    ),
)
_PEOPLE_DONE: tuple[tuple[Counted, Counted], ...] = (
    (
        lambda n: ngettext("%(n)d personne saisie", "%(n)d personnes saisies", n),
        lambda n: ngettext("%(n)d personne saisie", "%(n)d personnes saisies", n),
    ),
    (
        lambda n: ngettext("%(n)d profil complété", "%(n)d profils complétés", n),
        lambda n: ngettext("%(n)d profil complété", "%(n)d profils complétés", n),
    ),
)
_REGISTRATIONS_DONE: tuple[tuple[Counted, Counted], ...] = (
    (
        lambda n: ngettext("%(n)d personne inscrite", "%(n)d personnes inscrites", n),
        lambda n: ngettext("%(n)d personne inscrite", "%(n)d personnes inscrites", n),
    ),
    (
        lambda n: ngettext("%(n)d inscription complétée", "%(n)d inscriptions complétées", n),
        lambda n: ngettext("%(n)d complétée", "%(n)d complétées", n),
    ),
)
_LINES_DONE: tuple[tuple[Counted, Counted], ...] = (
    (
        lambda n: ngettext("%(n)d ligne ajoutée", "%(n)d lignes ajoutées", n),
        lambda n: ngettext("%(n)d ligne ajoutée", "%(n)d lignes ajoutées", n),
    ),
    (
        lambda n: ngettext("%(n)d ligne modifiée", "%(n)d lignes modifiées", n),
        lambda n: ngettext("%(n)d modifiée", "%(n)d modifiées", n),
    ),
    (
        lambda n: ngettext("%(n)d élément clos", "%(n)d éléments clos", n),
        lambda n: ngettext("%(n)d close", "%(n)d closes", n),
    ),
)
_DONE: Mapping[str, tuple[tuple[Counted, Counted], ...]] = {
    "needs": _NEEDS_DONE,
    "resources": _RESOURCES_DONE,
    "candidates": _PEOPLE_DONE,
    "registrations": _REGISTRATIONS_DONE,
}
_COUNTED = (Outcome.CREATED, Outcome.CHANGED, Outcome.CLOSED)


def applied_sentence(staged: StagedImport) -> str:
    """« 8 besoins créés, 1 modifié »: what an applied import did."""
    counts = [staged.counts.get(outcome.value, 0) for outcome in _COUNTED]
    told = [
        (whole, short, count)
        for (whole, short), count in zip(_DONE.get(staged.kind, _LINES_DONE), counts, strict=False)
        if count
    ]
    sentences = [
        (whole if rank == 0 else short)(count) % {"n": count}
        for rank, (whole, short, count) in enumerate(told)
    ]
    return ", ".join(sentences)
