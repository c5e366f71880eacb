"""Markers valid for the fields they are put in, each met nowhere else, and how they are found."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from ancrage.privacy.inventory import PersonalField, personal_fields

# Fields that hold no words of their own; a new one is planted unless it is named here.
UNPLANTED = {
    "account.EmailConfirmation.key": "a key, of a mail that is not sent",
    "accounts.User.password": "a digest, which the session depends on",
    "candidates.Candidate.contracts": "codes",
    "candidates.Candidate.language": "a code",
    "candidates.Career.practices": "codes and numbers",
    "candidates.Career.titles": "codes",
    "candidates.Career.words": "codes and their answers",
    "candidates.ErasedContact.digest": "a digest, of somebody who is gone",
    "events.Answer.codes": "codes",
    "events.Participant.badge": "drawn, of a fixed length",
    "events.Participant.language": "a code",
    "journeys.FollowUp.difficulties": "codes",
    "kit.OutboxTask.payload": "filled from the other fields",
    "kit.StagedChunk.content": "the file, whose cells are planted row by row",
    "kit.StagedImport.failure_facts": "codes and numbers",
    "kit.StagedImport.labels": "names of columns and lines",
    "kit.StagedMark.mark": "a digest, which no page shows",
    "kit.StagedRow.changes": "names of fields and their values, of a shape of its own",
    "kit.StagedRow.problems": "codes and their facts",
    "mfa.Authenticator.data": "a secret, of a shape of its own",
    "privacy.DataSubject.home": "a scope: what decides who reads",
    "privacy.RightsRequest.home": "a scope: what decides who reads",
    "sessions.Session.session_data": "what the sign-in depends on",
    "sessions.Session.session_key": "what the sign-in depends on",
    "training.TrainingWish.months": "codes",
    "usersessions.UserSession.data": "what the sign-in depends on",
    "usersessions.UserSession.session_key": "what the sign-in depends on",
}

_LETTERS = "bcdfghjklm"
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_WORD = re.compile(rf"zq[{_LETTERS}]{{5}}q")
_DIGITS = re.compile(r"(?<!\d)(?:10\d{9})(?!\d)|699\d{6}")
_DAY = re.compile(r"20[6-9]\d-\d\d-\d\d|\d\d/\d\d/20[6-9]\d|\d{1,2} [a-zéû]+ 20[6-9]\d")
_PLACE = re.compile(r"4[67][.,]9\d{5}")
_ADDRESS = re.compile(r"2001:db8::[0-9a-f]+")
_GAPS = re.compile(r"[\s\u00a0\u202f.]+")


@dataclass(frozen=True, order=True)
class Planted:
    """Where a marker stands: on which side of the stage, in which field, of which row."""

    side: str
    name: str
    purpose: str
    pk: int


@dataclass
class Markers:
    """All the markers planted, by what betrays them once folded."""

    places: dict[str, Planted] = field(default_factory=dict)
    number: int = 0
    _seen: dict[str, int] = field(default_factory=dict)

    def skip(self) -> None:
        """Leave as they are the rows written until now."""
        for _pk, _model, _fields in self._new_rows():
            pass

    def plant(self, side: str, *, with_days: bool = False) -> None:
        """Put a marker in every personal field of the rows written since the last call.

        `with_days` moves the dates of these rows too, some forty years ahead: pages that go by
        the day would no longer show them, hence the choice.
        """
        for pk, model, fields in self._new_rows():
            row = model._default_manager.get(pk=pk)
            for one in fields:
                self._plant_field(side, row, one)
            if with_days:
                self._plant_days(side, row, fields)

    def missing(self) -> set[str]:
        """Return the fields with words of which no row was planted."""
        words = (models.CharField, models.TextField, models.FileField)
        wanted = {
            f"{one.model}.{one.field}"
            for one in personal_fields()
            if isinstance(column := apps.get_model(one.model)._meta.get_field(one.field), words)
            and not column.choices
        }
        return wanted - set(UNPLANTED) - {place.name for place in self.places.values()}

    def found_in(self, text: str) -> set[Planted]:
        """Return the markers that stand in a text."""
        folded = text.casefold()
        tokens = {*_WORD.findall(folded), *_DAY.findall(folded), *_PLACE.findall(folded)}
        tokens.update(_ADDRESS.findall(folded))
        tokens.update(_DIGITS.findall(_GAPS.sub("", folded)))
        return {self.places[token] for token in tokens if token in self.places}

    def _new_rows(self) -> Iterator[tuple[int, type[models.Model], list[PersonalField]]]:
        by_model: dict[str, list[PersonalField]] = {}
        for one in personal_fields():
            by_model.setdefault(one.model, []).append(one)
        for label, fields in by_model.items():
            model = apps.get_model(label)
            if not isinstance(model._meta.pk, models.AutoField):
                continue
            keys = model._default_manager.filter(pk__gt=self._seen.get(label, 0))
            for pk in sorted(keys.values_list("pk", flat=True)):
                self._seen[label] = pk
                yield pk, model, fields

    def _plant_field(self, side: str, row: models.Model, one: PersonalField) -> None:
        column = row._meta.get_field(one.field)
        name = f"{one.model}.{one.field}"
        assert isinstance(column, models.Field)
        if name in UNPLANTED or column.is_relation or column.choices:
            return
        value, token = self._value(column, getattr(row, one.field))
        if token and (value is None or _write(row, {one.field: value})):
            self.places[token] = Planted(side, name, one.purpose, row.pk)

    def _value(self, column: "models.Field[Any, Any]", present: Any) -> tuple[Any, str]:
        """Return a value valid for the column and its token, or no token for a bare number."""
        self.number += 1
        number = self.number
        word = "zq" + "".join(_LETTERS[int(figure)] for figure in f"{number:05d}") + "q"
        if isinstance(column, models.FileField):
            with present.storage.open(present.name, "wb") as stream:
                stream.write(f"%PDF-1.7 {word}".encode())
            return None, word
        if isinstance(column, models.EmailField):
            return f"{word}@canari.test", word
        if isinstance(column, models.GenericIPAddressField):
            return f"2001:db8::{number:x}", f"2001:db8::{number:x}"
        if isinstance(column, models.JSONField):
            return _with_word(present, word), word
        if isinstance(column, models.FloatField):
            return 46.9 + number / 1_000_000, f"{46.9 + number / 1_000_000:.6f}"
        if column.name == "phone":
            return f"+33{699000000 + number}", str(699000000 + number)
        if column.name == "rpps":
            digits = f"10{number:08d}"
            return digits + luhn_key(digits), digits + luhn_key(digits)
        if isinstance(column, (models.CharField, models.TextField)):
            return word, word
        return None, ""

    def _plant_days(self, side: str, row: models.Model, fields: list[PersonalField]) -> None:
        self.number += 1
        days = {
            one: getattr(row, one.field) + timedelta(days=14_600 + self.number)
            for one in fields
            if type(row._meta.get_field(one.field)) is models.DateField
            and getattr(row, one.field) is not None
        }
        if not days or not _write(row, {one.field: day for one, day in days.items()}):
            return
        for one, day in days.items():
            place = Planted(side, f"{one.model}.{one.field}", one.purpose, row.pk)
            for token in _ways_to_write(day):
                self.places[token] = place


def _write(row: models.Model, values: dict[str, Any]) -> bool:
    """Write past the services; say no where a rule of the table wants the row as it is."""
    try:
        with transaction.atomic():
            # Not the manager: those of append-only tables refuse.
            models.QuerySet(type(row)).filter(pk=row.pk).update(**values)
    except IntegrityError:
        return False
    return True


def luhn_key(digits: str) -> str:
    """Return the figure that makes the number pass the check of the RPPS."""
    doubled = [int(one) * (2 if rank % 2 == 0 else 1) for rank, one in enumerate(digits[::-1])]
    return str(-sum(one - 9 if one > 9 else one for one in doubled) % 10)


def text_of(content: bytes, kind: str) -> str:
    """Return what a reader can draw out of a file: archives opened, folded lines joined."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(
                f"{name}\n{text_of(archive.read(name), '')}" for name in archive.namelist()
            )
    text = content.decode("utf-8", errors="replace")
    if "calendar" in kind:
        return text.replace("\r\n ", "")
    if content.startswith(b"%PDF"):
        return text + "".join(_inflated(content))
    return text


def _inflated(content: bytes) -> Iterator[str]:
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            yield zlib.decompress(stream).decode("latin-1")
        except zlib.error:
            continue


def _ways_to_write(day: date) -> tuple[str, ...]:
    return (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    )


def _with_word(value: Any, word: str) -> Any:
    """Return the same shape, with the marker in place of each text."""
    if isinstance(value, str):
        return word
    if isinstance(value, list):
        return [_with_word(one, word) for one in value]
    if isinstance(value, dict):
        return {key: _with_word(one, word) for key, one in value.items()}
    return value
