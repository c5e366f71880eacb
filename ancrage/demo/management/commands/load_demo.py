"""Build the demo's territory."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ancrage.demo.load import DemoAlreadyLoaded, load_demo


class Command(BaseCommand):
    help = "Build the demo's invented territory, once; only where the settings say DEMO."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            message = "The demo's people are invented: load them with the demo settings only."
            raise CommandError(message)
        try:
            loaded = load_demo(now=timezone.now())
        except DemoAlreadyLoaded:
            self.stdout.write("The demo is there already.")
            return
        self.stdout.write(
            f"structures={loaded.structures} people={loaded.people} needs={loaded.needs} "
            f"resources={loaded.resources} candidates={loaded.candidates} "
            f"introductions={loaded.introductions} journeys={loaded.journeys} "
            f"requests={loaded.requests} aids={loaded.aids} events={loaded.events}"
        )
