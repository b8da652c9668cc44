"""Measure remedies against overfitting, each alone and some combined, on one protocol: lesson 06's table.

Run it from the repository: ``python -m benchmarks.overfitting``.  Olivetti is measured where it is there (downloaded
before, or found through the variable SCIKIT_LEARN_DATA).  It takes about an hour and a half on two cores.  Each
finished training is kept in the course's cache, so an interrupted run goes on where it stopped: run the same command
again.  The trainings are done by processes of their own on one core each (``--workers``).

Protocol, fixed before the first run; `course_utils.protocols.overfitting` is its code, which the lesson uses too.

- *Start*: the article's network without its dropout, Adam at Keras's default rate, batches of 32.  The article's own
  network is the row "dropout".  A remedy changes one thing.
- *People*: on the rendered people, each of the fifteen seeds has 20 people of the set's part "train" for itself: 10 are
  trained on, 10 stay new people.  No two seeds share anybody.  Olivetti has 40 people only, so its four seeds deal the
  same people again and again (20 known, 20 new): its intervals say nothing about other people.
- *Pictures*: those of each label are dealt at random (by the seed) into training, validation and test.  "More data" has
  twice as many to train on.
- *Budget*: every training on a set is shown the same number of pictures, twice what the start needs to learn its
  training pictures: with twice the data there are half the epochs.  Only early stopping may stop before.
- *Not trained*: a row whose mean accuracy on its own training pictures is below 0.9 gets no verdict.
- *Choices*: strengths that need one are chosen by accuracy on validation pictures of the part "dev", in four deals that
  share nobody with each other or with the table, and hold for all sets.  The others were fixed beforehand: dropout 0.5
  is the article's, label smoothing 0.1 and a patience of 10 epochs are common.  No test picture takes part in a choice.
- *Scores*: accuracy on training pictures, on test pictures, and the gap between them, of the network as it is used (no
  dropout, no augmentation).  Also verification by the cosine of what the last layer is given: the equal error rate on
  the test pictures of those who were trained on, and on as many pictures of as many new people.
- *Seeds* also decide weights, order, dropout, augmentation.  Mean and 95 % interval (Student's t); differences from the
  start are taken seed by seed.
- *Transfer*: the convolutions come from the article's network, trained to tell the 80 people of "dev" apart (for the
  choices: 80 of "train" whom they do not use).  Five such networks serve the seeds in turn, so all transfer rows share
  those 80 people.

Two series go beyond the table, on the rendered people: fewer and more training pictures with and without transfer, and
narrower and wider hidden layers.
"""

from course_utils import environment

environment.setup()

import argparse
from dataclasses import asdict, replace
from functools import lru_cache

import keras
import numpy as np

from benchmarks import kept_runs
from benchmarks.fingerprints import code_of, fingerprint
from benchmarks.kept_runs import train_ahead, use_one_thread
from course_utils import augmentation, results, whole_files
from course_utils.datasets import FaceDataset, is_available, load_faces, storage
from course_utils.protocols import overfitting as shared
from course_utils.protocols.overfitting import PROTOCOLS, Case, Protocol, Remedies, measure

SEEDS = {"rendered": range(15), "olivetti": range(4)}
SERIES_SEEDS = range(5)
CHOICE_SEEDS = range(4)  # of "dev"; the table's are of "train"
PARTS = {"choice": "dev", "table": "train"}
SERIES_SET = "rendered"
PRETRAINED_ON, PRETRAINING_SHOWN, PRETRAINED_NETWORKS = 80, 12_000, 5  # people; pictures shown to each network
START = "start: no remedy"
# What is chosen, and between which values, the weakest first.
CANDIDATES = {
    "units": (128, 32),
    "l1": (1e-5, 1e-4, 1e-3),
    "l2": (1e-4, 1e-3, 1e-2),
    "weight_decay": (0.1, 1.0, 10.0),
    "augmentation": ("light", "medium", "strong"),
    "frozen": (False, True),
}


def cases(chosen: dict) -> dict[str, Case]:
    """Return the rows of the table, with the chosen strengths."""
    augmented = {"augmentation": chosen["augmentation"]}
    units, l2, frozen = ({name: chosen[name]} for name in ("units", "l2", "frozen"))
    everything = Remedies(**augmented, **frozen, batch_normalisation=True, label_smoothing=0.1)
    return {
        START: Case(),
        "more data": Case(data=2.0),
        "augmentation": Case(Remedies(**augmented)),
        "fewer units": Case(Remedies(**units)),
        "fewer layers: no third convolution": Case(Remedies(convolutions=2)),
        "average pooling": Case(Remedies(average_pooling=True)),
        "dropout": Case(Remedies(dropout=0.5)),
        "L1": Case(Remedies(l1=chosen["l1"])),
        "L2": Case(Remedies(l2=chosen["l2"])),
        "AdamW": Case(Remedies(weight_decay=chosen["weight_decay"])),
        "early stopping by loss": Case(Remedies(patience=10)),
        "early stopping by accuracy": Case(Remedies(patience=10, monitor="val_accuracy")),
        "batch normalisation": Case(Remedies(batch_normalisation=True)),
        "label smoothing": Case(Remedies(label_smoothing=0.1)),
        "transfer": Case(Remedies(**frozen), transfer=True),
        "the article's: augmentation + fewer units + L2": Case(Remedies(**augmented, **units, **l2)),
        "augmentation + transfer": Case(Remedies(**augmented, **frozen), transfer=True),
        "augm. + transfer + batch norm. + smoothing": Case(everything, transfer=True),
        "augm. + transfer + batch norm. + smoothing + more data": Case(everything, data=2.0, transfer=True),
    }


