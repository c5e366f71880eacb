"""What every page must satisfy in a real browser."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules are all applied, but only what they find wrong is described: two thirds of the time go
# into describing all that is right.
_DEFECTS = """
async options => (await axe.run(document, options)).violations.map(
    defect => [defect.id, defect.nodes.map(node => node.target.join(" "))]
)
"""


def axe(page: Page) -> list[tuple[str, list[str]]]:
    """Return the accessibility defects of the page as (rule, elements); none is []."""
    if page.evaluate("() => typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(_DEFECTS, {"runOnly": RULES, "resultTypes": ["violations"]})
    return [(rule, elements) for rule, elements in found]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window; 0 is right."""
    return page.evaluate(
        "() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"
    )


def why_not_checkable() -> str:
    """Say what this machine lacks to check HTML, or nothing."""
    if shutil.which("java") is None:
        return "Java is missing"
    return "" if VNU.exists() else "vnu-jar is missing (npm)"


def invalid_html(files: Iterable[Path]) -> list[str]:
    """Return the HTML errors of the files, found by one run of the W3C checker (3 s or more)."""
    done = subprocess.run(
        ["java", "-jar", str(VNU), "--errors-only", "--format", "json", *map(str, files)],
        capture_output=True,
        text=True,
    )
    return [
        f"{Path(message.get('url', '')).name}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(done.stderr)["messages"]
    ]
