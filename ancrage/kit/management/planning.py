"""What the commands that plan have in common: a file in, a judged plan out."""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ancrage.kit.management.reading import BadFile, text_of, write

# What the file says may be wrong: like a wrong option, that is not a failure of the program.
BAD_INPUT = 2

OutOfTime = Callable[[], bool]


class PlanCommand(BaseCommand):
    """Reads an instance, plans, has the judge look, writes the plan or its summary."""

    # It reads a file and writes another: no database, no settings to check.
    requires_system_checks: list[str] = []
    takes = "INSTANCE.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("instance", type=Path, help=self.takes)
        parser.add_argument("--out", type=Path, help="where to write the plan (default: print it)")
        parser.add_argument("--seconds", type=float, help="when to stop searching")

    def planned(self, text: str, out_of_time: OutOfTime, **options: Any) -> tuple[str, str]:
        """Return the plan as JSON and its summary in words; `options` are those asked for.

        Raises `BadFile`.
        """
        raise NotImplementedError

    def handle(self, *_args: str, **options: Any) -> None:
        seconds = options["seconds"]
        end = None if seconds is None else time.monotonic() + seconds
        try:
            plan, summary = self.planned(
                text_of(options["instance"]),
                lambda: end is not None and time.monotonic() >= end,
                **options,
            )
            if options["out"] is not None:
                write(options["out"], plan)
        except BadFile as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        self.stdout.write(plan if options["out"] is None else summary)

    def tell_ignored(self, keys: Iterable[str]) -> None:
        """Say which keys of the file mean nothing here."""
        if ignored := sorted(keys):
            self.stderr.write(f"Clés ignorées : {', '.join(ignored)}.")


def refuse(wrong: list[Any]) -> None:
    """Never announce a plan that the judge refuses: that is a defect of ours."""
    if wrong:
        raise AssertionError(f"the judge refuses this plan: {wrong[:5]}")
