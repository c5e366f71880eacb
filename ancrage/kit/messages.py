"""The catalogues, kept equal to the code without the gettext programs.

Source messages are French. `locale/en` holds every message with its translation; `locale/fr`
holds plural messages only, translated by themselves, because without it French would follow
the English rule and print « 0 candidats ». Entries carry no line number and are sorted, so that
a diff shows words and nothing else. A message that left the code leaves the catalogue.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract as babel_extract
from django.utils.translation.template import templatize

from ancrage.kit.catalogues import KEYWORDS, LOCALE_ROOT, catalogue, message_files
from ancrage.kit.typography import faults, mend, mend_sources

PACKAGE_ROOT = LOCALE_ROOT.parent
PLURAL_FORMS = {"en": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
LINE_WIDTH = 99

_TAG = "Translators"
_GETTEXT = "django.utils.translation"
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sdf]|\{\w*\}")

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Message:
    """A text to translate, as the code writes it."""

    text: str
    plural: str | None = None
    context: str | None = None
    comments: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.context, self.text


def extract(root: Path = PACKAGE_ROOT) -> list[Message]:
    """Return every message of the Python files and templates under `root`, sorted, once each.

    A text met alone and with a plural is one plural message: gettext looks both up there.
    """
    found: dict[Key, Message] = {}
    for message in _all_messages(root):
        known = found.get(message.key)
        if known is None:
            found[message.key] = message
            continue
        if known.plural and message.plural and known.plural != message.plural:
            raise ValueError(
                f"Deux pluriels pour « {message.text} » : "
                f"« {known.plural} » et « {message.plural} »."
            )
        found[message.key] = Message(
            text=known.text,
            plural=known.plural or message.plural,
            context=known.context,
            comments=tuple(dict.fromkeys((*known.comments, *message.comments))),
        )
    return sorted(found.values(), key=lambda message: (message.text, message.context or ""))


def from_python(source: bytes) -> Iterator[Message]:
    """Yield the messages of a Python source, with the comments that begin by Translators."""
    for _line, texts, comments, context in babel_extract(
        "python", BytesIO(source), KEYWORDS, [_TAG]
    ):
        text, plural = (texts, None) if isinstance(texts, str) else (texts[-2], texts[-1])
        if text:
            yield Message(text, plural, context, tuple(comments))


def from_template(source: str) -> Iterator[Message]:
    """Yield the messages of a Django template, seen as Django itself sees them."""
    # The text around the tags keeps its indentation, which is not Python's.
    lines = (line.lstrip() for line in templatize(source).splitlines())
    return from_python("\n".join(lines).encode())


def _all_messages(root: Path) -> Iterator[Message]:
    for path in message_files(root):
        if path.suffix == ".py":
            yield from from_python(path.read_bytes())
        else:
            yield from from_template(path.read_text(encoding="utf-8"))


# --- catalogues ------------------------------------------------------------------------------


def english(messages: Iterable[Message], known: Iterable[polib.POEntry] = ()) -> polib.POFile:
    """Return the English catalogue: `messages`, translated where `known` translates them."""
    # A message whose typography was mended keeps its translation.
    translations = {(entry.msgctxt, mend(entry.msgid)): entry for entry in known}
    po = _empty("en")
    for message in messages:
        entry = _entry(message)
        old = translations.get((message.context, mend(message.text)))
        if old is not None:
            entry.flags = [flag for flag in old.flags if flag == "fuzzy"]
            if message.plural is None:
                entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")
            elif old.msgstr_plural:
                entry.msgstr_plural = dict(old.msgstr_plural)
            else:
                entry.msgstr_plural[0] = old.msgstr
        po.append(entry)
    return po


def french(messages: Iterable[Message]) -> polib.POFile:
    """Return the French catalogue: the plural messages, each being its own translation."""
    po = _empty("fr")
    for message in messages:
        if message.plural is not None:
            entry = _entry(message)
            entry.msgstr_plural = {0: message.text, 1: message.plural}
            po.append(entry)
    return po


def _empty(language: str) -> polib.POFile:
    po = polib.POFile(wrapwidth=LINE_WIDTH)
    po.metadata = {
        "Project-Id-Version": "ancrage",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    return po


def _entry(message: Message) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.text, msgctxt=message.context, comment="\n".join(message.comments)
    )
    if message.plural is not None:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: "", 1: ""}
    return entry


def _written(language: str, locale: Path) -> polib.POFile:
    path = catalogue(language, locale)
    return polib.pofile(str(path), wrapwidth=LINE_WIDTH) if path.exists() else _empty(language)


def update(root: Path = PACKAGE_ROOT) -> list[Path]:
    """Rewrite both catalogues of `root` from its code, keeping the translations already made.

    The typography of the messages is mended first, in the code and in the tests beside it;
    return the files that this changed.
    """
    texts = [text for message in extract(root) for text in (message.text, message.plural or "")]
    changed = mend_sources(root, root.parent / "tests", texts)
    messages, locale = extract(root), root / "locale"
    known = _written("en", locale)
    for language, po in (("en", english(messages, known)), ("fr", french(messages))):
        path = catalogue(language, locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        po.save(str(path))
    return changed


# --- check -----------------------------------------------------------------------------------


def problems(root: Path = PACKAGE_ROOT) -> list[str]:
    """Return what is wrong with the catalogues of `root`, one French sentence each."""
    messages, locale = extract(root), root / "locale"
    en, fr = _written("en", locale), _written("fr", locale)
    return [
        *_unheard(root),
        *_misspelt(messages),
        *_duplicates("en", en),
        *_duplicates("fr", fr),
        *_stale("en", english(messages, en), en),
        *_stale("fr", french(messages), fr),
        *(problem for entry in en for problem in _untranslated(entry)),
    ]


def _misspelt(messages: Iterable[Message]) -> Iterator[str]:
    for message in messages:
        for text in (message.text, message.plural or ""):
            if wrong := faults(text):
                yield (
                    f"code : « {text} » : écrire l’apostrophe ’ et l’espace insécable dans "
                    f"« {wrong[0]} » (./run messages le fait)."
                )


def _unheard(root: Path) -> Iterator[str]:
    """A translation function under a name of its own: its texts would never be collected."""
    for path in message_files(root):
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and node.module == _GETTEXT:
                for name in node.names:
                    if name.name in KEYWORDS and (name.asname or name.name) not in KEYWORDS:
                        yield (
                            f"code : {path.relative_to(root)} : « {name.asname} » n’est pas lu ; "
                            f"écrire {name.name}, ou _."
                        )


def _duplicates(language: str, po: polib.POFile) -> Iterator[str]:
    seen: set[Key] = set()
    for entry in po:
        key = (entry.msgctxt, entry.msgid)
        if key in seen:
            yield f"{language} : « {entry.msgid} » y est deux fois."
        seen.add(key)


def _stale(language: str, wanted: polib.POFile, written: polib.POFile) -> Iterator[str]:
    new = {_identity(entry) for entry in wanted}
    old = {_identity(entry) for entry in written if not entry.obsolete}
    old_fashioned = {_identity(entry) for entry in written if entry.obsolete}
    for _context, text, _plural in sorted(new - old, key=str):
        yield f"{language} : « {text} » manque (./run messages l’ajoute)."
    for _context, text, _plural in sorted((old - new) | old_fashioned, key=str):
        yield f"{language} : « {text} » n’est plus dans le code (./run messages l’enlève)."
    if new == old and not old_fashioned and str(wanted) != str(written):
        yield f"{language} : le fichier n’est pas dans sa forme habituelle (./run messages)."


def _identity(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or ""


def _untranslated(entry: polib.POEntry) -> Iterator[str]:
    if entry.obsolete:
        return
    pairs = [(entry.msgid, entry.msgstr)]
    if entry.msgid_plural:
        pairs = [
            (entry.msgid, entry.msgstr_plural.get(0, "")),
            (entry.msgid_plural, entry.msgstr_plural.get(1, "")),
        ]
    if "fuzzy" in entry.flags:
        yield f"en : la traduction de « {entry.msgid} » est à relire (fuzzy)."
    for source, translation in pairs:
        if not translation:
            yield f"en : « {source} » n’est pas traduit."
        elif set(_PLACEHOLDER.findall(source)) != set(_PLACEHOLDER.findall(translation)):
            yield f"en : « {source} » et « {translation} » n’ont pas les mêmes variables."
