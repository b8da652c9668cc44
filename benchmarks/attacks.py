"""Attack the course's network, its door and a detector of presentation attacks, and count what gives way.

Run it from the repository: ``python -m benchmarks.attacks``.  It takes about a quarter of an hour of one core
(estimated from a slice), and goes on where it was interrupted.  ``--people 40`` takes fewer people; the stored table
says how many.  Each part is kept under the code that it uses, so a change of the morphs measures only the morphs again.

Everybody is a rendered person, and no embedding was trained on any of them.  (The network that finds eyes and mouths
for the morphs was; it is the attacker's tool.)  The lock and its threshold are those of
`course_utils.protocols.break_in`: the people of ``dev`` choose the threshold, those of ``train`` attack and are
attacked.  Every rate has an interval by people, or by pairs of people.  The threshold's own uncertainty is not in it.
Every attacked picture is rounded to whole grey levels, as a file holds it.

Each row has a ``part``, and says ``what`` was counted:

- strength: impersonation and evasion, by the attack and its budget in grey levels of 255; noise of that size too.
- survival: the same after what a picture goes through on its way to the network.
- transfer: attacks made on one network, tried on another.
- defence: a network that smooths pictures first; honest people, attacks that do not know it, attacks that do.
- presentation: detectors trained on one kind of simulated attack, at a threshold chosen for a BPCER of 5 %.  Half of
  the people teach a detector, and the others test it; they are divided `SPLITS` times by chance.  The rate is that of
  all splits, with an interval by people; ``lowest`` and ``highest`` are those of the single splits.
- morph: a picture that is accepted for two people, counted over all pictures of one and all of the other.

Nothing was chosen by these rates but the strength of the simulated moire, so that a detector can learn it at all.
"""

from course_utils import environment

environment.setup()

import argparse
import functools
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.fingerprints import code_of
from benchmarks.kept_runs import kept, use_one_thread
from course_utils import alignment, attacks, morphs, presentation, pretrained, results
from course_utils.datasets import load_faces, rendered
from course_utils.gallery import network_fingerprint
from course_utils.protocols import break_in, door
from course_utils.protocols.break_in import PICTURES

PEOPLE = 320  # of the part "train"
BUDGETS = (1, 2, 4, 8)
STEPS = {"one step (FGSM)": 1, "10 steps (PGD)": 10}
BUDGET = 4  # in the parts where it does not vary
PRESENTED, SPLITS = 4, 20  # pictures of each person that are presented, and divisions of the people
METHOD = "person"
AS_MEASURED = {METHOD: "interval as measured, runs not stored: by people or pairs (metrics.person_interval)"}
NETWORK, SURROGATE, DEFENDED = "embedding", "embedding_first", "smoothed"


class Setting:
    """The networks, locks and attempts that several parts use."""

    def __init__(self, number: int):
        self.people = load_faces("rendered", split="train", people=number, size=64)
        self.development = load_faces("rendered", split="dev", size=64)
        self.networks = {name: pretrained.load_network(name) for name in (NETWORK, SURROGATE)}
        self.networks[DEFENDED] = attacks.smoothed(self.networks[NETWORK])
        self.locks = {
            name: break_in.lock_for(network, self.people, self.development) for name, network in self.networks.items()
        }
        self.gradients = {name: attacks.ScoreGradient(network) for name, network in self.networks.items()}
        self.attempts = break_in.attempts_of(self.people)

    def attack(self, on: str, aim: str, budget: float = BUDGET, steps: int = 10) -> np.ndarray:
        """Return the attempts' pictures, changed by who has a network."""
        return break_in.attack(self.gradients[on], self.locks[on], self.attempts, budget, aim, steps)

    def success(self, images: np.ndarray, aim: str, title: str, on: str = NETWORK) -> door.Rate:
        """Return how often pictures have an attack's aim, on a network."""
        return break_in.success(self.locks[on], images, self.attempts, aim, title)


def row_of(part: str, rate: door.Rate, **about) -> dict:
    """Return a row of the table."""
    return {
        "part": part,
        "what": rate.error,
        **about,
        "count": rate.count,
        "tries": rate.tries,
        "people": rate.people,
        "rate": round(rate.rate, 4),
        results.AS_MEASURED: {"rate": {"low": round(rate.low, 4), "high": round(rate.high, 4), "by": METHOD}},
    }


def strength(setting: Setting) -> Iterator[dict]:
    """Yield the rows of attacks that grow."""
    for aim in attacks.AIMS:
        yield row_of("strength", setting.success(setting.attempts.images, aim, aim), aim=aim, attack="none", budget=0)
        for budget in BUDGETS:
            noisy = attacks.rounded(attacks.noise(setting.attempts.images, budget))
            yield row_of("strength", setting.success(noisy, aim, aim), aim=aim, attack="noise", budget=budget)
            for attack, steps in STEPS.items():
                rate = setting.success(setting.attack(NETWORK, aim, budget, steps), aim, aim)
                yield row_of("strength", rate, aim=aim, attack=attack, budget=budget)


