"""Execute, normalise or check notebooks: ``python -m tools.notebooks --help``."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tools.notebooks.execute import NotebookError, execute, write_if_changed
from tools.notebooks.tidy import ROOT, find_problems, normalise, read_notebook, write_notebook

MIB = 2**20


def lessons() -> list[Path]:
    """Return the lessons, then the solutions of their exercises."""
    folder = ROOT / "notebooks"
    return sorted(folder.glob("*.ipynb")) + sorted(folder.glob("solutions/*.ipynb"))


def refuse_generated(path: Path) -> None:
    """Raise NotebookError for a notebook that is made from another one: it has no outputs of its own to keep."""
    source = read_notebook(path.read_text(encoding="utf-8")).metadata.get("course", {}).get("generated_from")
    if source:
        raise NotebookError(f"{path} is generated: correct {source}, then run `make exercises`")


def execute_one(path: Path, fresh: bool, unchanged: bool) -> str:
    """Execute a notebook and say what it took."""
    report = execute(path, fresh, unchanged)
    memory = "" if report.peak_memory is None else f"{report.peak_memory / MIB:6.0f} MiB  "
    return f"{report.seconds:6.1f} s  {memory}{'changed' if report.changed else 'unchanged'}"


def normalise_one(path: Path) -> str:
    """Normalise a notebook without running it and say whether that changed it."""
    text = path.read_text(encoding="utf-8")
    changed = write_if_changed(path, text, write_notebook(normalise(read_notebook(text))))
    return "changed" if changed else "unchanged"


def check_one(path: Path) -> str:
    """Check a notebook without running it; raise NotebookError with all that is wrong."""
    problems = find_problems(path.read_text(encoding="utf-8"))
    lines = [
        f"{f'cell [{number}]' if number else 'notebook'}: {message}"
        for number, messages in problems.items()
        for message in messages
    ]
    if lines:
        raise NotebookError("\n  ".join([f"{path}:", *lines]))
    return "in order"


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.notebooks", description=__doc__)
    parser.add_argument("command", choices=["execute", "normalise", "check"])
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all lessons and solutions")
    parser.add_argument("--fresh", action="store_true", help="execute: take new outputs also where the stored ones fit")
    parser.add_argument(
        "--unchanged", action="store_true", help="execute: keep all outputs, and fail if one does not fit any more"
    )
    return parser.parse_intermixed_args(arguments)  # options may stand before the notebooks too


def main(arguments: list[str] | None = None) -> int:
    """Do the command for each notebook, one line each; go on after a failure, and return 1 if there was one."""
    options = parse_arguments(arguments)
    commands: dict[str, Callable[[Path], str]] = {
        "execute": lambda path: execute_one(path, options.fresh, options.unchanged),
        "normalise": normalise_one,
        "check": check_one,
    }
    failed = False
    for path in options.notebooks or lessons():
        try:
            if path.exists() and not path.is_file():
                raise NotebookError(f"{path}: not a regular file")
            refuse_generated(path)
            print(f"{path.name:45} {commands[options.command](path)}", flush=True)
        except NotebookError as error:
            print(error, file=sys.stderr, flush=True)
            failed = True
        except UnicodeDecodeError as error:
            print(f"{path}: it is no text in UTF-8 (byte {error.start})", file=sys.stderr, flush=True)
            failed = True
        except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:  # the last: a malformed notebook
            print(f"{path}: {error}", file=sys.stderr, flush=True)
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
