"""6.10: one look at the test, to mend."""

import numpy as np

from course_utils import metrics
from course_utils.exercises.forms import Case, Function


def report(networks):
    """Return a right answer to 6.10."""
    best = None
    for name, (validation, test) in networks.items():
        threshold = metrics.best_threshold(*validation)
        right = share_right(validation, threshold)
        if best is None or right > best[0]:
            best = right, name, threshold, share_right(test, threshold)
    return best[1:]


def share_right(part, threshold):
    """Return the share of pairs that a network is right about."""
    scores, mated = part
    return np.mean((scores >= threshold) == mated)


def both(validation, test):
    """Return validation and test pairs together."""
    return tuple(np.concatenate(parts) for parts in zip(validation, test, strict=True))


def pairs(*scores):
    """Return two pairs of two people and two of one person, with these scores."""
    return np.array(scores), np.array([False, False, True, True])


def case(seed, networks, number):
    """Return a case of random scores, mostly higher where two pictures show one person."""
    random = np.random.default_rng(seed)

    def random_pairs():
        mated = random.permutation(np.arange(number) % 2 == 0)
        return random.integers(0, 21, size=number) / 20 + 0.3 * mated, mated

    named = {f"network {place}": (random_pairs(), random_pairs()) for place in range(1, networks + 1)}
    shown = f"report(...) of {networks} networks with {number} pairs for validation and {number} for the test"
    return Case(named, shown=shown)


ALONE = (pairs(0.3, 0.5, 0.7, 0.9), pairs(0.1, 0.3, 0.55, 0.9))
WORSE = (pairs(0.2, 0.6, 0.4, 0.8), pairs(0.1, 0.3, 0.7, 0.9))
BETTER = (pairs(0.2, 0.4, 0.6, 0.8), pairs(0.1, 0.6, 0.3, 0.9))

exercise = Function(
    report,
    given=[("best_threshold(*validation)", "best_threshold(*test)"), ("(validation, threshold)", "(test, threshold)")],
    cases=[
        Case(
            {"alone": ALONE},
            shown="report(...) of one network; validation: 0.3 and 0.5 two people, 0.7 and 0.9 one person; "
            "test: 0.1 and 0.3 two people, 0.55 and 0.9 one person",
        ),
        Case(
            {"first": WORSE, "second": BETTER},
            shown="report(...) of two networks; the second is better on validation, the first on test",
        ),
        Case(
            {"first": ALONE, "second": (ALONE[0], BETTER[1])},
            shown="report(...) of two networks that are equally good on validation",
        ),
        case(3, networks=3, number=8),
        case(5, networks=5, number=20),
        case(8, networks=8, number=30),
    ],
)
