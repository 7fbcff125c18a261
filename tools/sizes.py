"""Hold the house's size limits: no file over 500 lines, 90 % of files under 300, no function over 60 lines.

Counts the Python files of src/tawthiq, migrations excepted. Prints what is over a limit and exits with 1.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE_LINES, MOST_FILES_LINES, MOST_FILES_SHARE, FUNCTION_LINES = 500, 300, 0.9, 60


def long_functions(path: Path) -> list[str]:
    """Functions of a file that outgrew the limit, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    sizes = [((node.end_lineno or node.lineno) - node.lineno + 1, node) for node in functions]
    return [f"{path}:{node.lineno} {node.name}: {size} lines" for size, node in sizes if size > FUNCTION_LINES]


def main() -> int:
    """Check every file; 1 when a limit is passed."""
    files = [path for path in (ROOT / "src" / "tawthiq").rglob("*.py") if "migrations" not in path.parts]
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    faults = [f"{path}: {count} lines" for path, count in lines.items() if count > FILE_LINES]
    small = sum(count < MOST_FILES_LINES for count in lines.values())
    if small < MOST_FILES_SHARE * len(files):
        faults.append(f"only {small} of {len(files)} files are under {MOST_FILES_LINES} lines")
    for path in files:
        faults.extend(long_functions(path))
    print("\n".join(faults) or f"sizes hold: {len(files)} files, {small} under {MOST_FILES_LINES} lines")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
