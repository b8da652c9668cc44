"""6.9: two leaks, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def prepared(pictures, labels, train, test, keep):
    """Return a right answer to 6.9."""
    scaled = (pictures - pictures[train].mean(axis=0)) / pictures[train].std(axis=0)
    best = np.argsort(-np.abs(gaps(scaled, labels, train)))[:keep]
    return scaled[train][:, best], scaled[test][:, best]


def gaps(values, labels, part=slice(None)):
    """Return for each pixel by how much its mean value in a part, or in all, is larger for label 1 than for label 0."""
    values, labels = values[part], labels[part]
    return values[labels == 1].mean(axis=0) - values[labels == 0].mean(axis=0)


def standardised(pictures):
    """Return pictures scaled by a mean and a spread of their own."""
    return (pictures - pictures.mean(axis=0)) / pictures.std(axis=0)


def case(seed, pictures, pixels, keep, test, shown):
    """Return a case of random pictures; both labels are in both parts."""
    random = np.random.default_rng(seed)
    values = random.integers(0, 10, size=(pictures, pixels)).astype(float)
    labels = random.permutation(np.arange(pictures) % 2)
    labels[:4] = [0, 1, 0, 1]
    order = np.concatenate([np.arange(2, pictures - test + 2), [0, 1], np.arange(pictures - test + 2, pictures)])
    return Case(values, labels, order[:-test], order[-test:], keep, shown=f"prepared(...) of {shown}, keep={keep}")


exercise = Function(
    prepared,
    given=[("pictures[train]", "pictures"), ("labels, train)", "labels)")],
    cases=[
        Case(
            np.array([[1.0], [5.0], [9.0], [4.0]]),
            np.array([0, 1, 0, 1]),
            np.array([0, 1]),
            np.array([2, 3]),
            1,
            shown="prepared(...) of four pictures of one pixel, 1, 5, 9, 4, the first two to train on",
        ),
        case(1, 8, 3, keep=1, test=4, shown="eight pictures of three pixels, four to train on"),
        case(2, 12, 5, keep=2, test=4, shown="twelve pictures of five pixels, eight to train on"),
        case(7, 20, 9, keep=4, test=8, shown="twenty pictures of nine pixels, twelve to train on"),
    ],
)
