"""Measure what too few training people of one group do to that group's error rates, and what helps: lesson 11's tables.

Run it from the repository: ``python -m benchmarks.bias_audit``.  Each finished training is kept in the course's cache,
so what was interrupted goes on where it stopped: run the same command again.  ``--draws 2`` measures less.

Protocol, fixed before the first run; `course_utils.protocols.bias_audit` is its code, which the lesson uses too.

- *Groups*: two halves of the scale of skin tone, called lighter and darker: 160 training people each, 40 of "dev" and
  40 of "test".  In this set, head shape, eyes and hair go together with the tone.  So the table is about these two
  groups, and not about tone alone, and it says nothing about groups of real people.
- *Conditions*: 64 people, of whom 56 are lighter and 8 darker, or 32 and 32, or 8 and 56; the first of these with the
  loss reweighted, so that both groups count the same; and 112 people, 56 of each.  All have the same number of batches.
- *Draws*: the training people are drawn again for each run, and the weights get another seed.  In one draw, the
  conditions share people, so the difference of two conditions is computed draw by draw (`metrics.mean_interval`).
- *Threshold*: the one at which 5 % of all non-mated comparisons of "dev" match, both groups together.  For the row with
  a threshold for each group, 5 % of the comparisons within that group.
- *Scores*: false match and false non-match rate on "test", of all pairs within a group.  Intervals by people
  are computed in each run; the interval over draws says what other training people and another training would change.
- *Not trained*: a network that finds the nearest mean embedding of its own training pictures in fewer than 0.9 of the
  cases has no verdict.
"""

from course_utils import environment

environment.setup()

import argparse
from dataclasses import asdict
from functools import lru_cache, partial

import keras
import numpy as np

from benchmarks import kept_runs
from benchmarks.fingerprints import code_of
from course_utils import audit, losses, metrics, results, training
from course_utils.datasets import FaceDataset, load_faces, rendered
from course_utils.protocols import bias_audit as shared
from course_utils.protocols.bias_audit import CONDITIONS
from course_utils.protocols.embedding_losses import nearest_right
from course_utils.protocols.overfitting import outputs_of

DRAWS = 10
TRAIN_PICTURES, PICTURES = 12, 10  # of each training person; of each person on whom it is measured
OWN_THRESHOLDS = "few darker, a threshold for each group"
METHODS = {
    "people": "interval as measured, runs not stored: of the comparisons of each group, by a bootstrap of its people "
    "(metrics.identity_interval) or by people (metrics.person_interval)"
}
PROTOCOL = [
    *code_of(losses, training.PeopleBatches, metrics, audit, shared),
    *(TRAIN_PICTURES, PICTURES),
]


@lru_cache
def part(name: str) -> FaceDataset:
    """Return the people on whom is chosen ("dev") or measured ("test"), loaded once in each process."""
    return load_faces("rendered", split=name, pictures=PICTURES, size=shared.SIDE)


def measure_run(name: str, draw: int) -> dict:
    """Train once; return the error rates by group, by one threshold and by one for each group."""
    condition = CONDITIONS[name]
    faces = shared.training_faces(condition, draw, TRAIN_PICTURES)
    network = shared.train(faces, condition.reweighted, seed=draw)
    learned = outputs_of(network, faces.images)
    return {"train": nearest_right(learned, faces.labels, learned, faces.labels)} | audited(
        *(outputs_of(network, part(where).images) for where in ("dev", "test"))
    )


def audited(of_dev: np.ndarray, of_test: np.ndarray) -> dict:
    """Return what the embeddings of the people of "dev" and of "test" give: thresholds, rates, intervals by people."""
    dev, test = part("dev"), part("test")
    first, second, mated = metrics.all_pairs(dev.labels)
    one = metrics.threshold_at(metrics.cosine_similarity(of_dev, first, second), mated, shared.RATE)
    own = audit.thresholds_by_group(of_dev, dev.labels, shared.group_of_each(dev), shared.RATE)
    return {
        "dev_eer": {group: error_of(of_dev, dev, group) for group in own},
        "one": rates_of(of_test, test, one),
        "own": rates_of(of_test, test, own),
    }


