"""Where personal data lies: read from the models themselves, so that it cannot be out of date."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from ancrage.kit.models import Base
from ancrage.privacy.purposes import PURPOSES

_TEXTUAL = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    models.GenericIPAddressField,
)


# The tables of the libraries, declared here since they cannot declare themselves.
_OF_LIBRARIES: Mapping[str, Mapping[str, str]] = {
    "account.EmailAddress": {"user": "account", "email": "account"},
    "account.EmailConfirmation": {"email_address": "account", "key": "account"},
    "mfa.Authenticator": {"user": "account", "data": "account"},
    "sessions.Session": {"session_key": "account", "session_data": "account"},
    "usersessions.UserSession": {
        "user": "account",
        "ip": "account",
        "session_key": "account",
        "user_agent": "account",
        "data": "account",
    },
}
_NOBODY_IN = frozenset(
    {
        # Names of our own tables and of rights on them.
        "auth.Group",
        "auth.Permission",
        "contenttypes.ContentType",
    }
)


@dataclass(frozen=True)
class PersonalField:
    """A field that may say something of a person, and the purpose it is held for."""

    model: str
    field: str
    purpose: str


def personal_fields() -> list[PersonalField]:
    """Return the inventory, in the order of the models' names."""
    declared = {model._meta.label: model.personal for model in _ours()} | dict(_OF_LIBRARIES)
    return [
        PersonalField(model=label, field=field, purpose=purpose)
        for label, fields in sorted(declared.items())
        for field, purpose in sorted(fields.items())
    ]


def gaps() -> list[str]:
    """Return what keeps the inventory from being complete, one sentence a fault.

    A text, JSON, file or link to an account must be declared personal (with a purpose that
    exists) or impersonal; a coded value (`choices`) and a slug describe no one.
    """
    found = []
    for model in _ours():
        names = {field.name for field in model._meta.concrete_fields}
        for field_name, purpose in model.personal.items():
            if field_name not in names:
                found.append(f"{model._meta.label}.{field_name}: declared but does not exist")
            if purpose not in PURPOSES:
                found.append(f"{model._meta.label}.{field_name}: unknown purpose {purpose!r}")
        found.extend(
            f"{model._meta.label}.{name}: declared impersonal but does not exist"
            for name in sorted(model.impersonal - names)
        )
        found.extend(
            f"{model._meta.label}.{field.name}: neither personal nor impersonal"
            for field in model._meta.concrete_fields
            if _may_tell(field)
            and field.name not in model.personal
            and field.name not in model.impersonal
        )
    found.extend(
        f"{label}: a library's table that nobody looked at"
        for label in sorted(_tables_of_libraries() - set(_OF_LIBRARIES) - _NOBODY_IN)
    )
    return sorted(found)


def _tables_of_libraries() -> set[str]:
    return {model._meta.label for model in apps.get_models() if not issubclass(model, Base)}


def _ours() -> list[type[Base]]:
    return [model for model in apps.get_models() if issubclass(model, Base)]


def _may_tell(field: "models.Field[Any, Any]") -> bool:
    if isinstance(field, models.ForeignKey):
        return field.related_model._meta.label == settings.AUTH_USER_MODEL
    if isinstance(field, models.SlugField):
        return False
    return isinstance(field, _TEXTUAL) and not field.choices
