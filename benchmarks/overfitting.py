"""Remedies against overfitting, each alone and some combined, on one protocol: lesson 06's table.

Run it from the repository: ``python -m benchmarks.overfitting`` (``--sets`` measures some sets only).  Olivetti is
measured where it is there (downloaded before, or found through the variable SCIKIT_LEARN_DATA).  It takes about an hour
on two cores; each finished training is kept in the course's cache, so that what was interrupted goes on where
it stopped: run the same command again.

Protocol, fixed before the first run; `course_utils.protocols.overfitting` is its code, which the lesson uses too.

- *Start*: the article's network without its dropout, Adam at Keras's default rate, batches of 32.  The article's own
  network is the row "dropout".  A remedy changes one thing.
- *Pictures*: those of each label are dealt at random (by the seed) into training, validation and test.  "More data" has
  twice as many to train on.  Of 40 people, rendered or Olivetti's, 20 are trained on and 20 stay new people, drawn by
  the seed too.
- *Budget*: every training on a set is shown the same number of pictures, a fixed number of epochs of the start: with
  twice the data there are half the epochs.  Only early stopping may stop before.
- *Choices*: strengths that need one are chosen by accuracy on validation pictures, with other seeds than the table's,
  on the rendered people alone, and hold for all sets.  The others were fixed beforehand: dropout 0.5 is the article's,
  label smoothing 0.1 and a patience of 5 epochs are common.  No test picture takes part in a choice.
- *Scores*: accuracy on training pictures, on test pictures, and the gap between them, of the network as it is used (no
  dropout, no augmentation).  For people also verification by the cosine of what the last layer is given: the equal
  error rate on the test pictures of those who were trained on, and on as many pictures of as many new people.
- *Seeds*: 0 to 4, for split, weights, order, dropout, augmentation and the network that transfer begins with.  Mean and
  95 % interval (Student's t); differences from the start are taken seed by seed, as the seeds share their split.
- *Transfer*: the convolutions come from the article's network, trained to tell 100 other rendered people apart.

Three series go beyond the table, on the rendered people: fewer and more training pictures with and without transfer;
narrower and wider hidden layers; and, added when the table was known, four times the budget for the start and for what
had not fitted its training pictures within it.
"""

from course_utils import environment

environment.setup()

import argparse
import json
from dataclasses import asdict, replace

import keras
import numpy as np

from benchmarks.fingerprints import code_of, fingerprint
from course_utils import augmentation, results
from course_utils.datasets import FaceDataset, is_available, load_faces, storage
from course_utils.protocols import overfitting as shared
from course_utils.protocols.overfitting import PROTOCOLS, Case, Protocol, Remedies, measure

SEEDS = range(5)
CHOICE_SEEDS = (5, 6)
CHOICE_SET = "rendered"
PRETRAINED_ON, PRETRAINING_SHOWN = 100, 12_000  # people, 10 pictures each; pictures shown
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
    return {
        START: Case(),
        "more data": Case(data=2.0),
        "augmentation": Case(Remedies(**augmented)),
        "fewer units": Case(Remedies(**units)),
        "fewer layers: no hidden dense layer": Case(Remedies(units=0)),
        "fewer layers: no third convolution": Case(Remedies(convolutions=2)),
        "average pooling": Case(Remedies(average_pooling=True)),
        "dropout": Case(Remedies(dropout=0.5)),
        "L1": Case(Remedies(l1=chosen["l1"])),
        "L2": Case(Remedies(l2=chosen["l2"])),
        "AdamW": Case(Remedies(weight_decay=chosen["weight_decay"])),
        "early stopping": Case(Remedies(patience=5)),
        "batch normalisation": Case(Remedies(batch_normalisation=True)),
        "label smoothing": Case(Remedies(label_smoothing=0.1)),
        "transfer": Case(Remedies(**frozen), transfer=True),
        "the article's: augmentation + fewer units + L2": Case(Remedies(**augmented, **units, **l2)),
        "augmentation + dropout": Case(Remedies(**augmented, dropout=0.5)),
        "augmentation + batch norm. + average pooling": Case(
            Remedies(**augmented, batch_normalisation=True, average_pooling=True)
        ),
        "augmentation + transfer": Case(Remedies(**augmented, **frozen), transfer=True),
        "augm. + transfer + dropout + smoothing + more data": Case(
            Remedies(**augmented, **frozen, dropout=0.5, label_smoothing=0.1), data=2.0, transfer=True
        ),
    }


def series(chosen: dict) -> dict[str, Case]:
    """Return what is measured besides, on the rendered people: the number of pictures, and that of units."""
    start = PROTOCOLS[CHOICE_SET].start
    by_pictures = {
        f"{pictures} pictures each{words}": Case(Remedies(**frozen), data=pictures / start, transfer=transfer)
        for words, transfer, frozen in (("", False, {}), (", transfer", True, {"frozen": chosen["frozen"]}))
        for pictures in (1, 3, 6, 12)
    }
    return by_pictures | {f"{units} units": Case(Remedies(units=units)) for units in (8, 32, 128, 512, 2048)}


SCORES = ("train", "test", "gap", "difference", "known_people_eer", "new_people_eer")  # with an interval in the table
INTERVALS = {"student_t": list(SCORES)}
LONGER = 4  # times the budget
NOT_FITTED = (
    "more data",
    "augmentation",
    "average pooling",
    "the article's: augmentation + fewer units + L2",
    "augmentation + dropout",
    "augmentation + batch norm. + average pooling",
    "augm. + transfer + dropout + smoothing + more data",
)


