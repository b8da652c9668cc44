"""Measure six losses on one backbone: how well they compare people whom the network has never seen, lesson 08's tables.

Run it from the repository: ``python -m benchmarks.embedding_losses --choices``, commit what it stores, then the same
without ``--choices``.  Together they take about three quarters of an hour on two cores.  Each finished training is kept
in the course's cache, so what was interrupted goes on where it stopped: run the same command again.  The trainings are
done by processes of their own on one core each (``--workers``).

Protocol, fixed before the first run; `course_utils.protocols.embedding_losses` is its code, which the lesson uses too.

- *Backbone*: `models.embedding_network` with half the channels of the course's trained network; Adam, the learning
  rate falls to 0 along a cosine; no augmentation.  Every loss is shown equally many pictures, in the same batches of 16
  people with 4 pictures each.
- *People*: learned from are the first 96 people of "train", four of their five looks: so few that most losses can learn
  them in minutes.  Their fifth look asks about known people.  Every choice is made on the 80 people of "dev", the final
  figures come from the 80 of "test".
- *Choices*: for each loss, learning rate and margin are chosen among four candidates, by the equal error rate on dev
  people, at half the budget.  The epoch is chosen by the same rate on one picture of each look (early stopping).  The
  threshold of each network is that of a false match rate of 0.01 on dev people.  All this is stored and committed
  before anybody of "test" is looked at.
- *Not trained*: a network whose nearest mean embedding names fewer than 0.9 of its own training pictures rightly has
  no verdict.
- *Scores*: of the list of pairs of the part "test", 2,800 mated and 2,800 not.  Intervals by people are computed in
  each run from its comparisons: they say what other people would change.  The spread over the five seeds says what
  another training would change on the same people; the runs are stored, so it can be computed.
- *Next to it*: pixels, eigenfaces of the training pictures, the backbone untrained, and the embedding that comes with
  the course, which learned from 4,000 other rendered people.
- *Threshold*: chosen on 10, 20 or 40 people, tried on 80 others, 200 draws from "dev" and "test" together.
- *Shift*: each picture of "test" is moved by so many pixels, and the pairs are compared as they are, and after eyes and
  mouth were found and laid in their places (`alignment.align`).
"""

from course_utils import environment

environment.setup()

import argparse
from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache, partial

import keras
import numpy as np

from benchmarks import kept_runs
from benchmarks.fingerprints import code_of
from course_utils import alignment, losses, metrics, models, pretrained, results, training
from course_utils.datasets import FaceDataset, load_faces, rendered
from course_utils.protocols import baselines
from course_utils.protocols import embedding_losses as shared
from course_utils.protocols.embedding_losses import Setting

SEEDS, CHOICE_SEEDS = range(5), range(100, 101)
TRAIN_PEOPLE = 96
EPOCHS, CHOICE_EPOCHS = 48, 24
LEARNING_RATES = (3e-3, 1e-2)
MARGINS = {
    "contrastive": (0.7, 1.0),
    "triplet, batch-hard": (0.2, 0.6),
    "triplet, semi-hard": (0.2, 0.6),
    "CosFace": (0.15, 0.3),
    "ArcFace": (0.15, 0.3),
}
# Four for each loss; the softmax has no margin, so it has more learning rates.
CANDIDATES = {
    "softmax": [Setting("softmax", rate) for rate in (1e-3, *LEARNING_RATES, 3e-2)],
    **{
        loss: [Setting(loss, rate, margin) for rate in LEARNING_RATES for margin in margins]
        for loss, margins in MARGINS.items()
    },
}
METHOD = "dyadic"
AS_MEASURED = {
    METHOD: "interval as measured, runs not stored: of the comparisons, by a pigeonhole bootstrap of people, narrowed "
    "to the dyadic cluster-robust variance, 200 repeats (metrics.dyadic_interval)",
    "person": "interval as measured, runs not stored: of the comparisons, cluster-robust by person "
    "(metrics.person_interval)",
}
DRAWN_PEOPLE, OTHERS, DRAWS = (10, 20, 40), 80, 200
LOOKS = 5
SHIFTED_LOSS, COURSE = "CosFace", "the course's network"  # whose shifts and thresholds are measured, too
# Read when this module is: a file that is edited while the benchmark runs is not what was run.
TRAINING = [
    TRAIN_PEOPLE,
    *code_of(losses, models.embedding_network, training.PeopleBatches, training.VerificationError),
    *code_of(shared.networks, shared.train, shared.known_parts),
    *(shared.WIDTH, shared.PEOPLE, shared.PICTURES, shared.HELD_OUT_LOOK),
]
SCORING = code_of(
    metrics, shared.nearest_right, shared.scores_of_pairs, shared.shifted, shared.chosen_and_paid, alignment
)

