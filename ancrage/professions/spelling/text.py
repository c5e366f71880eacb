"""From the letters of a cell to the words that decide: folded, masculine, singular."""

import re

from ancrage.kit.text import fold

# « infirmier(e) », « infirmier·ère·s », « éducateur/trice », « aide-soignant-e »
_ENDING = (
    "e|s|es|ee|ees|ne|nes|te|tes|se|ses|ve|ves|re|res|ere|eres|iere|ieres|enne|ennes|ienne|iennes"
    "|ante|antes|euse|euses|eure|eures|ice|ices|rice|rices|trice|trices|eur|eurs|teur|teurs"
    "|ale|ales|ive|ives"
)
_BRACKETED = re.compile(rf"(?<=[a-z]{{3}})\s?[(\[](?:{_ENDING})[)\]](?:s(?![a-z]))?")
_APPENDED = re.compile(rf"(?<=[a-z]{{4}})[.·•‧∙‐-](?:{_ENDING})(?![a-z])")
# After a slash, « es » is more often « éducateur spécialisé » than a plural.
_SLASHED = re.compile(rf"(?<=[a-z]{{4}})/(?!es(?![a-z]))(?:{_ENDING})(?![a-z])")
_DOTTED = re.compile(r"(?<![a-z0-9])(?:[a-z]\.){2,}(?:[a-z](?![a-z]))?")
_EITHER_SEX = re.compile(r"(?<![a-z])(?:h\s*/\s*f|f\s*/\s*h|m\s*/\s*f|f\s*/\s*m)(?:\s*/\s*[nx])?")
_WORD = re.compile(r"[a-z0-9]+")

_SMALL = "a au aux avec chez d dans de des du en et l la le les n ou par pour s sans sur un une"
SMALL_WORDS = frozenset(_SMALL.split())

_IRREGULAR = {"cheffe": "chef", "maitresse": "maitre", "coordonnateur": "coordinateur"}

# Feminine ending, masculine ending, letters a word must have to be taken for a feminine.
_FEMININE = (
    ("trice", "teur", 7),
    ("iere", "ier", 6),
    ("ienne", "ien", 7),
    ("euse", "eur", 6),
    ("eure", "eur", 6),
    ("ante", "ant", 6),
    ("ente", "ent", 6),
    ("ointe", "oint", 6),
    ("ale", "al", 6),
    ("ive", "if", 6),
    ("antine", "antin", 8),
    ("ere", "er", 6),
    ("ee", "e", 5),
)


def stem(word: str, unaltered: frozenset[str] = frozenset()) -> str:
    """Return the masculine singular of a folded French word, by its ending alone.

    Two distinct words may meet on one stem; what matters is that every form of one word does.

    >>> stem("infirmieres"), stem("educatrice"), stem("medicaux"), stem("aides")
    ('infirmier', 'educateur', 'medical', 'aide')
    """
    if word in unaltered:
        return word
    if word.endswith("aux") and len(word) > 4:
        word = word[:-3] + "al"
    elif word[-1:] in ("s", "x") and len(word) >= 4 and not word.endswith("ss"):
        word = word[:-1]
    for feminine, masculine, letters in _FEMININE:
        if len(word) >= letters and word.endswith(feminine):
            word = word[: -len(feminine)] + masculine
            break
    return _IRREGULAR.get(word, word)


def words_of(text: str) -> list[str]:
    """Return the folded words of `text` in order, inclusive endings undone, small words left out.

    >>> words_of("Aide-soignant(e)s H/F de nuit")
    ['aide', 'soignant', 'nuit']
    >>> words_of("I.D.E. / A.S.")
    ['ide', 'as']
    """
    folded = _EITHER_SEX.sub(" ", fold(text))
    folded = _DOTTED.sub(lambda match: match[0].replace(".", ""), folded)
    folded = _BRACKETED.sub("", folded)
    before = ""
    while before != folded:
        before = folded
        folded = _SLASHED.sub("", _APPENDED.sub("", folded))
    # No text opens with the preposition « aux »: it is « aux. de puériculture ».
    return _join_letters(_WORD.findall(re.sub(r"^\W*aux\b", "auxiliaire", folded)))


def _join_letters(words: list[str]) -> list[str]:
    """Drop small words, numbers and lone letters; join an abbreviation spelt « I D E »."""
    joined: list[str] = []
    letters = ""
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        if len(letters) >= 3:
            joined.append(letters)
        else:
            # « médecin G » is a generalist; « Médecine A », « étage B » name places.
            joined.extend("g" for letter in letters if letter == "g")
        letters = ""
        if word and word not in SMALL_WORDS and not word[0].isdigit():
            joined.append(word)
    return joined


def as_written(text: str, word: str) -> str:
    """Return the piece of `text` that became the folded `word`, for messages."""
    for piece in re.findall(r"[^\s,;:()/]+", text):
        if fold(piece).startswith(word):
            return piece
    return word
