"""Six optimizers on the article's layers, each at Keras's default rate and at its own best: lesson 03's table.

Run it from the repository: ``python -m benchmarks.optimizer_comparison``; it took 15 minutes on two busy cores.  Each
finished run is kept in the course's cache, so that what was interrupted goes on where it stopped.

Fixed before the first run: six learning rates for each optimizer; the rate with the lowest training loss at the end of
forty steps, on average over the starts 100 and 101, is taken; the table is about the starts 0 to 5.  The pictures that
are not trained on take part in no choice.

Parts of the table, by ``part``:

- ``search``: the late training loss of each optimizer at each rate, for the two starts of the search;
- ``report``: what each optimizer reaches at Keras's default rate and at the rate that was found;
- ``warm-up``: Adam at large rates, with the whole rate at once and with a rise over ten steps;
- ``range``: the loss of each step of a range test with Adam, for six starts.
"""

from course_utils import environment

environment.setup()

import numpy as np

from benchmarks.fingerprints import code_of, fingerprint
from benchmarks.kept_runs import kept, use_one_thread
from course_utils import datasets, results, training
from course_utils.protocols import optimizer_comparison as shared
from course_utils.protocols.optimizer_comparison import KINDS, Trainee, late_loss

SEARCH_SEEDS, SEEDS = (100, 101), range(6)  # to choose a rate, and to report
WARM_UP, LARGE_RATES = 10, (0.003, 0.01)
RISING, RANGE_SEEDS = np.geomspace(1e-5, 0.1, 80), range(6)
INTERVALS = {"student_t": ["loss", "train", "others", "dead"]}
CODE = code_of(shared, training.FreshStarts)
MOST = 99.0  # what is stored for a loss that is larger, or no number


class Runs:
    """Trains what was not trained before."""

    def __init__(self):
        self._trainees: dict[str, Trainee] = {}
        self._faces = datasets.load_faces("lfw_subset")

    def trainee(self, name: str) -> Trainee:
        """Return the network with this optimizer, which is translated once."""
        if name not in self._trainees:
            self._trainees[name] = Trainee(KINDS[name].make())
        return self._trainees[name]

    def run(self, name: str, rate: float, seed: int, warmup_steps: int = 0) -> dict[str, float]:
        """Return the scores of one run, from the cache if it was made before."""

        def measure() -> dict[str, float]:
            trainee = self.trainee(name)
            loss = late_loss(trainee.train(seed, rate, warmup_steps))
            return {"loss": min(loss, MOST), **trainee.look()}

        pictures = fingerprint(self._faces)
        return kept("optimizer_comparison", [pictures, CODE, name, rate, seed, warmup_steps], measure)


def row(runs: list[dict[str, float]], **what) -> dict:
    """Return a row of the table, and print it."""
    stored = {**what, "runs": [{name: round(score, 4) for name, score in run.items()} for run in runs]}
    shown = results.complete(stored, INTERVALS)
    scores = "  ".join(f"{name} {shown[name]:.3f}" for name in ("loss", "train", "others", "dead"))
    print(*what.values(), scores, sep="  ", flush=True)
    return stored


def search(runs: Runs, name: str) -> tuple[float, list[dict]]:
    """Return the rate with the lowest late training loss, and the rows that say so."""
    rows = [
        row([runs.run(name, rate, seed) for seed in SEARCH_SEEDS], part="search", optimizer=name, rate=rate)
        for rate in KINDS[name].rates
    ]
    means = [np.mean([run["loss"] for run in entry["runs"]]) for entry in rows]
    return KINDS[name].rates[int(np.argmin(means))], rows


def main() -> None:
    """Measure, print and store the table."""
    use_one_thread()
    runs, rows = Runs(), []
    for name, kind in environment.progress(KINDS.items(), "optimizers"):
        found, searched = search(runs, name)
        rows += searched
        for chosen, rate in (("default", kind.default), ("searched", found)):
            scores = [runs.run(name, rate, seed) for seed in SEEDS]
            rows.append(row(scores, part="report", optimizer=name, chosen=chosen, rate=rate))
    for rate in LARGE_RATES:
        for warmup_steps in (0, WARM_UP):
            scores = [runs.run("Adam", rate, seed, warmup_steps) for seed in SEEDS]
            rows.append(row(scores, part="warm-up", optimizer="Adam", rate=rate, warmup_steps=warmup_steps))
    for seed in RANGE_SEEDS:
        losses = [round(min(loss, MOST), 3) for loss in runs.trainee("Adam").range_test(seed, RISING)]
        rows.append({"part": "range", "optimizer": "Adam", "seed": seed, "losses": losses})
    results.store("optimizer_comparison", rows, INTERVALS)


if __name__ == "__main__":
    main()
