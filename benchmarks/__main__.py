"""Run the measures, all or those named: `./run bench`, `./run bench find_profession`.

A measure is a module of this folder with a `main()` that prints its figures. Each runs in a
process of its own, with the settings and the database that it chooses.
"""

import pkgutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = sorted(
    module.name
    for module in pkgutil.iter_modules([str(Path(__file__).parent)])
    if not module.name.startswith("_")
)


def main(chosen: list[str]) -> int:
    """Run the measures chosen; with a name that is none, list them and fail.

    A measure that fails does not keep the next ones from running; they are named at the end.
    """
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        print(f"Mesures : {', '.join(NAMES)} (inconnu : {', '.join(unknown)})", file=sys.stderr)
        return 2
    failed = []
    for name in chosen or NAMES:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        begun = time.perf_counter()
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
        print(f"   {name} : {time.perf_counter() - begun:.0f} s\n", flush=True)
    if failed:
        print(f"Mesures qui ont échoué : {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
