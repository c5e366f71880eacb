"""Let the first person in: whoever administers the platform gives everybody else their rights."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ancrage.accounts.queries import account_of
from ancrage.accounts.services import grant_administration, open_account


class Command(BaseCommand):
    help = (
        "Confide the administration of the platform to the account of that address, opened if"
        " need be without a password: its owner signs in by a code sent to them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="address of the administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            user = account_of(options["email"]) or open_account(
                email=options["email"], by=None, now=now
            )
            grant_administration(user=user, by=None, now=now)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self.stdout.write(f"administrator: account {user.pk}")
