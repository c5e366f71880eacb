"""The documentation names everything that exists, and nothing that does not."""

import ast
import json
import re
import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

from ancrage.accounts.management.commands import describe_permissions

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "ancrage"
DOCS = ROOT / "docs"
# Read by Django itself, before our settings.
READ_ELSEWHERE = {"DJANGO_SETTINGS_MODULE"}


def first_cells(path: Path, title: str) -> list[str]:
    """Names in code type in the first column of the table under a title of a document."""
    section = path.read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return [row.split("`")[1] for row in rows]


def packages_in(path: Path) -> set[str]:
    """Names of the packages that a requirements.in file asks for."""
    lines = path.read_text().splitlines()
    return {
        re.split(r"[\[=<>]", line)[0].lower() for line in lines if line and line[0] not in "#-"
    }


def identifiers() -> set[str]:
    """Every name that the code gives: classes, functions, arguments, fields."""
    names: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, ast.Attribute):
                names.add(node.attr)
    return names


def test_every_command_is_documented():
    ours = {name for name, app in get_commands().items() if app.startswith("ancrage.")}

    assert set(first_cells(DOCS / "operate.md", "Commandes")) == ours


def test_every_daily_round_is_run_and_documented_as_such():
    ours = {name for name, app in get_commands().items() if app.startswith("ancrage.")}
    daily = {name for name in ours if name.startswith(("tend_", "purge"))}
    text = (DOCS / "operate.md").read_text(encoding="utf-8")
    table = text.partition("### Chaque jour\n")[2].partition("\n### ")[0]

    assert set(settings.DAILY_ROUNDS) == daily
    assert len(settings.DAILY_ROUNDS) == len(daily)
    assert re.findall(r"^\| `(\w+)` \| chaque jour, par `run_rounds` \|", table, re.M) == list(
        settings.DAILY_ROUNDS
    )


def test_every_setting_of_the_environment_is_documented():
    read = {
        name
        for path in (PACKAGE / "config").rglob("*.py")
        for name in re.findall(r"\benv(?:\.\w+)?\(\s*\"(\w+)\"", path.read_text(encoding="utf-8"))
    }

    assert set(first_cells(DOCS / "operate.md", "Variables d’environnement")) == (
        read | READ_ELSEWHERE
    )


def test_every_folder_of_the_code_is_on_the_map():
    tree = (DOCS / "architecture.md").read_text(encoding="utf-8")
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert {folder for folder in folders if f"── {folder}/ " not in tree} == set()


def test_every_section_and_every_computation_is_on_the_map():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    sections = {path.parent.name for path in PACKAGE.glob("web/*/urls.py")}
    computations = {path.parent.name for path in PACKAGE.glob("core/*/__init__.py")}

    assert {name for name in sections | computations if f"`{name}`" not in text} == set()


def test_layers_told_are_those_that_hold():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    told = text.partition("## Les couches\n\n```text\n")[2].partition("```")[0]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = contracts["tool"]["importlinter"]["contracts"][0]["layers"]

    assert told.split("\n")[:-1] == [re.sub(r"[()]", "", layer) for layer in layers]


def test_every_domain_app_has_a_page_for_its_users():
    apps = {path.parent.name for path in PACKAGE.glob("*/models*")} - {"kit"}

    assert {app for app in apps if not (DOCS / "features" / f"{app}.md").exists()} == set()


def test_index_of_features_leads_to_every_page_once():
    folder = DOCS / "features"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = sorted(path.name for path in folder.glob("*.md") if path.name != "README.md")

    assert sorted(re.findall(r"^\| \[[^\]]+\]\(([\w-]+\.md)\)", index, re.M)) == pages


def test_every_name_of_the_glossary_is_in_the_code():
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    table = glossary.partition("## Termes du code")[2].partition("\n## ")[0]
    columns = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")]
    named = {name for column in columns for name in re.findall(r"`(\w+)`", column)}

    assert len(named) > 40
    assert named - identifiers() == set()


def test_every_model_is_in_the_glossary():
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    models = {
        node.name
        for path in [*PACKAGE.glob("*/models.py"), *PACKAGE.glob("*/models/*.py")]
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
        and not node.name.endswith(("Manager", "QuerySet"))
        and node.name not in {"Base", "ReferenceRow"}
    }

    assert {name for name in models if f"`{name}`" not in glossary} == set()


def test_every_dependency_has_its_reason():
    text = (DOCS / "adr" / "0003-dependances-et-verrous.md").read_text(encoding="utf-8")
    explained = {row.split("|")[1].strip().lower() for row in text.splitlines() if row[:2] == "| "}
    browser = json.loads((ROOT / "package.json").read_text())
    asked = {
        *(name for lock in ROOT.glob("requirements*.in") for name in packages_in(lock)),
        *browser["dependencies"],
        *browser["devDependencies"],
    }

    assert explained - {"paquet"} == asked


def test_locks_hold_their_hashes_and_no_address():
    for lock in sorted(ROOT.glob("requirements*.txt")):
        text = lock.read_text()
        pinned = re.findall(r"^[\w.-]+==\S+(?: ; [^\\]+)? \\\n    --hash=sha256:", text, re.M)

        assert "://" not in text, lock.name
        assert len(pinned) == len(re.findall(r"^[\w.-]+==", text, re.M)) > 0, lock.name
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_links_between_documents_lead_somewhere():
    documents = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]

    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
        if "://" not in target and not (document.parent / target).exists()
    ]

    assert broken == []


def test_every_requirement_on_personal_data_has_its_place_and_its_proofs():
    table = [
        line
        for line in (DOCS / "data-protection.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| R")
    ]
    tests = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M)
    }

    assert [line.split("|")[1].strip() for line in table] == [f"R{n}" for n in range(1, 14)]
    for line in table:
        *_, place, proofs, _end = line.split("|")
        assert (PACKAGE / place.split("`")[1]).is_file(), place
        named = set(re.findall(r"`(\w+)`", proofs))
        assert named, line
        assert named - tests == set()


def test_table_of_rights_is_that_of_the_policies():
    assert (DOCS / "permissions.md").read_text(encoding="utf-8") == describe_permissions.document()
