"""Say what is out of step with the outline, write it, or count how long the lessons are.

python -m tools.outline            report; exit status 1 if anything is out of step
python -m tools.outline --write    put it in step
python -m tools.outline lengths    print how long each lesson takes, and which takes too long
"""

import argparse
import sys
from pathlib import Path

from tools.notebooks.execute import write_if_changed
from tools.outline import lengths, links
from tools.outline.files import Findings, examine
from tools.outline.read import ROOT, OutlineError, read_outline


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Do the command; return the exit status, 1 if something is out of step or wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.outline", description=__doc__.partition("\n")[0])
    parser.add_argument("command", nargs="?", choices=["lengths"], help="count how long the lessons are")
    parser.add_argument("--write", action="store_true", help="put the files in step; otherwise they are named")
    parser.add_argument(
        "--from-remote",
        action="store_true",
        help="first write owner and repository of the git remote origin into pyproject.toml",
    )
    options = parser.parse_args(arguments)
    try:
        outline = read_outline(root)
        if options.from_remote:
            links.write_repository(links.remote_address(root), root)
        repository = links.read_repository(root)
        findings = examine(root, outline, repository)
    except OutlineError as error:
        print(error, file=sys.stderr)
        return 1
    for problem in findings.problems:
        print(problem, file=sys.stderr)
    if options.command == "lengths":
        print(lengths.report(outline, findings.lengths))
        return int(bool(findings.problems))
    _put_in_step(findings, root, options.write)
    print(f"badges and setup cells point at {repository.owner}/{repository.name}, tag {repository.tag}")
    return int(bool(findings.problems) or (bool(findings.stale) and not options.write))


def _put_in_step(findings: Findings, root: Path, write: bool) -> None:
    """Write the files that are out of step, or name them."""
    for path, (old, new) in findings.stale.items():
        if write:
            write_if_changed(path, old, new)
        print(f"{path.relative_to(root)}: {'written' if write else 'out of step (make outline)'}")


if __name__ == "__main__":
    sys.exit(main())
