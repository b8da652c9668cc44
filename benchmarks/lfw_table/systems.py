"""List the systems of the table: what each may learn from, what is chosen on View 1, and how it scores pairs."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks import transfer_comparison
from benchmarks.lfw_table.discriminants import discriminants, principal_components
from benchmarks.lfw_table.networks import FINE_TUNED, FROM_RANDOM, trained_network
from benchmarks.lfw_table.photographs import Photographs
from benchmarks.lfw_table.rules import Compare, Learn, Trained
from benchmarks.transfer.embeddings import Embed, compare
from benchmarks.transfer.people import People, load_people
from course_utils import dlib_network, metrics
from course_utils.datasets import Pairs
from course_utils.protocols.baselines import eigenfaces, grey_middle

CROP_64 = "LFW's face crop, 64 x 64 pixels"
CROP_128 = "LFW's face crop, 128 x 128 pixels, in grey"
CHIP = "dlib's own chip, 150 x 150 pixels, from five landmarks that it finds in the whole photograph"
NOBODY = "nothing"
PAIRS = "the pictures of the other nine folds' pairs, without names"
NAMES = "all pictures of the people of the other nine folds, with names; nobody asked these people"
RENDERED = "pictures of 4,000 people who do not exist"
SCRAPED = (
    "about three million photographs of 7,485 people, half of them from FaceScrub and VGG Face, the rest collected on "
    "the web by the author; nobody asked these people"
)


@dataclass(frozen=True)
class System:
    """A row of the table.

    Attributes
    ----------
    column : str
        Of `course_utils.protocols.lfw_columns.COLUMNS`.
    learned_from, sees : str
        What it was trained on, and which part of a photograph it is given.
    make : callable
        Takes the photographs and one of the candidates, as keyword arguments; returns what `rules` scores.
    candidates : tuple of dict
        What View 1 chooses among.
    known : str
        The benchmark that scored the system on View 2 before this table, if one did.
    reports_undetected : bool
        Whether the row lists the photographs in which the system's own detector found no face.
    """

    column: str
    learned_from: str
    sees: str
    make: Callable[..., Compare | Trained]
    candidates: tuple[dict, ...] = ({},)
    known: str = ""
    reports_undetected: bool = False


def by_embedding(embed: Embed, photographs: Photographs) -> Compare:
    """Return how to compare pairs by the cosines of embeddings of the crop of 64 x 64 pixels."""
    return lambda pairs: compare(embed, photographs.lfw.images, pairs)


def pixels(photographs: Photographs) -> Compare:
    """Compare grey pixels, less their mean in each picture."""
    return by_embedding(grey_middle, photographs)


def whitened_eigenfaces(photographs: Photographs) -> Trained:
    """Compare the first 200 whitened principal components of the other folds' pictures."""

    def prepare(pictures: np.ndarray) -> Learn:
        embed = eigenfaces(photographs.lfw.images[pictures])
        return lambda _: by_embedding(embed, photographs)

    return Trained(prepare, labelled=False)


def centred_gradients(photographs: Photographs) -> Trained:
    """Compare histograms of oriented gradients, less their mean over the other folds' pictures."""
    rows = photographs.gradients

    def prepare(pictures: np.ndarray) -> Learn:
        centred = rows - rows[pictures].mean(axis=0)
        return lambda _: lambda pairs: metrics.cosine_similarity(centred, pairs.first, pairs.second)

    return Trained(prepare, labelled=False)


def discriminated(photographs: Photographs, descriptor: str, cell: int, components: int, score: str) -> Trained:
    """Compare descriptors on the axes that tell the other folds' people apart."""
    rows = photographs.descriptors(descriptor, cell)

    def prepare(pictures: np.ndarray) -> Learn:
        reduced = principal_components(rows[pictures], components)(rows)

        def learn(allowed: np.ndarray) -> Compare:
            found = discriminants(reduced[allowed], photographs.lfw.labels[allowed])
            scored = found.likelihood_ratios if score == "Joint Bayesian" else found.cosines
            return lambda pairs: scored(reduced, pairs.first, pairs.second)

        return learn

    return Trained(prepare, labelled=True)


def rendered_people(photographs: Photographs) -> Compare:
    """Compare the embeddings of the network that comes with the course."""
    return by_embedding(transfer_comparison.ways()["as cropped"], photographs)


def rendered_people_discriminated(photographs: Photographs) -> Compare:
    """Compare them in the way that `transfer_comparison` chose: aligned ones added, on the axes of a discriminant."""
    way = transfer_comparison.ways()[transfer_comparison.CHOSEN.removesuffix(transfer_comparison.DISCRIMINANT)]
    return by_embedding(transfer_comparison.discriminant(way, load_people(People())), photographs)


def professional_network(photographs: Photographs) -> Compare:
    """Compare dlib's embeddings by their distance."""

    def compare_chips(pairs: Pairs) -> np.ndarray:
        first, second = (np.searchsorted(photographs.compared, side) for side in (pairs.first, pairs.second))
        return dlib_network.similarity(photographs.whole.embeddings, first, second)

    return compare_chips


def grid(**choices) -> tuple[dict, ...]:
    """Return all combinations of choices."""
    return tuple(dict(zip(choices, each, strict=True)) for each in itertools.product(*choices.values()))


TRANSFER = "benchmarks.transfer_comparison"
SCORES = ("cosine", "Joint Bayesian")
LEARNING = {"components": (200, 400), "score": SCORES}
SYSTEMS = {
    "pixels": System("restricted", NOBODY, CROP_64, pixels),
    "eigenfaces": System("restricted", PAIRS, CROP_64, whitened_eigenfaces),
    "HOG": System("restricted", PAIRS, CROP_64, centred_gradients),
    "HOG, discriminant": System(
        "unrestricted", NAMES, CROP_128, partial(discriminated, descriptor="HOG"), grid(cell=(8, 16), **LEARNING)
    ),
    "LBP, discriminant": System(
        "unrestricted", NAMES, CROP_128, partial(discriminated, descriptor="LBP"), grid(cell=(16,), **LEARNING)
    ),
    "rendered people": System(
        "rendered", RENDERED, CROP_64, rendered_people, known=TRANSFER
    ),
    "rendered people, discriminant": System(
        "rendered", f"{RENDERED}; for the discriminant, of 480 more", f"{CROP_64}; and laid in place by eyes and mouth",
        rendered_people_discriminated, known=TRANSFER,
    ),
    "LFW alone": System(
        "unrestricted", NAMES, CROP_64, partial(trained_network, recipe=FROM_RANDOM),
        grid(trained_on=("cropped",), sees=("cropped",), score=SCORES),
    ),
    "rendered, then LFW": System(
        "rendered", f"{RENDERED}; then {NAMES}", f"{CROP_64}; and laid in place by eyes and mouth",
        partial(trained_network, recipe=FINE_TUNED), grid(trained_on=("cropped", "both"), sees=("both",), score=SCORES),
    ),
    "professional network": System("outside", SCRAPED, CHIP, professional_network, reports_undetected=True),
}  # fmt: skip
