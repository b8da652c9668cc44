"""Train the course's network on LFW's people, from random weights or from those that rendered people gave it.

The weights stay in the cache of the machine that trains, so that an interrupted training goes on; a repository never
gets them, because nobody asked the people in the photographs.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.lfw_table.discriminants import discriminants
from benchmarks.lfw_table.photographs import Photographs
from benchmarks.lfw_table.rules import NINTH_FOLD, Compare, Learn, Trained
from benchmarks.transfer.embeddings import Embed, network_embedding
from benchmarks.transfer.recipe import Recipe
from benchmarks.transfer.training import train
from course_utils import metrics
from course_utils.datasets import FaceDataset, Pairs, storage
from course_utils.protocols.embedding_losses import of_length_1

SEED = 0
FROM_RANDOM = Recipe(shown=150_000, learning_rate=0.05, batch_size=64)
FINE_TUNED = Recipe(shown=120_000, learning_rate=0.01, batch_size=64, start="embedding")


def trained_network(photographs: Photographs, recipe: Recipe, trained_on: str, sees: str, score: str) -> Trained:
    """Return how to train a network for each fold and to compare by its embeddings.

    Parameters
    ----------
    photographs : Photographs
    recipe : Recipe
        How it is trained.
    trained_on, sees : {"cropped", "both"}
        What it learns from, and what it compares: LFW's crops, or these and the same laid in place by eyes and mouth;
        when it compares "both", the embeddings are added.  The landmark network that finds eyes and mouth was trained
        on rendered people, so a system without outside data uses crops only.
    score : {"cosine", "Joint Bayesian"}
        How two embeddings are compared; the latter is learned from the embeddings of the people it was trained on.
    """

    def learn(allowed: np.ndarray) -> Compare:
        people = training_pictures(photographs, allowed, trained_on)
        network = network_embedding(train(people, recipe, SEED, storage.cache_folder() / "lfw_table" / "networks"))

        def embedded(used: np.ndarray) -> np.ndarray:
            return embed(network, photographs, used, sees)

        if score == "cosine":
            compare_rows = metrics.cosine_similarity
        else:
            found = discriminants(of_length_1(embedded(allowed)), photographs.lfw.labels[allowed])

            def compare_rows(rows: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
                return found.likelihood_ratios(of_length_1(rows), first, second)

        def compare(pairs: Pairs) -> np.ndarray:
            used, places = np.unique(np.concatenate([pairs.first, pairs.second]), return_inverse=True)
            return compare_rows(embedded(used), *np.split(places, 2))

        return compare

    def prepare(_: np.ndarray) -> Learn:
        return learn

    return Trained(prepare, labelled=True, threshold=NINTH_FOLD)


def training_pictures(photographs: Photographs, allowed: np.ndarray, trained_on: str) -> FaceDataset:
    """Return the pictures to train on, with labels 0, 1, 2, ...; of "both", the cropped ones come first."""
    cropped = photographs.lfw.subset(allowed).renumber()
    if trained_on == "cropped":
        return cropped
    return replace(
        cropped,
        images=np.concatenate([cropped.images, photographs.aligned[allowed]]),
        labels=np.tile(cropped.labels, 2),
        attributes=pd.concat([cropped.attributes] * 2),
    )


def embed(network: Embed, photographs: Photographs, used: np.ndarray, sees: str) -> np.ndarray:
    """Return the embeddings (n, numbers) of some pictures of LFW."""
    embeddings = network(photographs.lfw.images[used])
    return embeddings if sees == "cropped" else embeddings + network(photographs.aligned[used])
