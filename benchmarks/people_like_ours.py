"""Make up templates of many people, as similar to each other as those that the course's network makes of faces.

There are no pictures of a million people here.  But templates of a million people can be drawn at random with the
statistics of those of 400 rendered people whom the network has never seen: a person's middle from a normal distribution
with the covariance of the people's means (less what is due to the few pictures of each), a picture's template around it
with the pooled covariance within people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_utils import metrics
from course_utils.datasets import load_faces


@dataclass(frozen=True, eq=False)
class Statistics:
    """How templates are spread.

    Attributes
    ----------
    mean : ndarray, shape (numbers,)
    between, within : ndarray, shape (numbers, numbers)
        Factors: a normal vector times one of them has the covariance between people, or within them.
    """

    mean: np.ndarray
    between: np.ndarray
    within: np.ndarray


def statistics_of(templates: np.ndarray, labels: np.ndarray) -> Statistics:
    """Return the statistics of templates (n, numbers) of people who have equally many pictures each."""
    people, person = np.unique(labels, return_inverse=True)
    means = np.stack([templates[person == number].mean(axis=0) for number in range(len(people))])
    deviations = templates - means[person]
    within = deviations.T @ deviations / (len(templates) - len(people))
    between = np.cov(means.T) - within * len(people) / len(templates)
    return Statistics(means.mean(axis=0), _factor(between), _factor(within))


def _factor(covariance: np.ndarray) -> np.ndarray:
    """Return a matrix whose product with its transpose is the covariance; directions without variance stay out."""
    values, directions = np.linalg.eigh(covariance)
    return (directions * np.sqrt(values.clip(0))).T


def draw(spread: Statistics, people: int, pictures: int, seed: int, block: int = 50_000) -> np.ndarray:
    """Return templates of length 1 of so many people, float32 (people, pictures, numbers)."""
    random = np.random.default_rng(seed)
    numbers = len(spread.mean)
    drawn = np.empty((people, pictures, numbers), np.float32)
    for start in range(0, people, block):
        part = drawn[start : start + block]
        middles = spread.mean + random.standard_normal((len(part), 1, numbers), np.float32) @ spread.between
        part[:] = middles + random.standard_normal(part.shape, np.float32) @ spread.within
        part /= np.linalg.norm(part, axis=2, keepdims=True)
    return drawn


def templates_of_rendered_people() -> tuple[np.ndarray, np.ndarray]:
    """Return the templates (n, 128) of the rendered people of "train" and "dev", and whose they are."""
    from course_utils import pretrained

    network = pretrained.load_network("embedding")
    templates, labels = [], []
    for part in ("train", "dev"):
        faces = load_faces("rendered", split=part, size=64)
        templates.append(network.predict(faces.images, batch_size=100, verbose=0))
        labels.append([f"{part} {label}" for label in faces.labels])
    return np.concatenate(templates), np.concatenate(labels)


def comparison(templates: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Return what tells whether made-up templates are like real ones: error, and where non-mated scores lie."""
    first, second, mated = metrics.all_pairs(np.unique(labels, return_inverse=True)[1])
    scores = metrics.cosine_similarity(templates, first, second)
    row = {"equal error rate": metrics.equal_error_rate(scores, mated), "mated score, median": np.median(scores[mated])}
    for quantile in (0.5, 0.99, 0.999):
        row[f"non-mated score, quantile {quantile}"] = np.quantile(scores[~mated], quantile)
    return {name: round(float(value), 4) for name, value in row.items()}