Embed = Callable[[np.ndarray], np.ndarray]


@lru_cache
def part(name: str) -> FaceDataset:
    """Return a part of the rendered people, loaded once in each process; of "train", those who are learned from."""
    people = TRAIN_PEOPLE if name == "train" else None
    return load_faces("rendered", split=name, people=people, size=shared.SIDE)


def first_of_each_look(faces: FaceDataset) -> FaceDataset:
    """Return the first picture of each look of each person."""
    looks = faces.labels * LOOKS + faces.attributes["look"].to_numpy()
    return faces.subset(np.unique(looks, return_index=True)[1])


# -- one training and its scores ---------------------------------------------------------------------------------------


def measure_choice(setting: Setting, seed: int) -> dict:
    """Train at half the budget; return the best equal error rate on dev people, and what was learned."""
    learned, _known = shared.known_parts(part("train"))
    backbone, _trained, history = shared.train(learned, first_of_each_look(part("dev")), setting, CHOICE_EPOCHS, seed)
    embeddings = shared.outputs_of(backbone, learned.images)
    return {
        "train": shared.nearest_right(embeddings, learned.labels, embeddings, learned.labels),
        "dev_eer": min(history[training.VerificationError.NAME]),
        "by_epoch": history[training.VerificationError.NAME],
    }


def measure_run(setting: Setting, seed: int) -> dict:
    """Train with the whole budget; return all scores."""
    learned, known = shared.known_parts(part("train"))
    backbone, trained, history = shared.train(learned, first_of_each_look(part("dev")), setting, EPOCHS, seed)
    embed = partial(shared.outputs_of, backbone)
    scores = score(embed)
    by_epoch = history[training.VerificationError.NAME]
    scores |= {"loss": history["loss"], "by_epoch": by_epoch, "best_epoch": int(np.argmin(by_epoch)) + 1}
    if setting.loss in shared.HEADS:
        for name, faces in (("train", learned), ("known", known)):
            answers = shared.outputs_of(trained, faces.images).argmax(axis=1)
            scores[f"head_{name}"] = float(np.mean(answers == faces.labels))
    if setting.loss == SHIFTED_LOSS:
        scores["shift"] = shift(embed)
    if setting.loss == SHIFTED_LOSS and seed == SEEDS[0]:
        scores["draws"] = draws(embed)
    return scores