def load(name: str) -> FaceDataset:
    """Return the pictures of a set that take part; of the rendered, 40 people at the network's size."""
    return load_faces(name, split="test", people=40, size=shared.SIDE) if name == "rendered" else load_faces(name)


# -- what was measured before ------------------------------------------------------------------------------------------


# Read when this module is: a file that is edited while the benchmark runs is not what was run.
TRAINING = code_of(shared.remedied_network, shared.hidden, shared.penalty, shared.train_remedied)
SCORING = code_of(
    shared.deal, shared.outputs_of, shared.probabilities, shared.accuracy, shared.features, shared.kernels,
    shared.parts_of, measure, shared.log_loss, shared.verification_error,
)  # fmt: skip
AUGMENTING = code_of(shared.augmentation_layers, augmentation)


def kept(faces: FaceDataset, protocol: Protocol, case: Case, seed: int) -> dict[str, float]:
    """Return the scores of one training, from the cache if it was done before."""
    code = TRAINING + SCORING + (AUGMENTING if case.remedies.augmentation != "none" else [])
    code += [PRETRAINED_ON, PRETRAINING_SHOWN] if case.transfer else []
    name = fingerprint(faces, asdict(protocol), asdict(case), seed, code)
    path = storage.cache_folder() / "overfitting" / f"{name}.json"
    if path.exists():
        return json.loads(path.read_text(encoding="utf-8"))
    pretrained = pretrained_network(seed % len(SEEDS)) if case.transfer else None
    scores = measure(faces, protocol, case, seed, pretrained)
    keras.backend.clear_session()  # hundreds of networks in one process
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_suffix(".part")
    whole.write_text(json.dumps(scores) + "\n", encoding="utf-8")
    whole.replace(path)
    return scores


def pretrained_network(seed: int) -> keras.Model:
    """Return the article's network that knows 100 other rendered people, trained now or before."""
    faces = load_faces("rendered", split="train", people=PRETRAINED_ON, pictures=10, size=shared.SIDE)
    article = Remedies(dropout=0.5)
    name = f"{fingerprint(faces, asdict(article), seed, PRETRAINING_SHOWN, TRAINING)}.weights.h5"
    path = storage.cache_folder() / "overfitting" / name
    if not path.exists():
        network, _ = shared.train_remedied(faces, faces, article, PRETRAINING_SHOWN, seed)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"part-{name}")
        network.save_weights(part)
        part.replace(path)
    network = shared.remedied_network(faces.images.shape[1:], PRETRAINED_ON, article, seed)
    network.load_weights(path)
    return network


# -- the table ---------------------------------------------------------------------------------------------------------


def choose(faces: FaceDataset, protocol: Protocol) -> tuple[dict, list[dict]]:
    """Choose the strengths on validation pictures; return them, and the rows that say why."""
    chosen, rows = {}, []
    for name, values in CANDIDATES.items():
        scores = []
        for value in environment.progress(values, f"choice of {name}"):
            case = Case(replace(Remedies(), **{name: value}), transfer=name == "frozen")
            runs = [kept(faces, protocol, case, seed)["validation"] for seed in CHOICE_SEEDS]
            scores.append(float(np.mean(runs)))
            print(f"choice     {name} = {value}: validation accuracy {scores[-1]:.3f}", flush=True)
        chosen[name] = values[int(np.argmax(scores))]  # of equally good ones, the weakest
        for value, score in zip(values, scores, strict=True):
            rows.append(
                {"kind": "choice", "set": faces.name, "setting": name, "value": value,
                 "validation": round(score, 4), "chosen": value == chosen[name]}
            )  # fmt: skip
    return chosen, rows


def measure_cases(
    kind: str, faces: FaceDataset, protocol: Protocol, wanted: dict[str, Case], start: list[dict] | None = None
) -> list[dict]:
    """Measure cases with all seeds; print and return a row for each.

    Parameters
    ----------
    kind
        Written into the rows.
    start
        The runs that differences are taken from; None: the first case's.
    """
    rows = []
    for name, case in environment.progress(wanted.items(), f"{faces.name}: {kind}"):
        seeds = environment.progress(SEEDS, name)
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


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the table and store it; sets that are not measured keep their stored rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.overfitting", description=__doc__.split("\n")[0])
    parser.add_argument("--sets", nargs="+", choices=list(PROTOCOLS), default=list(PROTOCOLS))
    wanted = parser.parse_args(arguments).sets
    chosen, rows = choose(load(CHOICE_SET), PROTOCOLS[CHOICE_SET])
    for name in wanted:
        if not is_available(name):
            print(f"{name} is not on this machine and is left out")
            continue
        faces, protocol = load(name), PROTOCOLS[name]
        table = cases(chosen)
        rows += measure_cases("table", faces, protocol, table)
        if name == CHOICE_SET:
            start = [kept(faces, protocol, table[START], seed) for seed in SEEDS]
            rows += measure_cases("series", faces, protocol, series(chosen), start)
            patient = {remedy: table[remedy] for remedy in (START, *NOT_FITTED)}
            rows += measure_cases("longer", faces, replace(protocol, epochs=LONGER * protocol.epochs), patient)
    measured = {row["set"] for row in rows if row["kind"] != "choice"}
    stored = results.FOLDER / "overfitting.json"
    if stored.exists():
        old = results.read("overfitting")["rows"]
        rows += [row for row in old if row["kind"] != "choice" and row["set"] not in measured]
    results.store("overfitting", rows, INTERVALS)


if __name__ == "__main__":
    main()
