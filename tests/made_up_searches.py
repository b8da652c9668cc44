"""Searches in a small gallery whose scores are known, for tests of the gallery explorer."""

import numpy as np

from course_utils import metrics
from course_utils.widgets.gallery import Searches


def made_up_searches(people: int = 3, tries: int = 1) -> Searches:
    """Return searches by each of the people and by as many strangers, in turn; pictures are noise."""
    random = np.random.default_rng(0)
    truth = np.tile(np.stack([np.arange(people), np.full(people, metrics.NOBODY)], axis=1).ravel(), tries)
    scores = random.normal(0.2, 0.15, (len(truth), people)).clip(-1, 1)
    mated = truth != metrics.NOBODY
    scores[mated, truth[mated]] = random.normal(0.7, 0.1, mated.sum()).clip(-1, 1)
    portraits, probes = (random.integers(0, 256, (count, 16, 16, 3), np.uint8) for count in (people, len(truth)))
    names = tuple(f"person {number:03}" for number in range(1, people + 1))
    return Searches(portraits, names, probes, scores, truth)