def score(embed: Embed) -> dict:
    """Return the scores of an embedding: on known people, on dev people, and on test people with a dev threshold."""
    learned, known = shared.known_parts(part("train"))
    of_learned, of_known = embed(learned.images), embed(known.images)
    dev, test = part("dev"), part("test")
    of_dev, of_test = embed(dev.images), embed(test.images)
    dev_pairs, pairs = dev.pairs["dev"], test.pairs["test"]
    dev_scores, scores = shared.scores_of_pairs(of_dev, dev_pairs), shared.scores_of_pairs(of_test, pairs)
    threshold = metrics.threshold_at(dev_scores, dev_pairs.same, shared.RATE)
    few = known.labels < len(test.names)  # as many known people as there are new ones
    last_look = test.attributes["look"].to_numpy() == shared.HELD_OUT_LOOK
    return {
        "train": shared.nearest_right(of_learned, learned.labels, of_learned, learned.labels),
        "known": shared.nearest_right(of_learned, learned.labels, of_known, known.labels),
        "known_eer": shared.error_among_all(of_known[few], known.labels[few]),
        "new_eer": shared.error_among_all(of_test[last_look], test.labels[last_look]),
        "new": nearest_new(of_test, test),
        "dev_eer": metrics.equal_error_rate(dev_scores, dev_pairs.same),
        "dev_tar": metrics.true_accept_rate(dev_scores, dev_pairs.same, shared.RATE),
        "eer": metrics.equal_error_rate(scores, pairs.same),
        "tar": metrics.true_accept_rate(scores, pairs.same, shared.RATE),
        "auc": metrics.roc_auc(scores, pairs.same),
        "threshold": threshold,
        "fmr_paid": metrics.false_match_rate(scores, pairs.same, threshold),
        "fnmr_paid": metrics.false_non_match_rate(scores, pairs.same, threshold),
        results.AS_MEASURED: by_people(scores, test, threshold),
        "scores": [round(float(value), 5) for value in scores],
    }


def nearest_new(embeddings: np.ndarray, faces: FaceDataset) -> float:
    """Return how often new people's last look is nearest to the mean of their other looks, which trained nothing."""
    asked = faces.attributes["look"].to_numpy() == shared.HELD_OUT_LOOK
    return shared.nearest_right(embeddings[~asked], faces.labels[~asked], embeddings[asked], faces.labels[asked])


def by_people(scores: np.ndarray, test: FaceDataset, threshold: float) -> dict[str, dict]:
    """Return the intervals that say what other people would change."""
    pairs = test.pairs["test"]
    first, second = test.labels[pairs.first], test.labels[pairs.second]
    dyadic = {
        "eer": metrics.equal_error_rate,
        "tar": partial(weighted_tar, shared.RATE),
        "fmr_paid": lambda values, mated, weights: metrics.false_match_rate(values, mated, threshold, weights),
    }
    bounds = {name: metrics.dyadic_interval(score, scores, first, second) for name, score in dyadic.items()}
    missed = scores[pairs.same] < threshold
    _mean, *bounds["fnmr_paid"] = metrics.person_interval(missed, first[pairs.same])
    methods = dict.fromkeys(dyadic, METHOD) | {"fnmr_paid": "person"}
    return {name: {"low": low, "high": high, "by": methods[name]} for name, (low, high) in bounds.items()}


def weighted_tar(rate: float, scores, mated, weights) -> float:
    """Return the true accept rate at a false match rate, in the order in which intervals give their arguments."""
    return metrics.true_accept_rate(scores, mated, rate, weights)


@lru_cache
def shifted_test(pixels: int, aligned: bool) -> np.ndarray:
    """Return the pictures of "test", moved by so many pixels, and laid out by eyes and mouth or not."""
    images = shared.shifted(part("test").images, pixels)
    if not aligned:
        return images
    places = pretrained.load_network("landmarks").predict(images, batch_size=shared.SHOWN_TOGETHER, verbose=0)
    return alignment.align(images, places)


def shift(embed: Embed) -> dict[str, list[float]]:
    """Return the equal error rate for each shift, as the pictures are and aligned."""
    pairs = part("test").pairs["test"]
    return {
        name: [
            metrics.equal_error_rate(shared.scores_of_pairs(embed(shifted_test(pixels, aligned)), pairs), pairs.same)
            for pixels in shared.SHIFTS
        ]
        for name, aligned in (("as it is", False), ("aligned", True))
    }