def survival(setting: Setting) -> Iterator[dict]:
    """Yield the rows of what an attack goes through."""
    ways = {
        "nothing": lambda images: images,
        "JPEG, quality 90": lambda images: attacks.through_jpeg(images, 90),
        "JPEG, quality 50": lambda images: attacks.through_jpeg(images, 50),
        "moved by 1 pixel": lambda images: attacks.shifted(images, 1),
        "moved by 3 pixels": lambda images: attacks.shifted(images, 3),
    }
    for aim in attacks.AIMS:
        changed = setting.attack(NETWORK, aim)
        for title, way in ways.items():
            yield row_of("survival", setting.success(way(changed), aim, title), aim=aim, budget=BUDGET)


def transfer(setting: Setting) -> Iterator[dict]:
    """Yield the rows of attacks on one network that are tried on another."""
    for aim in attacks.AIMS:
        for made_on, tried_on in ((SURROGATE, NETWORK), (NETWORK, SURROGATE)):
            for budget in BUDGETS[1:]:
                rate = setting.success(setting.attack(made_on, aim, budget), aim, f"{made_on} to {tried_on}", tried_on)
                yield row_of("transfer", rate, aim=aim, budget=budget)


def defence(setting: Setting) -> Iterator[dict]:
    """Yield the rows of a network that smooths pictures first."""
    faces = setting.people
    others = np.concatenate([np.flatnonzero(faces.labels == label)[PICTURES:] for label in np.unique(faces.labels)])
    images, labels = faces.images[others], faces.labels[others]
    for name in (NETWORK, DEFENDED):
        rate = door.rate_of(f"honest people refused by {name}", ~setting.locks[name].opens(images, labels), labels)
        yield row_of("defence", rate)
    for aim in attacks.AIMS:
        for made_on, title in ((NETWORK, "attack that does not know"), (DEFENDED, "attack that knows")):
            for budget in BUDGETS[1:]:
                rate = setting.success(setting.attack(made_on, aim, budget), aim, title, DEFENDED)
                yield row_of("defence", rate, aim=aim, budget=budget)


def presented(number: int) -> Iterator[dict]:
    """Yield the rows of detectors of presentation attacks."""
    faces = load_faces("rendered", split="train", people=number, pictures=PRESENTED)
    development = load_faces("rendered", split="dev", pictures=PRESENTED)
    for kind in presentation.KINDS:
        for rate, each in break_in.detector_splits(kind, faces, development, SPLITS):
            among = {"splits": SPLITS, "lowest": round(min(each), 4), "highest": round(max(each), 4)}
            yield row_of("presentation", rate, trained_on=kind, **among)


def morphed(setting: Setting) -> Iterator[dict]:
    """Yield the rows of pictures that two people share."""
    faces, landmarks = setting.people, pretrained.load_network("landmarks")
    firsts = np.array([np.flatnonzero(faces.labels == label)[0] for label in np.unique(faces.labels)])
    pictures = faces.images[firsts]
    places = landmarks.predict(pictures, batch_size=100, verbose=0)
    references = setting.locks[SURROGATE].references
    for kind in ("random", "similar"):
        first, second = break_in.pairs_of(faces, references, similar=kind == "similar")
        blended = morphs.morph(pictures[first], pictures[second], places[first], places[second])
        for title, shared in (("one of the two", pictures[first]), ("morph", blended)):
            rate = break_in.morph_rate(setting.locks[NETWORK], shared, faces, (first, second), f"{title}, {kind} pairs")
            yield row_of("morph", rate, pairs=kind)


LOCKS = (row_of, Setting, attacks, door, break_in.Lock, break_in.embed, break_in.lock_for, break_in.Attempts,
         break_in.attempts_of, break_in.success, break_in.attack)  # fmt: skip
MORPHS = (*LOCKS, morphs, alignment, break_in.pairs_of, break_in.morph_rate)
DETECTORS = (row_of, presentation, door, break_in.present, break_in.described, break_in.live_only, break_in.errors_of,
             break_in.detector_splits)  # fmt: skip
PARTS = {strength: LOCKS, survival: LOCKS, transfer: LOCKS, defence: LOCKS, morphed: MORPHS, presented: DETECTORS}


@functools.cache
def weights() -> list[str]:
    """Return the fingerprints of the networks."""
    return [network_fingerprint(pretrained.load_network(name)) for name in (NETWORK, SURROGATE, "landmarks")]


def settings_of(part: Callable, number: int) -> list:
    """Return all that a part's rows depend on: people, networks, numbers that were chosen, and code."""
    of_locks = [BUDGETS, STEPS, BUDGET, break_in.ENROLLED, break_in.PICTURES, break_in.RATE]
    chosen = {morphed: [*of_locks, break_in.TRIES], presented: [PRESENTED, SPLITS, break_in.BPCER]}
    code = code_of(part, *PARTS[part])
    return [part.__name__, number, rendered.version(), weights(), chosen.get(part, of_locks), code]


def measured(number: int) -> list[dict]:
    """Return all rows, each part from the cache if it was measured before."""
    made: list[Setting] = []

    def setting() -> Setting:
        if not made:
            made.append(Setting(number))
        return made[0]

    rows = []
    for part in PARTS:
        measure = (lambda: presented(number)) if part is presented else (lambda part=part: part(setting()))
        for row in kept("attacks", settings_of(part, number), lambda measure=measure: list(measure())):
            print(row, flush=True)
            rows.append(row)
    return rows


def main() -> None:
    """Measure, print and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE, help="even, from 20 to 320: how many take part")
    use_one_thread()
    results.store("attacks", measured(parser.parse_args().people), as_measured=AS_MEASURED)


if __name__ == "__main__":
    main()
