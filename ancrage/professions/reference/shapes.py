"""What one row of the reference holds.

The tables beside this file are typed by hand from public sources, named with their date in
`SOURCE`; they are the starting point that `load_professions` compares with the database.
"""

from dataclasses import dataclass

from ancrage.professions.enums import Family, Registration, SpecialtyGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfessionRow:
    """A profession as the reference describes it.

    `row` keeps together the jobs that share one line of the list of professions to carry.
    `rome` pairs each ROME 4.0 code with its official label, left empty where the
    label alone does not designate this profession; `ans_codes` are written with
    their nomenclature (« G15:60 », « R94:41 », « R38:SM54 »). `wordings` and `abbreviations`
    designate this profession and no other; `doubtful` ones may mean it, and a person decides.
    Feminine, plural, inclusive and unaccented forms need no line of their own: the reader of
    spellings takes them all to the same words.
    """

    code: str
    row: int
    label_fr: str
    plural_fr: str
    label_en: str
    plural_en: str
    family: Family
    registration: Registration
    registration_note: str = ""
    is_doctor: bool = False
    has_practice_sheet: bool = False
    rome: tuple[tuple[str, str], ...] = ()
    ans_codes: tuple[str, ...] = ()
    pcs_codes: tuple[str, ...] = ()
    fap_code: str = ""
    wordings: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialtyRow:
    """An ordinal specialty (TRE_R38).

    The list keeps codes of several reforms side by side: `parent` gathers the variants and
    options of one specialty under the code that people are offered. `practitioners` name the
    person (« cardiologue »), `disciplines` the field (« cardiologie »), which designates
    somebody only beside « médecin » and the like. `doubtful` may mean several specialties.
    """

    code: str
    label_fr: str
    label_en: str
    profession: str
    group: SpecialtyGroup
    parent: str = ""
    practitioners: tuple[str, ...] = ()
    disciplines: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    rome: tuple[tuple[str, str], ...] = ()