def draws(embed: Embed) -> list[dict]:
    """Return for each number of people what a threshold chosen on them promises, and what it does on others."""
    parts = [first_of_each_look(part(name)) for name in ("dev", "test")]
    embeddings = np.concatenate([embed(faces.images) for faces in parts])
    labels = np.concatenate([parts[0].labels, parts[1].labels + len(parts[0].names)])
    choose = partial(metrics.threshold_at, false_match_rate=shared.RATE)
    rows = []
    for people in DRAWN_PEOPLE:
        rates = shared.chosen_and_paid(embeddings, labels, people, OTHERS, DRAWS, choose)
        row = {"people": people}
        for name, values in rates.items():
            low, high = np.quantile(values, (0.05, 0.95))
            row |= {name: float(values.mean()), f"{name}_5_percent": float(low), f"{name}_95_percent": float(high)}
        rows.append(row)
    return rows


# -- what was measured before ------------------------------------------------------------------------------------------


def kept(kind: str, setting: Setting, seed: int) -> dict:
    """Return the scores of one training, from the cache if it was done before."""
    measure = {"choice": measure_choice, "table": measure_run}[kind]
    epochs = {"choice": CHOICE_EPOCHS, "table": EPOCHS}[kind]
    settings = [kind, asdict(setting), seed, epochs, rendered.version(), keras.backend.backend(), TRAINING]
    if kind == "table":
        settings += [SCORING, code_of(measure_run, score, by_people, shift, draws)]
    return kept_runs.kept("embedding_losses", settings, partial(measure, setting, seed))


def kept_baseline(name: str, make: Callable[[], Embed], *further: Callable[[Embed], list | dict]) -> dict:
    """Return the scores of an embedding that is not trained here, with further measurements, each by its name."""

    def measure() -> dict:
        embed = make()
        return score(embed) | {each.__name__: each(embed) for each in further}

    settings = [name, rendered.version(), keras.backend.backend(), SCORING]
    settings += code_of(baselines, models.embedding_network, score, by_people, untrained, *further)
    return kept_runs.kept("embedding_losses", settings, measure)


def untrained(seed: int) -> Embed:
    """Return the backbone with random weights; only its normalisation has seen pictures, those of "train"."""
    backbone, trained = shared.networks(CANDIDATES["softmax"][0], 2, steps=1, seed=seed)
    batches = training.PeopleBatches(part("train").images, part("train").labels, shared.PEOPLE, shared.PICTURES, seed)
    for number in range(len(batches)):
        trained(batches[number][0], training=True)
    return partial(shared.outputs_of, backbone)


def do(job: tuple[str, Setting, int]) -> None:
    """Do one training, if it was not done before."""
    kept(*job)
    keras.backend.clear_session()


# -- the table ---------------------------------------------------------------------------------------------------------


def choices(workers: int) -> tuple[dict[str, Setting], list[dict]]:
    """Choose a setting for each loss on dev people; return them, and the rows that say why."""
    candidates = [(setting, seed) for settings in CANDIDATES.values() for setting in settings for seed in CHOICE_SEEDS]
    jobs = [("choice", setting, seed) for setting, seed in candidates]
    kept_runs.train_ahead(jobs, workers, do, kept_runs.use_one_thread)
    chosen, rows = {}, []
    for loss, settings in CANDIDATES.items():
        runs = {setting: [kept("choice", setting, seed) for seed in CHOICE_SEEDS] for setting in settings}
        chosen[loss] = min(settings, key=lambda setting: np.mean([run["dev_eer"] for run in runs[setting]]))
        for setting in settings:
            of_setting = [as_stored(run, ("train", "dev_eer")) for run in runs[setting]]
            rows.append({"kind": "choice", **asdict(setting), "chosen": setting == chosen[loss], "runs": of_setting})
            print(loss, asdict(setting), of_setting, "chosen" if rows[-1]["chosen"] else "", flush=True)
    return chosen, rows


def as_stored(run: dict, names: tuple[str, ...] = ()) -> dict:
    """Return the scores of one run, rounded; of all names that have one number, if none are given."""
    names = names or [name for name, value in run.items() if isinstance(value, int | float)]
    stored = {name: round(run[name], results.DIGITS) for name in names}
    bounds = run.get(results.AS_MEASURED, {}) if len(names) > 2 else {}
    if not bounds:
        return stored
    return stored | {
        results.AS_MEASURED: {
            name: {key: round(value, results.DIGITS) if key != "by" else value for key, value in known.items()}
            for name, known in bounds.items()
        }
    }


