"""Measure what an approximate index finds, and how fast, against the exact search in galleries of up to a million.

Run it from the repository: ``python -m benchmarks.gallery_search``.  It needs faiss (``pip install faiss-cpu``), about
4 GiB of memory and three minutes of one core.

The templates are made up (`benchmarks.people_like_ours`): one for each person, with the statistics of what the course's
embedding makes of faces.  A first table holds what is real against what is made up.  The probes are other pictures of
`PROBES` of the people.

- Recall is the fraction of probes for which the index finds the person whom the exact search finds.
- Which fraction of the cells is searched was chosen on templates drawn with another seed: of `FRACTIONS`, the smallest
  one with a recall of at least 0.99 in the two largest galleries.  The table of all fractions is stored; the table of
  the chosen one was measured once, on templates that took no part in the choice.
- Times are those of one thread.  Probe by probe, both searches take turns, so that whatever else the machine does slows
  both; the table has the medians, and the median of the ratios.
"""

from course_utils import environment

environment.setup()

import time
from collections.abc import Callable
from functools import partial

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks import people_like_ours
from benchmarks.kept_runs import use_one_thread
from course_utils import results
from course_utils.environment import progress
from course_utils.gallery import ApproximateIndex, ExactIndex

SIZES = (1_000, 10_000, 100_000, 1_000_000)
PROBES, TIMED, BATCH, BATCHES = 1_000, 100, 100, 5
REAL = 60  # people of whom pairs are compared, to hold what is made up against what is real
SEED, CHOICE_SEED = 0, 1
FRACTIONS = (0.02, 0.05, 0.1, 0.25, 0.5)
INTERVALS = {"wilson": ["recall"]}


def seconds(call: Callable) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def in_turns(first: Callable, second: Callable, inputs: list) -> tuple[float, float, float]:
    """Return the median seconds of two calls that take turns, and the median of the ratios first to second."""
    for call in (first, second):
        call(inputs[0])
    times = np.array([(seconds(lambda: first(each)), seconds(lambda: second(each))) for each in inputs])  # noqa: B023
    slow, fast = np.median(times, axis=0).tolist()
    return slow, fast, float(np.median(times[:, 0] / times[:, 1]))


def gallery_and_probes(
    spread: people_like_ours.Statistics, size: int, probes: int, seed: int
) -> tuple[ExactIndex, np.ndarray]:
    """Return a gallery of so many templates, and other templates of its first people."""
    drawn = people_like_ours.draw(spread, size, 2, seed)
    exact = ExactIndex()
    exact.add(np.arange(size), drawn[:, 0].copy())
    return exact, drawn[:probes, 1].copy()


def one_by_one(pictures: np.ndarray, timed: int) -> list[np.ndarray]:
    """Return the first probes, each as a batch of its own."""
    return [pictures[number : number + 1] for number in range(min(timed, len(pictures)))]


def compare_fractions(
    spread: people_like_ours.Statistics, size: int, probes: int = PROBES, timed: int = TIMED
) -> list[dict]:
    """Return a row for each fraction of the cells that is searched, in a gallery of so many templates."""
    exact, pictures = gallery_and_probes(spread, size, probes, CHOICE_SEED)
    right = exact.search(pictures, 1)[1][:, 0]
    rows = []
    for fraction in FRACTIONS:
        index = ApproximateIndex(exact, probed=fraction, fewest=0)
        found = index.search(pictures, 1)[1][:, 0]
        times = in_turns(
            lambda each: exact.search(each, 1), partial(index.search, count=1), one_by_one(pictures, timed)
        )
        row = {"templates": size, "cells searched": fraction, "successes": int((right == found).sum())}
        rows.append({**row, "trials": len(pictures), "times as fast": round(times[2], 1)})
    return rows


def measure(spread: people_like_ours.Statistics, size: int, probes: int = PROBES, timed: int = TIMED) -> dict:
    """Return a row of the table for a gallery of so many templates."""
    exact, pictures = gallery_and_probes(spread, size, probes, SEED)
    asked = len(pictures)
    index = ApproximateIndex(exact, fewest=0)
    made = seconds(lambda: index.search(pictures[:1], 1))
    right, found = (each.search(pictures, 1)[1][:, 0] for each in (exact, index))
    single = one_by_one(pictures, timed)
    batches = [pictures[start : start + BATCH] for start in range(0, min(asked, BATCH * BATCHES), BATCH)]
    row = {"templates": size, "successes": int((right == found).sum()), "trials": asked}
    for title, inputs in (("", single), (" in batches", batches)):
        slow, fast, ratio = in_turns(lambda each: exact.search(each, 1), lambda each: index.search(each, 1), inputs)
        each = len(inputs[0])
        row |= {f"exact{title}, ms": round(1000 * slow / each, 4), f"index{title}, ms": round(1000 * fast / each, 4)}
        row[f"times as fast{title}"] = round(ratio, 1)
    people = np.arange(asked)
    return row | {
        "index made in, s": round(made, 3),
        "right person, exact": round(float((right == people).mean()), 4),
        "right person, index": round(float((found == people).mean()), 4),
    }


def statistics(templates: np.ndarray, labels: np.ndarray, spread: people_like_ours.Statistics) -> list[dict]:
    """Return a row for real templates and one for made-up ones."""
    some = np.isin(labels, np.unique(labels)[:REAL])
    pictures = int(some.sum() / REAL)
    made_up = people_like_ours.draw(spread, REAL, pictures, SEED).reshape(-1, templates.shape[1])
    return [
        {"of": "rendered people", **people_like_ours.comparison(templates[some], labels[some])},
        {"of": "made up", **people_like_ours.comparison(made_up, np.repeat(np.arange(REAL), pictures))},
    ]


def main() -> None:
    """Measure, print and store the tables."""
    import faiss

    use_one_thread()
    faiss.omp_set_num_threads(1)  # of its own OpenMP
    templates, labels = people_like_ours.templates_of_rendered_people()
    spread = people_like_ours.statistics_of(templates, labels)
    rows = statistics(templates, labels, spread)
    with threadpool_limits(1):
        for size in progress(SIZES, "galleries"):
            rows += compare_fractions(spread, size)
        rows += [measure(spread, size) for size in progress(SIZES, "galleries")]
    for row in rows:
        print(results.complete(row, INTERVALS))
    results.store("gallery_search", rows, INTERVALS)


if __name__ == "__main__":
    main()
