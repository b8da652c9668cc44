"""Build, check and show the embedded set of rendered people (``python -m tools.rendered_set --help``)."""

import argparse
import sys
from pathlib import Path

from course_utils import whole_files
from course_utils.datasets.unavailable import DatasetUnavailableError, UnusableSourceError
from course_utils.environment import ROOT
from tools.rendered_set import assemble, card, check, people, plan, sheet
from tools.rendered_set.encoding import QUALITY

FOLDER = ROOT / "data" / "rendered"
SHEET = ROOT / "docs" / "people.jpg"


def main(words: list[str]) -> int:
    """Run a command; return the exit status."""
    options = _parser().parse_args(words)
    try:
        return options.command(options)
    except KeyboardInterrupt:
        print("Stopped. Who was finished is kept: the same command goes on from there.", file=sys.stderr)
        return 130
    except (people.RenderingError, UnusableSourceError, DatasetUnavailableError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1


def build(options: argparse.Namespace) -> int:
    """Render and store the set."""
    planned = plan.make_plan(options.people, options.pictures, options.looks, options.seed, options.fixed)
    assemble.build_set(planned, options.folder, options.size, options.workers, quality=options.quality)
    total = sum((options.folder / name).stat().st_size for name in assemble.FILES)
    print(f"{options.people} people, {options.people * options.pictures:,} pictures, {total / 1e6:.1f} MB")
    return 0


def check_again(options: argparse.Namespace) -> int:
    """Compare the stored set with what is rendered now."""
    chosen = None if options.all else options.people
    result = check.check_set(options.folder, chosen, options.workers)
    print("\n".join(result.lines()))
    return 0 if result.same else 1


def draw(options: argparse.Namespace) -> int:
    """Write the contact sheet."""
    picture = sheet.draw_sheet(options.folder, options.people, options.pictures)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with whole_files.replacing(options.output) as part:
        picture.save(part, quality=88, optimize=True)
    print(f"{options.output.name}: {picture.width} x {picture.height}, {options.output.stat().st_size / 1e3:.0f} kB")
    return 0


def write_card(options: argparse.Namespace) -> int:
    """Write the measured numbers into the data card, or tell whether they are the ones there."""
    return card.update(options.folder, only_check=options.check)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.rendered_set", description=__doc__)
    commands = parser.add_subparsers(required=True)

    command = _command(
        commands, "build", build, "render all people (from where an interrupted run stopped), store them"
    )
    command.add_argument("--people", type=int, default=plan.PEOPLE)
    command.add_argument("--pictures", type=int, default=plan.PICTURES, help="of each person")
    command.add_argument("--looks", type=int, default=plan.LOOKS, help="of each person: hair, beard, make-up")
    command.add_argument("--seed", type=int, default=plan.SEED, help="another seed gives other people")
    command.add_argument("--fixed", default="", choices=plan.FIXABLE, help="what does not vary, to measure its worth")
    command.add_argument("--size", type=int, default=people.SIZE, help="height and width, pixels")
    command.add_argument("--quality", type=int, default=QUALITY, help="of the JPEG code")
    command.add_argument("--workers", type=int, default=people.WORKERS, help="processes")

    command = _command(commands, "check", check_again, "render some people again and compare")
    command.add_argument("--people", type=int, default=8, help="how many, spread over the set")
    command.add_argument("--all", action="store_true", help="everybody")
    command.add_argument("--workers", type=int, default=people.WORKERS, help="processes")

    command = _command(commands, "sheet", draw, "draw the first people of the set, a row each")
    command.add_argument("--people", type=int, default=16)
    command.add_argument("--pictures", type=int, default=10)
    command.add_argument("--output", type=Path, default=SHEET, help=".jpg or .png")

    command = _command(commands, "card", write_card, "write the measured numbers into the data card's two pages")
    command.add_argument("--check", action="store_true", help="write nothing; exit status 1 if a number is out of date")
    return parser


def _command(commands, name: str, function, text: str) -> argparse.ArgumentParser:
    """Add a command; each works on one set."""
    command = commands.add_parser(name, help=text, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    flags = ("--output", "--folder") if name == "build" else ("--folder",)
    command.add_argument(*flags, dest="folder", type=Path, default=FOLDER, help="folder of the set")
    command.set_defaults(command=function)
    return command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