def series(chosen: dict) -> dict[str, Case]:
    """Return what is measured besides, on the rendered people: the number of pictures, and that of units."""
    start = PROTOCOLS[SERIES_SET].start
    by_pictures = {
        f"{pictures} pictures each{words}": Case(Remedies(**frozen), data=pictures / start, transfer=transfer)
        for words, transfer, frozen in (("", False, {}), (", transfer", True, {"frozen": chosen["frozen"]}))
        for pictures in (1, 3, 6, 12)
    }
    return by_pictures | {f"{units} units": Case(Remedies(units=units)) for units in (8, 32, 128, 512, 2048)}


SCORES = ("train", "test", "gap", "difference", "known_people_eer", "new_people_eer")  # with an interval in the table
INTERVALS = {"student_t": list(SCORES)}


def load(name: str, kind: str = "table") -> FaceDataset:
    """Return the pictures of a set that take part; of the rendered, at the network's size."""
    return load_faces(name, split=PARTS[kind], size=shared.SIDE) if name == "rendered" else load_faces(name)


# -- what was measured before ------------------------------------------------------------------------------------------


# Read when this module is: a file that is edited while the benchmark runs is not what was run.
TRAINING = code_of(shared.remedied_network, shared.hidden, shared.penalty, shared.train_remedied)
SCORING = code_of(
    shared.people_of, shared.parts_of, shared.deal, shared.outputs_of, shared.probabilities, shared.accuracy,
    shared.features, shared.kernels, measure, shared.log_loss, shared.verification_error,
)  # fmt: skip
AUGMENTING = code_of(shared.augmentation_layers, augmentation)


def kept(faces: FaceDataset, protocol: Protocol, case: Case, seed: int, kind: str = "table") -> dict[str, float]:
    """Return the scores of one training, from the cache if it was done before."""
    code = TRAINING + SCORING + (AUGMENTING if case.remedies.augmentation != "none" else [])
    code += [kind, PRETRAINED_ON, PRETRAINING_SHOWN] if case.transfer else []
    own = shared.people_of(faces, protocol, seed)

    def train() -> dict[str, float]:
        pretrained = pretrained_network(seed % PRETRAINED_NETWORKS, kind) if case.transfer else None
        scores = measure(faces, protocol, case, seed, pretrained)
        keras.backend.clear_session()  # hundreds of networks in one process
        return scores

    return kept_runs.kept("overfitting", [fingerprint(own, asdict(protocol), asdict(case), seed, code)], train)


def pretrained_network(seed: int, kind: str) -> keras.Model:
    """Return the article's network that knows 80 other rendered people, trained now or before.

    Parameters
    ----------
    seed
        Of the network.
    kind
        Of the measurement that it is for: "table" or "choice".  It knows nobody who takes part in it.
    """
    faces = load("rendered", "choice" if kind == "table" else "table")
    faces = faces.subset(faces.labels >= len(faces.names) - PRETRAINED_ON).renumber()
    article = Remedies(dropout=0.5)
    name = f"{fingerprint(faces, asdict(article), seed, PRETRAINING_SHOWN, TRAINING)}.weights.h5"
    path = storage.cache_folder() / "overfitting" / name
    if not path.exists():
        network, _ = shared.train_remedied(faces, faces, article, PRETRAINING_SHOWN, seed)
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_files.replacing(path) as part:
            network.save_weights(part)
    network = shared.remedied_network(faces.images.shape[1:], len(faces.names), article, seed)
    network.load_weights(path)
    return network


# -- the table ---------------------------------------------------------------------------------------------------------


def choice_cases() -> list[tuple[str, object, Case]]:
    """Return (setting, value, case) for everything that is chosen between."""
    return [
        (name, value, Case(replace(Remedies(), **{name: value}), transfer=name == "frozen"))
        for name, values in CANDIDATES.items()
        for value in values
    ]


