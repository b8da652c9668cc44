"""Measure what more people, more pictures and wrong labels do to the error on new people: lesson 07's tables.

Run it from the repository: ``python -m benchmarks.data_size``.  Each finished training is kept in the course's cache,
so what was interrupted goes on where it stopped: run the same command again.  The runs are done by processes of
their own on one core each (``--workers``).

Protocol, fixed before the first run; `course_utils.protocols.data_size` is its code, which the lesson uses too.

- *Networks*: three convolutions and an embedding of 64 numbers, pictures of 32 x 32 pixels, Adam, the learning rate
  falls to 0 along a cosine.  Every training shows equally many pictures.  Two recipes: cross-entropy over people; and
  lesson 08's CosFace with the network of the bias audit, as they were chosen there.  The second recipe was added when
  the first had been measured, so that a result of one recipe is not taken for one of the data.
- *People*: each seed puts the 320 people of "train" in an order of its own; a setting takes the first of it.  So the
  sets of one seed are nested.  Two seeds share people by chance, half of them at 160 people and all at 320: there, the
  spread over seeds says what other initial weights and orders would change, not what other people would.
- *Not trained*: a network that names fewer than 0.9 of its own training pictures as it was told has no verdict.
- *Scores*: the equal error rate of the list of pairs of the part "dev".  Nothing is chosen by these people here, but
  lesson 08 chose the settings of CosFace by them.  The interval by people is computed in each run: it says what other
  new people would change.
- *Power law*: a straight line through the logarithms, fitted to all numbers of people but the largest, which is
  predicted.  It is fitted for each seed by itself.
"""

from course_utils import environment

environment.setup()

import argparse
from dataclasses import asdict
from functools import lru_cache

import keras

from benchmarks import kept_runs
from benchmarks.fingerprints import code_of
from course_utils import losses, metrics, results
from course_utils.datasets import FaceDataset, load_faces, rendered
from course_utils.protocols import bias_audit
from course_utils.protocols import data_size as protocol
from course_utils.protocols.data_size import Setting

SEEDS = range(5)
PEOPLE, PICTURES_IN_ALL = (10, 20, 40, 80, 160, 320), 640
SERIES = {
    "wrong labels": [Setting(160, 8, wrong) for wrong in (0.0, 0.1, 0.2, 0.4)],
    **{
        f"{series}, {recipe}": settings
        for recipe in (protocol.CROSS_ENTROPY, protocol.COSFACE)
        for series, settings in {
            "people": [Setting(people, 8, recipe=recipe) for people in PEOPLE],
            f"pictures at {PICTURES_IN_ALL} in all": [
                Setting(people, PICTURES_IN_ALL // people, recipe=recipe) for people in (320, 160, 80, 40)
            ],
        }.items()
    },
}
METHOD = "dyadic"
AS_MEASURED = {
    METHOD: "interval as measured, runs not stored: of the comparisons, by a pigeonhole bootstrap of people, narrowed "
    "to the dyadic cluster-robust variance, 200 repeats (metrics.dyadic_interval)"
}
SCORES = ("train", "train_true", "error")
# Read when this module is: a file that is edited while the benchmark runs is not what was run.
CODE = [
    *code_of(protocol.draw, protocol.with_wrong_names, protocol.plain_network, protocol.networks, protocol.train),
    *code_of(bias_audit.small_network, losses.CosineLogits, losses.CosFace, protocol.scores, metrics),
    *(bias_audit.CHANNELS, bias_audit.NUMBERS, bias_audit.LEARNING_RATE, bias_audit.MARGIN, bias_audit.SCALE),
    *(protocol.SIDE, protocol.CHANNELS, protocol.EMBEDDING, protocol.BATCH_SIZE, protocol.LEARNING_RATE),
]


@lru_cache
def parts() -> dict[str, FaceDataset]:
    """Return the rendered people to learn from and those who are compared, loaded once in each process."""
    return {name: load_faces("rendered", split=name, size=protocol.SIDE) for name in ("train", "dev")}


def measure(setting: Setting, seed: int, shown: int) -> dict:
    """Train once and return the scores, with the interval by new people."""
    lesson, dev = protocol.draw(parts()["train"], setting, seed), parts()["dev"]
    embedder, classifier = protocol.train(lesson, seed, shown, setting.recipe)
    measured = protocol.scores(embedder, classifier, lesson, dev)
    scores = protocol.comparison_scores(embedder, dev)
    pairs = dev.pairs["dev"]
    low, high = metrics.dyadic_interval(
        metrics.equal_error_rate, scores, dev.labels[pairs.first], dev.labels[pairs.second]
    )
    return measured | {results.AS_MEASURED: {"error": {"low": low, "high": high, "by": METHOD}}}


def kept(setting: Setting, seed: int, shown: int) -> dict:
    """Return the scores of one training, from the cache if it was done before."""
    settings = [asdict(setting), seed, shown, rendered.version(), keras.backend.backend(), CODE]
    return kept_runs.kept("data_size", settings, lambda: measure(setting, seed, shown))


def do(job: tuple[Setting, int, int]) -> None:
    """Do one training, if it was not done before."""
    kept(*job)
    keras.backend.clear_session()


def as_stored(run: dict) -> dict:
    """Return the scores of one run, rounded."""
    bounds = run[results.AS_MEASURED]["error"]
    rounded = {name: round(value, results.DIGITS) for name, value in bounds.items() if name != "by"}
    return {name: round(run[name], results.DIGITS) for name in SCORES} | {
        results.AS_MEASURED: {"error": rounded | {"by": METHOD}}
    }


def table(seeds: range, shown: int) -> list[dict]:
    """Return all rows; runs that two series share are done once."""
    return [
        {
            "series": series,
            **asdict(setting),
            "shown": shown,
            "runs": [as_stored(kept(setting, seed, shown)) for seed in seeds],
        }
        for series, settings in SERIES.items()
        for setting in settings
    ]


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and store the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.data_size", description=__doc__.split("\n")[0])
    parser.add_argument("--workers", type=int, default=2, help="processes; 0: all in this one")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many runs of each setting")
    parser.add_argument("--shown", type=int, default=protocol.SHOWN, help="pictures in a training")
    options = parser.parse_args(arguments)
    seeds = SEEDS[: options.seeds]
    settings = dict.fromkeys(setting for series in SERIES.values() for setting in series)
    jobs = [(setting, seed, options.shown) for seed in seeds for setting in settings]
    kept_runs.train_ahead(jobs, options.workers, do, kept_runs.use_one_thread)
    rows = table(seeds, options.shown)
    for row in rows:
        print({name: value for name, value in row.items() if name != "runs"}, [run["error"] for run in row["runs"]])
    results.store("data_size", rows, {"mean": list(SCORES)}, AS_MEASURED)


if __name__ == "__main__":
    main()
