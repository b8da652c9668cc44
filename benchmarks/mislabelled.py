"""What wrong labels do, and label smoothing with them: a table of lesson 02.

Run it from the repository: ``python -m benchmarks.mislabelled``; it takes about five minutes of two cores.  Each
finished training is kept in the course's cache: after an interruption, run the same command again.

`course_utils.protocols.labels` is the protocol.  The question is whether a person wears glasses.  Each of five seeds
draws 240 of the 320 people of "train", as many of their pictures without glasses as there are with them, which labels
are turned round, and the initial weights.  The scores are those of the people of "dev", with right labels.
With and without smoothing share all that a seed draws.
"""

from course_utils import environment

environment.setup()

import keras

from benchmarks.fingerprints import code_of
from benchmarks.kept_runs import kept, use_one_thread
from course_utils import results
from course_utils.datasets import rendered
from course_utils.protocols import labels as protocol

SCORES = ("train_accuracy", "accuracy", "sure", "memorised")
INTERVALS = {"student_t": list(SCORES)}
# Read when this module is: a file that is edited while the benchmark runs is not what was run.
CODE = code_of(
    protocol.Pictures, protocol.network, protocol.train, protocol.answers, protocol.train_on_wrong,
    protocol.scores_on_wrong,
)  # fmt: skip
SETTINGS = [protocol.LEARNERS, protocol.SMOOTHING, protocol.UNITS, protocol.WRONG_EPOCHS]


def measure(kind: str, share: float, seed: int, parts: dict[str, protocol.Pictures]) -> list[dict]:
    """Return the scores of one training, or what they were when it was done before."""
    settings = [rendered.version(), kind, share, seed, SETTINGS, CODE]
    scores = kept("mislabelled", settings, lambda: protocol.train_on_wrong(kind, share, seed, **parts))
    print(f"seed {seed}, {share} wrong, {kind}:", *(f"{n} {v:.3f}" for n, v in scores[-1].items()), flush=True)
    keras.backend.clear_session()  # dozens of networks in one process
    return scores


def main() -> None:
    """Measure, print and store the table."""
    use_one_thread()
    parts = {"train_part": protocol.load_pictures("train"), "dev_part": protocol.load_pictures("dev")}
    cases = [(kind, share) for kind in protocol.SMOOTHING for share in protocol.WRONG]
    measured = {(*case, seed): measure(*case, seed, parts) for seed in protocol.SEEDS for case in cases}
    rows = []
    for kind, share in cases:
        by_epochs = zip(*(measured[kind, share, seed] for seed in protocol.SEEDS), strict=True)
        rows += [
            {
                "kind": kind,
                "wrong": share,
                "epochs": runs[0]["epochs"],
                "runs": [{name: round(run[name], 4) for name in SCORES if name in run} for run in runs],
            }
            for runs in by_epochs
        ]
    results.store("mislabelled", rows, INTERVALS)


if __name__ == "__main__":
    main()
