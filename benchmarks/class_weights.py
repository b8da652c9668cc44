"""What class weights change where only 4 % of the pictures show glasses: a table of lesson 02.

Run it from the repository: ``python -m benchmarks.class_weights``; it takes about three minutes of two cores.  Each
finished training is kept in the course's cache: after an interruption, run the same command again.

`course_utils.protocols.labels` is the protocol.  Each of five seeds draws 240 of the 320 people of "train", the
few pictures with glasses among all of theirs, and the initial weights.  The scores are those of the 80 people of "dev";
the second threshold, at which 20 % of the pictures without glasses raise a false alarm, is chosen on the other 80
people of "train".  With and without weights share all that a seed draws.
"""

from course_utils import environment

environment.setup()

import keras

from benchmarks.fingerprints import code_of
from benchmarks.kept_runs import kept, use_one_thread
from course_utils import results
from course_utils.datasets import rendered
from course_utils.protocols import labels as protocol

SCORES = ("train_auc", "auc", "found_at_half", "alarms_at_half", "found_at_chosen", "alarms_at_chosen")
INTERVALS = {"student_t": list(SCORES)}


# Read when this module is: a file that is edited while the benchmark runs is not what was run.
CODE = code_of(
    protocol.Pictures, protocol.network, protocol.train, protocol.answers, protocol.train_on_rare,
    protocol.scores_on_rare,
)  # fmt: skip
SETTINGS = [protocol.LEARNERS, protocol.RARE, protocol.FALSE_ALARMS, protocol.WEIGHTS, protocol.RARE_EPOCHS]


def measure(kind: str, seed: int, parts: dict[str, protocol.Pictures]) -> list[dict]:
    """Return the scores of one training, or what they were when it was done before."""
    settings = [rendered.version(), kind, seed, SETTINGS, CODE]
    scores = kept("class_weights", settings, lambda: protocol.train_on_rare(kind, seed, **parts))
    print(f"seed {seed}, {kind}:", *(f"{name} {value:.3f}" for name, value in scores[-1].items()), flush=True)
    keras.backend.clear_session()  # ten networks in one process
    return scores


def row(kind: str, runs: list[dict]) -> dict:
    """Return what all seeds gave after one number of epochs."""
    scores = [{name: round(run[name], 4) for name in SCORES} for run in runs]
    return {"kind": kind, "epochs": runs[0]["epochs"], "runs": scores}


def main() -> None:
    """Measure, print and store the table."""
    use_one_thread()
    parts = {"train_part": protocol.load_pictures("train"), "dev_part": protocol.load_pictures("dev")}
    measured = {(kind, seed): measure(kind, seed, parts) for seed in protocol.SEEDS for kind in protocol.WEIGHTS}
    rows = []
    for kind in protocol.WEIGHTS:
        by_epochs = zip(*(measured[kind, seed] for seed in protocol.SEEDS), strict=True)
        rows += [row(kind, runs) for runs in by_epochs]
    results.store("class_weights", rows, INTERVALS)


if __name__ == "__main__":
    main()
