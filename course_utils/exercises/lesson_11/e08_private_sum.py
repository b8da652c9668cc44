"""11.8: one private step, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def private_sum(gradients, owners, bound, noise, draws):
    """Return a right answer to 11.8."""
    total = np.zeros(gradients.shape[1])
    for owner in np.unique(owners):
        own = gradients[owners == owner].mean(axis=0)
        total = total + own * bound / max(bound, np.linalg.norm(own))
    return total + noise * bound * draws


def sum_clipped(gradients, owners, bound, noise, draws):
    """Shorten the sum of all people, and nobody's own gradient."""
    total = sum(gradients[owners == owner].mean(axis=0) for owner in np.unique(owners))
    return total * bound / max(bound, np.linalg.norm(total)) + noise * bound * draws


def pictures_clipped(gradients, owners, bound, noise, draws):
    """Protect each picture on its own."""
    return private_sum(gradients, np.arange(len(gradients)), bound, noise, draws)


def pictures_clipped_first(gradients, owners, bound, noise, draws):
    """Shorten each picture's gradient, and then take the mean of each person."""
    lengths = np.linalg.norm(gradients, axis=1, keepdims=True)
    shortened = gradients * bound / np.maximum(bound, lengths)
    return sum(shortened[owners == owner].mean(axis=0) for owner in np.unique(owners)) + noise * bound * draws


def noise_for_each(gradients, owners, bound, noise, draws):
    """Add the noise once for each person."""
    return private_sum(gradients, owners, bound, noise, len(np.unique(owners)) * draws)


def noise_first(gradients, owners, bound, noise, draws):
    """Add the noise to each person's gradient before it is shortened."""
    total = np.zeros(gradients.shape[1])
    for owner in np.unique(owners):
        own = gradients[owners == owner].mean(axis=0) + noise * bound * draws
        total = total + own * bound / max(bound, np.linalg.norm(own))
    return total


def noise_in_sum_first(gradients, owners, bound, noise, draws):
    """Add the noise to the sum, and shorten the result."""
    total = sum(gradients[owners == owner].mean(axis=0) for owner in np.unique(owners)) + noise * bound * draws
    return total * bound / max(bound, np.linalg.norm(total))


def each_number_clipped(gradients, owners, bound, noise, draws):
    """Shorten each number of a gradient, and not its length."""
    means = np.array([gradients[owners == owner].mean(axis=0) for owner in np.unique(owners)])
    return means.clip(-bound, bound).sum(axis=0) + noise * bound * draws


def case(seed, people, numbers, bound, noise):
    """Return a case of gradients of pictures; people differ in how many they have, and in how long theirs are."""
    random = np.random.default_rng(seed)
    owners = random.permutation(np.repeat(np.arange(people), 1 + np.arange(people) % 3))
    gradients = random.normal(size=(len(owners), numbers)) * (0.3 + owners[:, np.newaxis])
    shown = f"private_sum(...) of {len(owners)} pictures of {people} people, bound {bound}, noise {noise}"
    return Case(gradients, owners, bound, noise, random.normal(size=numbers), shown=shown)


exercise = Function(
    private_sum,
    given=sum_clipped,
    cases=[
        (np.array([[0.6, 0.8]]), np.array([4]), 2.0, 0.0, np.array([0.0, 0.0])),
        (np.array([[3.0, 4.0]]), np.array([0]), 1.0, 0.0, np.array([0.0, 0.0])),
        (np.array([[3.0, 4.0], [0.0, 1.0]]), np.array([0, 1]), 2.0, 0.0, np.array([0.0, 0.0])),
        (np.array([[3.0, 4.0], [0.0, 1.0]]), np.array([0, 0]), 2.0, 0.0, np.array([0.0, 0.0])),
        (np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([2, 7]), 5.0, 3.0, np.array([1.0, -2.0])),
        case(1, 4, 3, 1.5, 0.5),
        case(2, 7, 5, 2.0, 1.0),
        case(3, 10, 2, 0.5, 2.0),
    ],
)
