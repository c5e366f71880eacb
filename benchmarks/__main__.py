"""Run the measures, all or those named: `./run bench`, `./run bench find_profession`.

A measure is a module of this folder with a `main()` that prints its figures.
"""

import pkgutil
import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(
    module.name
    for module in pkgutil.iter_modules([str(Path(__file__).parent)])
    if not module.name.startswith("_")
)


def main(chosen: list[str]) -> int:
    """Run the measures chosen; with a name that is none, list them and fail."""
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        print(f"Mesures : {', '.join(NAMES)} (inconnu : {', '.join(unknown)})", file=sys.stderr)
        return 2
    for name in chosen or NAMES:
        print(f"== {name}", flush=True)
        import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
