"""Try the checkers with wrong solutions: ``python -m tools.mutants``, or of lessons or exercises, ``... 3 5.2``.

The exit status is 1 if a wrong solution passes that is not listed in ``survivors.toml``.
"""

import argparse
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tools.mutants.report import HEAD, is_good, remarks, row, skipped, sort_verdicts
from tools.mutants.solutions import Solution, read_solutions
from tools.mutants.survivors import read_survivors
from tools.mutants.verdicts import Verdict, ask_all


def main(words: list[str] | None = None) -> int:
    """Print a line for each exercise as soon as its mutants are judged, then what is to be looked at."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("chosen", nargs="*", help="lessons or exercises, such as 3 or 5.2; default: all")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes")
    options = parser.parse_args(words)
    found = [one for one in read_solutions() if is_chosen(one.exercise, options.chosen)]
    if not found:
        parser.error(f"No exercise with code is named {' or '.join(options.chosen)}.")
    survivors, results = read_survivors(), []
    print(HEAD)
    for solution, verdicts in zip(found, all_verdicts(found, options.workers), strict=True):
        if solution.missing:
            print(skipped(solution))
            continue
        results.append(sort_verdicts(solution.exercise, verdicts, survivors))
        print(row(solution.exercise, results[-1:]), flush=True)
    print(row("all", results), *remarks(results), sep="\n")
    return 0 if is_good(results) else 1


def is_chosen(exercise: str, chosen: list[str]) -> bool:
    """Tell whether an exercise is among those that are named, by itself or with its lesson."""
    return not chosen or exercise in chosen or exercise.partition(".")[0] in chosen


def all_verdicts(found: list[Solution], workers: int) -> Iterator[list[Verdict]]:
    """Yield the verdicts on the mutants of each solution, from several processes or from this one."""
    if workers == 1:
        yield from map(ask_all, found)
        return
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(ask_all, found)


if __name__ == "__main__":
    sys.exit(main())
