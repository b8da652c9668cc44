"""What augmentation buys: who of 20 people, from 4, 8 or 16 pictures of each, with it and without it.

Run it from the repository: ``python -m benchmarks.augmentation_value``; it takes about a minute and a half of
one core for each seed.  Every finished training is kept in the cache, so an interrupted run goes on where it stopped,
and more seeds (`SEEDS`, at most 16) cost only the new ones.  Lesson 04 shows the result.

Everything happens on rendered people of the part "train", which the seeds share out: each has 20 known people, whom it
trains on, and 20 new people, who are only compared.  No two seeds have a known person in common, nor a new one.  So an
interval over the seeds covers other people, other pictures of them, other weights and another order; it does not cover
other networks or other sets.  With and without augmentation share people, pictures, weights and order, and every
training has the same number of steps, whatever the number of pictures.  The strengths were not tuned on these scores.

A row is a case (augmentation, pictures of each person, people, steps), a run one of its seeds, with

- ``training``: the accuracy on the training pictures, unchanged.  A network that has not learned them has no verdict;
- ``accuracy``: on four other pictures of each known person;
- ``averaged``: the same, with the answers averaged over ten changed copies of each test picture;
- ``new_people_eer``: the equal error rate over all pairs of pictures of the new people.
"""

from course_utils import environment

environment.setup()

from dataclasses import asdict
from functools import partial

from benchmarks.fingerprints import code_of, fingerprint
from benchmarks.kept_runs import kept, use_one_thread
from course_utils import augmentation, metrics, results, training
from course_utils.datasets import load_faces
from course_utils.protocols import augmentation_value as shared

INTERVALS = {"student_t": ["training", "accuracy", "averaged", "new_people_eer"]}

# Read when this module is: a file that is edited while the benchmark runs is not what was run.
MEASURING = code_of(
    shared.layer_for, shared.network, shared.drawn_order, shared.Trainee, shared.copies, shared.parts, shared.measure,
    training.FreshStarts, metrics.equal_error_rate, metrics.all_pairs, metrics.cosine_similarity, augmentation,
)  # fmt: skip
CONSTANTS = [shared.SIZE, shared.PEOPLE, shared.TEST_PICTURES, shared.RATE, shared.BATCH_SIZE]


def show(row: dict) -> None:
    """Print a row with its means and intervals."""
    row = results.complete(row, INTERVALS)
    scores = [
        f"{name} {row[name]:.3f} [{row[f'{name}_low']:.3f}, {row[f'{name}_high']:.3f}]"
        for name in INTERVALS["student_t"]
    ]
    what = f"{row['changes']:22} {row['people']:2} people x {row['pictures']:2} pictures, {row['steps']} steps"
    print(what, *scores, sep="  ", flush=True)


def main() -> None:
    """Measure, print and store the table."""
    use_one_thread()
    faces = load_faces("rendered", split="train", size=shared.SIZE)
    pictures, runs = fingerprint(faces), {case: [] for case in shared.CASES}
    for seed in environment.progress(shared.SEEDS, "seeds"):  # a seed at a time, so that all rows grow together
        for case in shared.CASES:
            settings = [pictures, asdict(case), seed, CONSTANTS, MEASURING]
            runs[case].append(kept("augmentation_value", settings, partial(shared.measure, faces, case, seed)))
    rows = [shared.row(case, scores) for case, scores in runs.items()]
    for row in rows:
        show(row)
    results.store("augmentation_value", rows, INTERVALS)


if __name__ == "__main__":
    main()
