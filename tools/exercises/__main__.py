"""Make the exercises from their solutions, or check them: ``python -m tools.exercises build|check``."""

import argparse
import sys
from pathlib import Path

from course_utils import whole_files
from tools.exercises.blanks import ExerciseError
from tools.exercises.generate import FOLDER, generate, orphans, solutions, target

STALE = "is not what its solutions make: correct notebooks/solutions, never this file, then run `make exercises`"


def build(path: Path) -> str:
    """Write the exercises of one notebook of solutions and say whether that changed anything."""
    text, made = generate(path), target(path)
    if made.exists() and made.read_text(encoding="utf-8") == text:
        return "unchanged"
    made.parent.mkdir(exist_ok=True)
    whole_files.write_text(made, text)
    return "written"


def check(path: Path) -> str:
    """Raise ExerciseError unless the exercises of one notebook of solutions are current."""
    text, made = generate(path), target(path)
    if not made.exists() or made.read_text(encoding="utf-8") != text:
        raise ExerciseError(f"exercises/{made.name} {STALE}")
    return "current"


def main(arguments: list[str] | None = None, folder: Path = FOLDER) -> int:
    """Do the command for each notebook, one line each; go on after a failure, and return 1 if there was one."""
    parser = argparse.ArgumentParser(prog="python -m tools.exercises", description=__doc__)
    parser.add_argument("command", choices=["build", "check"])
    parser.add_argument("notebooks", nargs="*", type=Path, help="notebooks of solutions; default: all")
    options = parser.parse_args(arguments)
    command = {"build": build, "check": check}[options.command]
    failed = False
    for path in [path.resolve() for path in options.notebooks] or solutions(folder):
        try:
            print(f"{path.name:45} {command(path)}")
        except ExerciseError as error:
            print(error, file=sys.stderr)
            failed = True
        except (OSError, ValueError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            failed = True
    for path in orphans(folder):
        print(f"exercises/{path.name} has no solutions: delete it", file=sys.stderr)
        failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