def error_of(embeddings: np.ndarray, faces: FaceDataset, group: str) -> float:
    """Return the equal error rate of all pairs within a group."""
    chosen = np.flatnonzero(shared.group_of_each(faces)[faces.labels] == group)
    first, second, mated = metrics.all_pairs(faces.labels[chosen])
    return metrics.equal_error_rate(metrics.cosine_similarity(embeddings[chosen], first, second), mated)


def rates_of(embeddings: np.ndarray, faces: FaceDataset, threshold) -> dict[str, dict]:
    """Return the rates of each group with their intervals by people, and how much people differ."""
    by_group = audit.rates_by_group(embeddings, faces.labels, shared.group_of_each(faces), threshold)
    return {
        group: {
            "fmr": asdict(rates.false_match),
            "fnmr": asdict(rates.false_non_match),
            "deviation": float(rates.by_person.std(ddof=1)),
        }
        for group, rates in by_group.items()
    }


def kept(job: tuple[str, int]) -> dict:
    """Return the scores of one training, from the cache if it was done before."""
    settings = [*job, rendered.version(), keras.backend.backend(), PROTOCOL, code_of(measure_run, audited, rates_of)]
    return kept_runs.kept("bias_audit", settings, partial(measure_run, *job))


def do(job: tuple[str, int]) -> None:
    """Do one training, if it was not done before."""
    kept(job)
    keras.backend.clear_session()


def as_stored(run: dict, thresholds: str = "one") -> dict:
    """Return the scores of one run for its row: rates by group, and the gap between the groups."""
    stored, bounds = {"train": round(run["train"], results.DIGITS)}, {}
    for group, rates in run[thresholds].items():
        for kind in ("fmr", "fnmr"):
            name = f"{group}_{kind}"
            stored[name] = round(rates[kind]["value"], results.DIGITS)
            bounds[f"{name}_people"] = {
                **{bound: round(rates[kind][bound], results.DIGITS) for bound in ("low", "high")},
                "by": "people",
            }
        stored[f"{group}_dev_eer"] = round(run["dev_eer"][group], results.DIGITS)
        stored[f"{group}_deviation"] = round(rates["deviation"], results.DIGITS)
    for kind in ("fmr", "fnmr"):
        stored[f"{kind}_gap"] = round(stored[f"darker_{kind}"] - stored[f"lighter_{kind}"], results.DIGITS)
    return stored | {results.AS_MEASURED: bounds}


def table(draws: range) -> list[dict]:
    """Return a row for each condition, and one for thresholds of the groups' own."""
    rows = []
    for name, condition in CONDITIONS.items():
        runs = [kept((name, draw)) for draw in draws]
        rows.append({"condition": name, **asdict(condition), "runs": [as_stored(run) for run in runs]})
        if name == "few darker":
            own = [as_stored(run, "own") for run in runs]
            rows.append({"condition": OWN_THRESHOLDS, **asdict(condition), "runs": own})
    return rows


SCORES = [
    f"{group}_{score}" for group in (shared.LIGHTER, shared.DARKER) for score in ("fmr", "fnmr", "dev_eer")
] + ["train", "fmr_gap", "fnmr_gap"]  # fmt: skip
MEANS = [f"{group}_deviation" for group in (shared.LIGHTER, shared.DARKER)]


def main(arguments: list[str] | None = None) -> None:
    """Train, audit, print and store."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bias_audit", description=__doc__.split("\n")[0])
    parser.add_argument("--workers", type=int, default=2, help="processes; 0: all in this one")
    parser.add_argument("--draws", type=int, default=DRAWS, help="how many draws of training people, at least 2")
    options = parser.parse_args(arguments)
    draws = range(options.draws)
    jobs = [(name, draw) for draw in draws for name in CONDITIONS]
    kept_runs.train_ahead(jobs, options.workers, do, kept_runs.use_one_thread)
    rows = table(draws)
    for row in rows:
        means = {score: round(float(np.mean([run[score] for run in row["runs"]])), 3) for score in SCORES}
        print(f"{row['condition']:40}", means, flush=True)
    results.store("bias_audit", rows, {"student_t": SCORES, "mean": MEANS}, METHODS)


if __name__ == "__main__":
    main()