def choose(faces: FaceDataset, protocol: Protocol) -> tuple[dict, list[dict]]:
    """Choose the strengths on validation pictures; return them, and the rows that say why."""
    rows = []
    for name, value, case in environment.progress(choice_cases(), "choices"):
        runs = [kept(faces, protocol, case, seed, "choice") for seed in CHOICE_SEEDS]
        scores = {score: round(float(np.mean([run[score] for run in runs])), 4) for score in ("train", "validation")}
        rows.append({"kind": "choice", "set": faces.name, "setting": name, "value": value, **scores})
        print(f"choice     {name} = {value}: validation accuracy {scores['validation']:.3f}", flush=True)
    chosen = {}
    for name in CANDIDATES:
        best = max((row for row in rows if row["setting"] == name), key=lambda row: row["validation"])
        chosen[name] = best["value"]  # of equally good ones the first, which is the weakest
    return chosen, [row | {"chosen": row["value"] == chosen[row["setting"]]} for row in rows]


def measure_cases(
    kind: str, faces: FaceDataset, wanted: dict[str, Case], seeds: range, start: list[dict] | None = None
) -> list[dict]:
    """Measure cases with all seeds; print and return a row for each.

    Parameters
    ----------
    kind
        Written into the rows.
    start
        The runs that differences are taken from, one for each seed; None: the first case's.
    """
    protocol = PROTOCOLS[faces.name]
    rows = []
    for name, case in environment.progress(wanted.items(), f"{faces.name}: {kind}"):
        runs = [kept(faces, protocol, case, seed) for seed in seeds]
        start = start or runs
        rows.append(summary(kind, faces.name, name, case, runs, start))
        show(rows[-1])
    return rows


def summary(kind: str, set_name: str, name: str, case: Case, runs: list[dict], start: list[dict]) -> dict:
    """Return a row: every run, with its gap and its difference from the start's run of the same seed."""
    compared = [
        run | {"gap": run["train"] - run["test"], "difference": run["test"] - same_seed["test"]}
        for run, same_seed in zip(runs, start, strict=True)
    ]
    rounded = [
        {score: round(value, 4) if isinstance(value, float) else value for score, value in run.items()}
        for run in compared
    ]
    row = {"kind": kind, "set": set_name, "remedy": name, "settings": asdict(case)}
    return {**row, "weights": runs[0]["weights"], "runs": rounded}


def show(row: dict) -> None:
    """Print one row of the table, with its means and intervals."""
    row = results.complete(row, INTERVALS)
    words = [f"{row['set']:10} {row['remedy']:50}", f"train {row['train']:.3f}"]
    for score, name in (("test", "test"), ("gap", "gap"), ("difference", "than the start")):
        words.append(f"{name} {row[score]:+.3f} [{row[f'{score}_low']:+.3f}, {row[f'{score}_high']:+.3f}]")
    if "new_people_eer" in row:
        words.append(f"EER known {row['known_people_eer']:.3f}, new {row['new_people_eer']:.3f}")
    print("  ".join(words), flush=True)


@lru_cache
def loaded(name: str, kind: str) -> FaceDataset:
    """Return the pictures of a set, loaded once in each process."""
    use_one_thread()
    return load(name, kind)


def do(job: tuple[str, str, Case, int]) -> None:
    """Do one training, if it was not done before: of a set, for a kind of measurement, a case and a seed."""
    name, kind, case, seed = job
    kept(loaded(name, kind), PROTOCOLS[name], case, seed, kind)


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the table and store it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.overfitting", description=__doc__.split("\n")[0])
    parser.add_argument("--workers", type=int, default=2, help="processes; 0: all in this one")
    workers = parser.parse_args(arguments).workers
    choices = [(SERIES_SET, "choice", case, seed) for *_, case in choice_cases() for seed in CHOICE_SEEDS]
    train_ahead(choices, workers, do)
    chosen, rows = choose(loaded(SERIES_SET, "choice"), PROTOCOLS[SERIES_SET])
    there = [name for name in PROTOCOLS if is_available(name)]
    wanted = [(name, case, seed) for name in there for seed in SEEDS[name] for case in cases(chosen).values()]
    wanted += [(SERIES_SET, case, seed) for seed in SERIES_SEEDS for case in series(chosen).values()]
    train_ahead([(name, "table", case, seed) for name, case, seed in wanted], workers, do)
    sets = {name: loaded(name, "table") for name in there}
    table = cases(chosen)
    for name, faces in sets.items():
        rows += measure_cases("table", faces, table, SEEDS[name])
    protocol, faces = PROTOCOLS[SERIES_SET], sets[SERIES_SET]
    start = [kept(faces, protocol, table[START], seed) for seed in SERIES_SEEDS]
    rows += measure_cases("series", faces, series(chosen), SERIES_SEEDS, start)
    missing = set(PROTOCOLS) - set(sets)
    if missing and (results.FOLDER / "overfitting.json").exists():
        print(f"{', '.join(missing)} is not on this machine and keeps its stored rows")
        rows += [row for row in results.read("overfitting")["rows"] if row["set"] in missing]
    results.store("overfitting", rows, INTERVALS)


if __name__ == "__main__":
    main()
