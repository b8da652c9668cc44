"""Look for numbers in texts that nothing computed: lessons, solutions, README and the data card.

python -m tools.prose                         all of them; exit status 1 if a number is found nowhere
python -m tools.prose notebooks/05_*.ipynb    some of them
python -m tools.prose --planted               make each number of the notebooks wrong, and count what is noticed
"""

import argparse
import sys
from pathlib import Path

from course_utils.environment import ROOT
from tools.notebooks.__main__ import lessons
from tools.prose.documents import DOCUMENTS, DocumentTexts
from tools.prose.notebooks import NotebookTexts
from tools.prose.planted import plant_everywhere, summary


def texts_of(path: Path) -> NotebookTexts | DocumentTexts:
    """Return the texts of a notebook or of a document."""
    if path.suffix == ".ipynb":
        return NotebookTexts(path.resolve())
    return DocumentTexts(path.resolve().relative_to(ROOT).as_posix())


def main(arguments: list[str] | None = None) -> int:
    """Check the files, or measure the check; return 1 if a number is found nowhere."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.prose", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, help="default: lessons, solutions, README and data card")
    parser.add_argument("--planted", action="store_true", help="measure how many wrong numbers are noticed")
    options = parser.parse_args(arguments)
    files = options.files or [*lessons(), *(ROOT / name for name in DOCUMENTS)]
    if options.planted:
        notebooks = [path for path in files if path.suffix == ".ipynb"]
        print(summary([plant for path in notebooks for plant in plant_everywhere(NotebookTexts(path.resolve()))]))
        return 0
    problems = [problem for path in files for problem in texts_of(path).problems()]
    print("\n".join(map(str, problems)) or "every number is found", file=sys.stderr if problems else sys.stdout)
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
