"""Life projects stand apart: no key and no import leads from who recruits to them, nor back."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from ancrage.welcome.models import LifeProject, RequestMove, TakenDay, WelcomeRequest

RECRUITING = ("candidates", "matching", "needs", "journeys", "events", "api")
# What the tables of the welcome may point to: their own, places, trades, offers, partners, and
# the person, whom privacy alone knows.
POINTED = {
    "accounts.User",
    "partners.Partner",
    "privacy.DataSubject",
    "professions.Profession",
    "resources.Resource",
    "territory.Commune",
    "welcome.LifeProject",
    "welcome.WelcomeRequest",
}
NAMES = {"LifeProject", "WelcomeRequest", "RequestMove", "TakenDay"}


@pytest.mark.parametrize("model", [LifeProject, WelcomeRequest, RequestMove, TakenDay])
def test_table_of_the_welcome_points_to_nothing_of_recruiting(model):
    found = {
        field.related_model._meta.label
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
    }

    assert found - POINTED == set()


def test_no_table_but_those_of_the_welcome_points_to_a_life_project():
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label != "welcome"
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model is not None
        and field.related_model._meta.label in {f"welcome.{name}" for name in NAMES}
    }

    assert pointing == set()


@pytest.mark.parametrize("app", RECRUITING)
def test_whoever_recruits_names_no_life_project(app):
    folders = [Path(settings.PROJECT_ROOT) / "ancrage" / app]
    pages = Path(settings.PROJECT_ROOT) / "ancrage" / "web" / app
    folders += [pages] if pages.exists() else []
    naming = [
        str(path)
        for folder in folders
        for path in folder.rglob("*.py")
        if NAMES & names_in(ast.parse(path.read_text(encoding="utf-8")))
        or "life_project" in path.read_text(encoding="utf-8")
    ]

    assert naming == []


def names_in(tree: ast.AST) -> set[str]:
    """Return the names that a module imports or uses."""
    return {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom)
            else [node.id]
            if isinstance(node, ast.Name)
            else []
        )
    }