def table(chosen: dict[str, Setting], seeds: range) -> list[dict]:
    """Return all rows that look at test people."""
    course = partial(shared.outputs_of, pretrained.load_network("embedding"))
    eigenfaces = partial(baselines.eigenfaces, shared.known_parts(part("train"))[0].images)
    runs = {
        "pixels": [kept_baseline("pixels", lambda: baselines.grey_middle, shift)],
        "eigenfaces": [kept_baseline("eigenfaces", eigenfaces, shift)],
        "untrained network": [kept_baseline(f"untrained {seed}", partial(untrained, seed)) for seed in seeds],
        **{loss: [kept("table", setting, seed) for seed in seeds] for loss, setting in chosen.items()},
        COURSE: [kept_baseline(COURSE, lambda: course, shift, draws)],
    }
    rows = []
    for method, of_method in runs.items():
        row = {"kind": "table", "method": method}
        if method in chosen:
            row |= {
                "settings": asdict(chosen[method]),
                results.AS_MEASURED: {"difference": difference(of_method, runs)},
            }
        rows.append({**row, "runs": [as_stored(run) for run in of_method]})
    for method in ("pixels", "eigenfaces", SHIFTED_LOSS, COURSE):
        for name in ("as it is", "aligned"):
            errors = [[round(value, results.DIGITS) for value in run["shift"][name]] for run in runs[method]]
            rows.append({"kind": "shift", "method": method, "faces": name, "errors": errors})
        for row in runs[method][0].get("draws", []):
            rounded = {name: round(value, results.DIGITS) for name, value in row.items()}
            rows.append({"kind": "threshold", "method": method, **rounded})
    return rows


def difference(runs: list[dict], all_runs: dict[str, list[dict]]) -> dict:
    """Return the interval by people of a loss's equal error rate less that of the softmax, each the mean over seeds."""
    test = part("test")
    pairs = test.pairs["test"]
    these, those = (np.array([run["scores"] for run in each]) for each in (runs, all_runs["softmax"]))

    def compare(numbers, mated, weights) -> float:
        errors = [
            np.mean([metrics.equal_error_rate(scores[numbers], mated, weights) for scores in each])
            for each in (these, those)
        ]
        return float(errors[0] - errors[1])

    first, second = test.labels[pairs.first], test.labels[pairs.second]
    low, high = metrics.dyadic_interval(compare, np.arange(len(pairs)), first, second)
    return {"low": round(low, results.DIGITS), "high": round(high, results.DIGITS), "by": METHOD}


SCORES = (
    "train", "known", "new", "head_train", "head_known", "known_eer", "new_eer", "dev_eer", "dev_tar", "eer", "tar",
    "auc", "threshold", "fmr_paid", "fnmr_paid", "best_epoch",
)  # fmt: skip


def main(arguments: list[str] | None = None) -> None:
    """Choose, or measure, and store."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedding_losses", description=__doc__.split("\n")[0])
    parser.add_argument("--workers", type=int, default=2, help="processes; 0: all in this one")
    parser.add_argument("--choices", action="store_true", help="choose on dev people only, and store the choices")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many trainings of each loss")
    options = parser.parse_args(arguments)
    chosen, rows = choices(options.workers)
    if not options.choices:
        seeds = SEEDS[: options.seeds]
        jobs = [("table", setting, seed) for seed in seeds for setting in chosen.values()]
        kept_runs.train_ahead(jobs, options.workers, do, kept_runs.use_one_thread)
        rows += table(chosen, seeds)
        for row in rows:
            if row["kind"] == "table":
                means = {name: np.mean([run[name] for run in row["runs"]]) for name in ("train", "eer", "tar")}
                print(f"{row['method']:22}", {name: round(float(value), 3) for name, value in means.items()})
    results.store("embedding_losses", rows, {"mean": list(SCORES)}, AS_MEASURED)


if __name__ == "__main__":
    main()
