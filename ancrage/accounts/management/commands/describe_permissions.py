"""Write the table of rights: action × role → rows, read from the policies themselves."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Scope, declared

DOCUMENT = Path(settings.PROJECT_ROOT) / "docs" / "permissions.md"
HEAD = """# Rights: action × role → rows

Generated from the policies of the code by `./run manage describe_permissions --write`; a test
keeps it equal to them. A role absent from an action may not do it. Everybody is also a visitor;
the scopes of a person's roles add up.
"""


def document() -> str:
    """Return the whole document, one section a kind of object."""
    lines = [HEAD]
    kind = ""
    for permission, scopes in declared().items():
        prefix, _dot, action = permission.partition(".")
        if prefix != kind:
            kind = prefix
            lines += [f"\n## {kind}\n", "| Action | Role | Rows |", "|---|---|---|"]
        lines += [
            f"| `{action}` | `{role.name}` | {_rows(scopes[role])} |"
            for role in Role
            if role in scopes
        ]
    return "\n".join(lines) + "\n"


def _rows(scope: Scope) -> str:
    """The first sentence of the scope's docstring."""
    sentence = (scope.__doc__ or "").strip().split("\n\n")[0]
    if not sentence:
        message = f"the scope {scope.__qualname__} of {scope.__module__} says nothing of its rows"
        raise ValueError(message)
    return " ".join(sentence.split())


class Command(BaseCommand):
    help = "Print the table of rights, or write docs/permissions.md with --write."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/permissions.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            DOCUMENT.write_text(document(), encoding="utf-8")
        else:
            self.stdout.write(document())
