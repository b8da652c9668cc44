"""What makes a rendered set good to learn from: networks trained on sets that each lack a part.

Run it from the repository: ``python -m benchmarks.transfer_ablations`` (``--help`` lists the options).  It needs LFW,
as `benchmarks.transfer` does, whose networks, recipe and way to score these are.  All are trained for the same time,
each on pictures that differ from those of the first row in one thing.  They are compared on LFW's View 1 alone: what is
learnt here is meant for choices, and View 2 is not for choosing.  Trained networks and rendered sets are kept, and what
was interrupted goes on where it stopped: run the same command again.
"""

from course_utils import environment

environment.setup()

from dataclasses import replace

from benchmarks.transfer.command_line import parse
from benchmarks.transfer.people import SIZE, People
from benchmarks.transfer.real_faces import RealFaces, version
from benchmarks.transfer.recipe import Recipe
from benchmarks.transfer.table import measure_all, record
from course_utils.datasets import load_faces

SOME = People(people=240)
ABLATIONS = {
    "240 people, 20 pictures": (SOME, Recipe()),
    "120 people": (replace(SOME, people=120), Recipe()),
    "5 pictures of each": (replace(SOME, per_person=5), Recipe()),
    "nobody has hair": (replace(SOME, fixed="hair"), Recipe()),
    "always the same light": (replace(SOME, fixed="light"), Recipe()),
    "always a neutral face": (replace(SOME, fixed="expression"), Recipe()),
    "not augmented": (SOME, Recipe(augmented=False)),
}


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the table and store it."""
    summary = __doc__.split("\n")[0]
    options = parse("transfer_ablations", summary, list(ABLATIONS), arguments, beyond_view1=False)
    real = RealFaces(load_faces("lfw", size=SIZE))
    rows = measure_all(ABLATIONS, real, options)
    record("transfer_ablations", rows, options, version(real.lfw))


if __name__ == "__main__":
    main()
