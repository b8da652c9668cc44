"""Answers to 2.12: right ones, and wrong ones with the hint that each must get."""

import itertools
import math

import numpy as np
from scipy.spatial import distance

from course_utils.from_scratch import losses


def pairs(embeddings, people):
    first, second = np.triu_indices(len(people), k=1)
    return people[first] == people[second], np.linalg.norm(embeddings[first] - embeddings[second], axis=1)


def loss_by_loops(embeddings, people, margin):
    costs = []
    for i, j in itertools.combinations(range(len(people)), 2):
        gap = math.dist(embeddings[i], embeddings[j])
        costs.append(gap**2 if people[i] == people[j] else max(margin - gap, 0) ** 2)
    return sum(costs) / len(costs)


def loss_by_pdist(embeddings, people, margin):
    gaps, differ = distance.pdist(embeddings), distance.pdist(people[:, None], "hamming").astype(bool)
    return np.where(differ, np.clip(margin - gaps, 0, None) ** 2, gaps**2).mean()


def loss_of_ordered_pairs(embeddings, people, margin):
    gaps = np.linalg.norm(embeddings[:, None] - embeddings, axis=-1)
    costs = np.where(people[:, None] == people, gaps**2, np.maximum(margin - gaps, 0) ** 2)
    return costs[~np.eye(len(people), dtype=bool)].mean()


def loss_of_the_module(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return losses.contrastive_loss(same.astype(float), gaps, margin)


def loss_of_city_blocks(embeddings, people, margin):
    gaps = distance.pdist(embeddings, "cityblock")
    return losses.contrastive_loss(pairs(embeddings, people)[0].astype(float), gaps, margin)


RIGHT = [loss_by_loops, loss_by_pdist, loss_of_ordered_pairs, loss_of_the_module]

WRONG = [
    ("smallest case", loss_of_city_blocks),
]
