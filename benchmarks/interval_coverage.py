"""Measure how often intervals of a score of comparisons hold the truth, on made-up people.

Run it from the repository: ``python -m benchmarks.interval_coverage``; it takes about a minute of one core.  The
docstrings of `course_utils.metrics.intervals` say which interval to take, because of this table.

Each experiment makes up embeddings: every person has one, every picture differs from it, some people's pictures more
than others'.  Comparisons are scored by the cosine, and the area under the ROC curve gets a 95 % interval by each
method.  The truth is the mean area of many such experiments.  There are two designs:

- *all pairs*: all pairs of three pictures each of 40 people, as Olivetti is scored;
- *list*: 500 mated and 500 non-mated pairs of 500 people, each person in few of them, as LFW's lists are.

A method is right if it holds the truth in 95 of 100 experiments, and if its intervals are as wide as the areas vary:
``width`` is their mean width over 2 times 1.96 standard deviations of the areas of all experiments.
"""

from collections.abc import Callable

import numpy as np

from course_utils import results
from course_utils.environment import progress
from course_utils.metrics import all_pairs, cosine_similarity, dyadic_interval, identity_interval

EXPERIMENTS, REPEATS, SEED = 400, 200, 0
NUMBERS, SPREAD = 8, (0.1, 1.5)  # of an embedding; how much a person's pictures differ, from the least to the most
PICTURES = 3  # of each person
METHODS = {"pigeonhole": identity_interval, "dyadic": dyadic_interval}
INTERVALS = {"wilson": ["coverage"]}

Comparisons = tuple[np.ndarray, np.ndarray, np.ndarray]  # scores; who is in the first picture, who in the second


def pictures_of(people: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return made-up embeddings (people * PICTURES, NUMBERS), and whose they are."""
    labels = np.repeat(np.arange(people), PICTURES)
    spread = random.uniform(*SPREAD, people)[labels, np.newaxis]
    own = random.normal(size=(people, NUMBERS))[labels]
    return own + spread * random.normal(size=own.shape), labels


def every_pair(random: np.random.Generator, people: int = 40) -> Comparisons:
    """Return all pairs of the pictures of some people."""
    embeddings, labels = pictures_of(people, random)
    first, second, _ = all_pairs(labels)
    return cosine_similarity(embeddings, first, second), labels[first], labels[second]


def listed_pairs(random: np.random.Generator, people: int = 500, pairs: int = 500) -> Comparisons:
    """Return as many mated as non-mated pairs, their people drawn at random."""
    embeddings, labels = pictures_of(people, random)
    person, another = random.integers(people, size=pairs), random.integers(people, size=pairs)
    stranger = (another + random.integers(1, people, size=pairs)) % people  # never the same person
    picture = random.integers(PICTURES, size=(4, pairs))
    picture[1] = (picture[0] + random.integers(1, PICTURES, size=pairs)) % PICTURES
    first = PICTURES * np.concatenate([person, another]) + np.concatenate(picture[[0, 2]])
    second = PICTURES * np.concatenate([person, stranger]) + np.concatenate(picture[[1, 3]])
    return cosine_similarity(embeddings, first, second), labels[first], labels[second]


DESIGNS = {"all pairs": every_pair, "list": listed_pairs}


def area(scores: np.ndarray, mated: np.ndarray, weights: np.ndarray) -> float:
    """Return `metrics.roc_auc` of scores of which no two are equal, in a tenth of the time."""
    order = np.argsort(scores)
    mated, weights = mated[order], weights[order]
    lower = np.cumsum(np.where(mated, 0, weights))  # non-mated comparisons with a lower score
    return float((weights * lower)[mated].sum() / weights[mated].sum() / lower[-1])


def measure(design: Callable, experiments: int = EXPERIMENTS, repeats: int = REPEATS) -> dict[str, dict]:
    """Return for each method how often its interval held the truth, and how wide it was for what it should be."""
    random = np.random.default_rng(SEED)
    areas, bounds = [], {name: [] for name in METHODS}
    for number in progress(range(experiments), "experiments"):
        comparisons = scores, first, second = design(random)
        areas.append(area(scores, first == second, np.ones(len(scores))))
        for name, interval in METHODS.items():
            bounds[name].append(interval(area, *comparisons, repeats=repeats, seed=number))
    truth, right_width = np.mean(areas), 2 * 1.96 * np.std(areas, ddof=1)
    rows = {}
    for name, (low, high) in ((name, np.transpose(each)) for name, each in bounds.items()):
        held = int(((low <= truth) & (truth <= high)).sum())
        rows[name] = {
            "successes": held,
            "trials": experiments,
            "width": round(float((high - low).mean()) / right_width, 3),
        }
    return rows


def main() -> None:
    """Measure, print and store the table."""
    rows = [
        {"design": title, "interval": name, **scores}
        for title, design in DESIGNS.items()
        for name, scores in measure(design).items()
    ]
    for row in (results.complete(row, INTERVALS) for row in rows):
        print(f"{row['design']:10} {row['interval']:11} holds the truth {row['coverage']:.3f} "
              f"[{row['low']:.3f}, {row['high']:.3f}]  width {row['width']:.2f}")  # fmt: skip
    results.store("interval_coverage", rows, INTERVALS)


if __name__ == "__main__":
    main()
