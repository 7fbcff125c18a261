"""Run every benchmark and print its figures (`make bench`); name some to run only those: `python -m bench page reading`."""

import importlib
import platform
import sys
from pathlib import Path


def main() -> None:
    """Print the machine, then each benchmark's own lines."""
    names = sys.argv[1:] or sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    print(f"{platform.platform()}, Python {platform.python_version()}, {platform.processor() or platform.machine()}")
    for name in names:
        print(f"\n== {name}")
        sys.argv = [name]  # a benchmark that takes options of its own sees none of ours
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
