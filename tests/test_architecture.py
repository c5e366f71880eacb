"""The layers hold, and the checks that guard them see what they should."""

import ast
import inspect
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "ancrage"
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
# Folders that are not apps with models, rules and services.
TECHNICAL = {"api", "config", "core", "demo", "kit", "web"}
# A file longer than this becomes a folder of the same name.
LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_VIEW = 450, 600, 25

# Each planted import (file, line) and the words by which the contracts must denounce it.
PLANTED = {
    "ancrage/needs/models.py": (
        "from ancrage.web import access",
        "ancrage.needs is not allowed to import ancrage.web",
    ),
    "ancrage/partners/queries.py": (
        "import ancrage.needs.models",
        "ancrage.partners is not allowed to import ancrage.needs",
    ),
    "ancrage/resources/models.py": (
        "import ancrage.candidates.models",
        "ancrage.resources is not allowed to import ancrage.candidates",
    ),
    "ancrage/territory/models.py": (
        "import ancrage.territory.services",
        "ancrage.territory.models is not allowed to import ancrage.territory.services",
    ),
    "ancrage/core/flows/planted.py": (
        "import django",
        "ancrage.core is not allowed to import django",
    ),
    "ancrage/core/flows/judge.py": (
        "import ancrage.core.flows.matching",
        "ancrage.core.flows.judge is not allowed to import ancrage.core.flows.matching",
    ),
    "ancrage/candidates/queries.py": (
        "import ancrage.core.flows.planted",
        "ancrage.candidates.queries -> ancrage.core.flows.planted",
    ),
    "ancrage/web/offers/links.py": (
        "import ancrage.web.public",
        "ancrage.web.offers is not allowed to import ancrage.web.public",
    ),
}


def python_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def domain_apps() -> set[str]:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return folders - TECHNICAL


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """An empty tree with our folders and our contracts."""
    folders = [path.parent.relative_to(ROOT) for path in PACKAGE.rglob("__init__.py")]
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "__init__.py").touch()
    for app in domain_apps():
        for module in ("models", "queries", "services"):
            if not (tmp_path / "ancrage" / app / module).exists():
                (tmp_path / "ancrage" / app / f"{module}.py").touch()
    for module in ("planted", "matching"):
        (tmp_path / "ancrage" / "core" / "flows" / f"{module}.py").touch()
    # An exception granted to one import of ours meets nothing in an empty tree.
    contracts = (ROOT / "pyproject.toml").read_text()
    lenient = 'unmatched_ignore_imports_alerting = "none"\nignore_imports = ['
    (tmp_path / "pyproject.toml").write_text(contracts.replace("ignore_imports = [", lenient))
    return tmp_path


def test_layers_hold():
    done = lint_imports(ROOT)

    assert done.returncode == 0, done.stdout + done.stderr


def test_layers_hold_in_an_empty_tree(skeleton: Path):
    done = lint_imports(skeleton)

    assert done.returncode == 0, done.stdout + done.stderr


def test_layers_denounce_each_planted_import(skeleton: Path):
    for name, (line, _denunciation) in PLANTED.items():
        (skeleton / name).write_text(f"{line}\n")
    (skeleton / "ancrage" / "elsewhere").mkdir()
    (skeleton / "ancrage" / "elsewhere" / "__init__.py").touch()

    done = lint_imports(skeleton)

    seen = " ".join(done.stdout.split())
    assert done.returncode == 1
    assert [words for _line, words in PLANTED.values() if words not in seen] == []
    assert "ancrage.elsewhere" in seen


def test_every_app_is_under_the_contract_of_its_inside():
    inside = next(contract for contract in CONTRACTS["contracts"] if contract["id"] == "inside")

    assert {name.removeprefix("ancrage.") for name in inside["containers"]} == domain_apps()


def imported_names(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_nothing_hangs_on_a_signal():
    banned = ("django.dispatch", "django.db.models.signals", "django.core.signals")

    hanging = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files(PACKAGE)
        for name in sorted(imported_names(path))
        if name.startswith(banned)
    ]

    assert hanging == []


def test_files_have_a_bearable_length():
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for folder, most in ((PACKAGE, LONGEST_FILE), (ROOT / "tests", LONGEST_TEST_FILE))
        for path in python_files(folder)
        if (lines := len(path.read_text().splitlines())) > most
    ]

    assert long == []


def body_lines(function: ast.FunctionDef) -> int:
    """Lines between the signature and the end, the docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_view_fits_one_screen():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {body_lines(node)}"
        for path in python_files(PACKAGE / "web")
        if "views" in path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and body_lines(node) > LONGEST_VIEW
    ]

    assert long == []


def test_no_model_has_a_hidden_order():
    ordered = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("ancrage.") and model._meta.ordering
    ]

    assert ordered == []


def test_no_day_is_read_off_a_moment_kept_in_utc():
    """The database gives moments in UTC, where a day begins one or two hours late."""
    read = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files(PACKAGE)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"date", "time", "strftime"}
        and re.search(r"(?:\bnow|\b\w+_at|\bat)$", ast.unparse(node.func.value))
    ]

    assert read == []


def service_modules() -> Iterator[ModuleType]:
    for app in sorted(domain_apps()):
        for path in sorted(PACKAGE.glob(f"{app}/services*/**/*.py")) or [
            *PACKAGE.glob(f"{app}/services.py")
        ]:
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield import_module(".".join(part for part in parts if part != "__init__"))


def test_what_takes_an_actor_or_a_clock_takes_keywords_only():
    """`publish_need(need, user, now)` would let two arguments change places unseen."""
    positional, seen = [], 0
    for module in service_modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = inspect.signature(function).parameters
            ours = function.__module__ == module.__name__ and not name.startswith("_")
            if not ours or not {"by", "now"} & set(parameters):
                continue
            seen += 1
            if any(p.kind is p.POSITIONAL_OR_KEYWORD for p in parameters.values()):
                positional.append(f"{module.__name__}.{name}")

    assert positional == []
    assert seen > 20
