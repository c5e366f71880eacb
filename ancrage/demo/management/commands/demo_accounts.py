"""Print who may be played in the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from ancrage.accounts.demo import demo_accounts
from ancrage.demo.people import PASSWORD


class Command(BaseCommand):
    help = "Print the demo's accounts and their password; nothing outside the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = demo_accounts()
        width = max((len(account.email) for account in accounts), default=0)
        for account in accounts:
            self.stdout.write(f"  {account.email:<{width}}  {account.name} – {account.part}")
        if accounts:
            self.stdout.write(f"  mot de passe : {PASSWORD}")
