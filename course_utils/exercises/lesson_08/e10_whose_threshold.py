"""8.10: whose threshold, to mend."""

import numpy as np

from course_utils import metrics
from course_utils.exercises.forms import Case, Function


def quoted_rates(development, test, wanted):
    """Return a right answer to 8.10."""
    threshold = metrics.threshold_at(*development, wanted)
    return threshold, metrics.false_match_rate(*test, threshold), metrics.false_non_match_rate(*test, threshold)


def together(development, test):
    """Return the pairs of development and test together."""
    return tuple(np.concatenate(parts) for parts in zip(development, test, strict=True))


def pairs(seed, non_mated, mated):
    """Return random scores, mostly higher where two pictures show one person, and which pairs are mated."""
    random = np.random.default_rng(seed)
    is_mated = random.permutation(np.arange(non_mated + mated) < mated)
    return random.integers(0, 61, size=len(is_mated)) / 100 + 0.3 * is_mated, is_mated


def case(seed, non_mated, mated, wanted):
    """Return a case of random scores with as many pairs for development as for the test."""
    shown = (
        f"quoted_rates(development, test, {wanted}) of {non_mated} non-mated and {mated} mated pairs for development, "
        "and as many for the test"
    )
    return Case(pairs(seed, non_mated, mated), pairs(seed + 1, non_mated, mated), wanted, shown=shown)


IS_MATED = np.arange(8) >= 6
DEVELOPMENT = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.55, 0.9]), IS_MATED
TEST = np.array([0.2, 0.3, 0.3, 0.7, 0.8, 0.4, 0.65, 0.3]), IS_MATED

exercise = Function(
    quoted_rates,
    given=[("*development", "*test")],
    cases=[
        Case(
            DEVELOPMENT,
            TEST,
            0.5,
            shown="quoted_rates(development, test, 0.5); development: 0.1 to 0.6 two people, 0.55 and 0.9 one person; "
            "test: 0.2, 0.3, 0.3, 0.7, 0.8, 0.4 two people, 0.65 and 0.3 one person",
        ),
        case(3, 12, 6, 0.25),
        case(5, 40, 15, 0.1),
        case(7, 60, 20, 0.07),
    ],
)
