"""Answers to 2.8: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np
from scipy.spatial import distance

from course_utils.from_scratch import losses


def cosines_by_loops(embeddings):
    return [
        [np.dot(one, other) / (math.hypot(*one) * math.hypot(*other)) for other in embeddings] for one in embeddings
    ]


def cosines_by_einsum(embeddings):
    units = embeddings / np.sqrt(np.einsum("id,id->i", embeddings, embeddings))[:, None]
    return np.einsum("id,jd->ij", units, units)


def cosines_by_gram(embeddings):
    gram = embeddings @ embeddings.T
    lengths = np.sqrt(np.diag(gram))
    return gram / np.outer(lengths, lengths)


def cosines_from_distances(embeddings):
    units = losses.normalise(embeddings)
    return 1 - distance.cdist(units, units) ** 2 / 2


def cosines_by_sum(embeddings):
    units = embeddings / embeddings.sum(axis=1, keepdims=True)
    return units @ units.T


RIGHT = [
    cosines_by_loops,
    cosines_by_einsum,
    cosines_by_gram,
    cosines_from_distances,
    lambda embeddings: 1 - distance.cdist(embeddings, embeddings, "cosine"),
    lambda embeddings: losses.cosine_similarity(embeddings[:, None], embeddings[None]),
]

WRONG = [
    ("arguments", losses.cosine_similarity),
    ("smallest case", cosines_by_sum),
]
