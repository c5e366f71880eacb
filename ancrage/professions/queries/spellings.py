"""Which profession does a text mean? The reader of spellings over the database."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.search import having_word
from ancrage.kit.tabular.problems import Problem, check
from ancrage.professions.models import Profession, ProfessionAlias, Specialty
from ancrage.professions.reference.wordings import LEXICON
from ancrage.professions.spelling import Cause, Index, Kind, Outcome, Reading, Wording

_LONGEST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class ProfessionSuggestion:
    """A profession, perhaps with a specialty, that a text may mean."""

    profession: Profession
    specialty: Specialty | None = None


@dataclass(frozen=True, slots=True)
class ProfessionMatch:
    """What a text means. `profession` is set when, and only when, the outcome is CERTAIN."""

    outcome: Outcome
    profession: Profession | None
    specialty: Specialty | None
    suggestions: tuple[ProfessionSuggestion, ...]
    cause: Cause
    evidence: str

    @property
    def remark(self) -> Problem:
        """Why, in words for the person who wrote the text, to keep with their line."""
        return check(_SENTENCES[self.cause], text=self.evidence)

    @property
    def reason(self) -> str:
        """Why, in the language of the page."""
        return self.remark.sentence


@dataclass(frozen=True, slots=True)
class ProfessionReader:
    """The known writings at one moment, to read many texts without asking the database."""

    index: Index
    professions: Mapping[str, Profession]
    specialties: Mapping[str, Specialty]
    wordings: tuple[Wording, ...]
    # (specialty, the one it is a variant of), (profession, the one specialty it always has).
    parents: tuple[tuple[str, str], ...]
    own_specialties: tuple[tuple[str, str], ...]

    def index_with(self, added: Iterable[Wording], removed: Collection[Wording] = ()) -> Index:
        """Return what the index would be, were some writings learnt and others forgotten."""
        kept = [wording for wording in self.wordings if wording not in removed]
        return Index(
            [*kept, *added], LEXICON, parents=self.parents, own_specialties=self.own_specialties
        )

    def find(self, text: str) -> ProfessionMatch:
        """Return what `text` means; the same text again costs a look-up."""
        reading: Reading = self.index.read(text)
        return ProfessionMatch(
            outcome=reading.outcome,
            profession=self.professions.get(reading.profession),
            specialty=self.specialties.get(reading.specialty),
            suggestions=tuple(
                ProfessionSuggestion(
                    self.professions[suggestion.profession],
                    self.specialties.get(suggestion.specialty),
                )
                for suggestion in reading.suggestions
            ),
            cause=reading.cause,
            evidence=reading.evidence,
        )


# One reader for the process, replaced when the data change.
_latest: tuple[Hashable, ProfessionReader] | None = None


def profession_reader() -> ProfessionReader:
    """Return the reader of the professions that are open now.

    One query tells whether anything changed since the last one was prepared (services draw a
    new `revision` at each change); preparing takes about a tenth of a second. For a file of
    many lines, take it once.
    """
    global _latest
    open_now = Profession.objects.filter(valid_to__isnull=True).order_by("rank", "pk")
    stamp = tuple(open_now.values_list("pk", "code", "label_fr", "plural_fr", "revision"))
    if _latest is None or _latest[0] != stamp:
        _latest = (stamp, _prepared({profession.code: profession for profession in open_now}))
    return _latest[1]


def find_profession(text: str) -> ProfessionMatch:
    """Return the profession that `text` means, or the professions to choose from.

    Never a guess: CERTAIN means that the writing designates one profession and nothing in the
    text speaks against it. For many texts, `profession_reader().find` asks nothing between.
    """
    return profession_reader().find(text)


def having_trade(path: str) -> Callable[[str], Q]:
    """Return what one word of a search asks of rows that lead to a profession by `path`.

    A word that is surely a trade finds the rows of that trade, however they write it. Short
    ones (« AS », « IDE ») find nothing else: « as » begins too many words.
    """
    reader = profession_reader()

    def each(word: str) -> Q:
        profession = reader.find(word).profession
        if profession is None:
            return having_word(word)
        of_trade = Q(**{path: profession})
        return of_trade if len(word) <= _LONGEST_INITIALS else of_trade | having_word(word)

    return each


def _prepared(professions: dict[str, Profession]) -> ProfessionReader:
    code_of: dict[int | None, str] = {
        profession.pk: code for code, profession in professions.items()
    }
    known = list(
        Specialty.objects.filter(valid_to__isnull=True, profession__in=list(code_of)).order_by(
            "pk"
        )
    )
    specialties: dict[int | None, Specialty] = {specialty.pk: specialty for specialty in known}
    wordings: list[Wording] = []
    for code, profession in professions.items():
        wordings += (
            Wording(profession.label_fr, code, Kind.LABEL),
            Wording(profession.plural_fr, code, Kind.LABEL),
            *(Wording(rome, code, Kind.CODE) for rome in profession.rome_codes),
        )
    wordings += (
        Wording(specialty.code, code_of[specialty.profession_id], Kind.CODE, specialty.code)
        for specialty in known
    )
    aliases = ProfessionAlias.objects.filter(
        valid_to__isnull=True, profession__in=list(code_of)
    ).order_by("profession__rank", "pk")
    for alias in aliases:
        specialty = specialties.get(alias.specialty_id)
        if alias.specialty_id is None or specialty is not None:
            wordings.append(
                Wording(
                    alias.text,
                    code_of[alias.profession_id],
                    Kind(alias.kind),
                    specialty.code if specialty else "",
                    alias.is_certain,
                )
            )
    parents = tuple(
        (specialty.code, specialty.parent_id)
        for specialty in known
        if specialty.parent_id is not None
    )
    own = tuple(_own_specialties(known, code_of))
    return ProfessionReader(
        index=Index(wordings, LEXICON, parents=parents, own_specialties=own),
        professions=professions,
        specialties={specialty.code: specialty for specialty in known},
        wordings=tuple(wordings),
        parents=parents,
        own_specialties=own,
    )


def _own_specialties(
    specialties: list[Specialty], code_of: Mapping[int | None, str]
) -> list[tuple[str, str]]:
    """Pair the professions that have one specialty, variants aside, with that specialty."""
    offered: dict[str, list[str]] = {}
    for specialty in specialties:
        if specialty.parent_id is None:
            offered.setdefault(code_of[specialty.profession_id], []).append(specialty.code)
    return [(profession, codes[0]) for profession, codes in offered.items() if len(codes) == 1]


def sentence_of(reading: Reading) -> str:
    """Return why a reading says what it says, in words."""
    return str(_SENTENCES[reading.cause]) % {"text": reading.evidence}


_SENTENCES = {
    Cause.LABEL: _("Reconnu par le libellé « %(text)s »."),
    Cause.ABBREVIATION: _("Reconnu par l’abréviation %(text)s."),
    Cause.WORDING: _("Reconnu par l’appellation « %(text)s »."),
    Cause.CODE: _("Reconnu par le code %(text)s."),
    Cause.PRACTITIONER: _("Reconnu par le nom de spécialiste « %(text)s »."),
    Cause.DISCIPLINE: _("Reconnu par la discipline « %(text)s »."),
    Cause.TYPO: _("Reconnu malgré la faute de frappe dans « %(text)s »."),
    Cause.AMBIGUOUS: _("« %(text)s » ne suffit pas à désigner un métier : choisissez-le."),
    Cause.SEVERAL: _("« %(text)s » nomme plusieurs métiers : choisissez le bon."),
    Cause.LEFTOVER: _("« %(text)s » peut changer le métier : vérifiez-le."),
    Cause.FAR_TYPO: _("« %(text)s » est trop éloigné d’un métier connu : vérifiez-le."),
    Cause.SERVICE: _("« %(text)s » est le nom d’un service : choisissez le métier."),
    Cause.CLOSE: _("« %(text)s » ressemble à un métier connu : vérifiez-le."),
    Cause.OUTSIDE: _("« %(text)s » ne fait pas partie des métiers suivis."),
    Cause.NOTHING: _("Aucun métier connu ne ressemble à « %(text)s »."),
    Cause.EMPTY: _("Aucun métier n’est indiqué."),
    Cause.TOO_LONG: _("« %(text)s » est trop long pour un métier : gardez le métier seul."),
}
