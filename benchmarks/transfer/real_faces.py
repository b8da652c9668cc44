"""Score an embedding on real faces: LFW's View 1 and View 2, and Olivetti."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PIL import Image

from benchmarks.transfer.embeddings import Embed, compare, remembered
from benchmarks.transfer.people import SIZE
from course_utils import augmentation, metrics
from course_utils.datasets import FaceDataset

# Where Olivetti's picture lies in LFW's frame, in its 64 x 64 pixels: the similarity that best takes eyes and mouth of
# one mean face (at .256 .26, .75 .26, .503 .734 of the side) to those of the other (.335 .335, .685 .335, .51 .72).
OLIVETTI_SIZE, OLIVETTI_TOP, OLIVETTI_LEFT = 49, 9, 8
LUMA = np.array(augmentation.LUMA)
CENTRED = "centred_"  # begins the names of the scores of embeddings less their mean over real faces
SIDES = ("first", "second")  # of a pair
REPEATS = 200  # draws of people for an interval
INTERVALS = {"dyadic": metrics.dyadic_interval, "pigeonhole": metrics.identity_interval}
AS_MEASURED = {
    name: f"interval as measured, runs not stored: {words}, {REPEATS} repeats (metrics.{INTERVALS[name].__name__})"
    for name, words in {
        "dyadic": "pigeonhole bootstrap of people, narrowed to the dyadic cluster-robust variance",
        "pigeonhole": "pigeonhole bootstrap of people",
    }.items()
}


def shrink(images: np.ndarray, size: int) -> np.ndarray:
    """Scale pictures to size x size pixels, averaging over the pixels that become one."""
    if images.shape[1:3] == (size, size):
        return images
    resize = partial(Image.Image.resize, size=(size, size), resample=Image.Resampling.BICUBIC)
    return np.stack([np.asarray(resize(Image.fromarray(image))) for image in images])


def framed_like_lfw(images: np.ndarray, scale: int = 1) -> np.ndarray:
    """Scale Olivetti's pictures into LFW's frame and repeat their edges around them; `scale` 2 gives 128 x 128."""
    after = SIZE - OLIVETTI_SIZE
    borders = ((0, 0), (OLIVETTI_TOP, after - OLIVETTI_TOP), (OLIVETTI_LEFT, after - OLIVETTI_LEFT), (0, 0))
    return np.pad(shrink(images, scale * OLIVETTI_SIZE), scale * np.array(borders), mode="edge")


def in_grey(images: np.ndarray) -> np.ndarray:
    """Return pictures without colour, in three equal channels."""
    return np.repeat((images @ LUMA).round().astype(np.uint8)[..., np.newaxis], 3, axis=-1)


def score_view1(embed: Embed, lfw: FaceDataset) -> dict:
    """Score View 1: the AUC of all its pairs, with an interval by people; the accuracy on its test pairs.

    The accuracy's threshold is that of the training pairs.
    """
    train_pairs, test_pairs = lfw.pairs["view1_train"], lfw.pairs["view1_test"]
    train_scores, test_scores = (compare(embed, lfw.images, pairs) for pairs in (train_pairs, test_pairs))
    threshold = metrics.best_threshold(train_scores, train_pairs.same)
    first, second = (np.concatenate([getattr(each, side) for each in (train_pairs, test_pairs)]) for side in SIDES)
    return {
        "view1_accuracy": float(np.mean((test_scores >= threshold) == test_pairs.same)),
        **with_interval("view1_auc", "dyadic", metrics.roc_auc, np.concatenate([train_scores, test_scores]),
                        lfw.labels[first], lfw.labels[second]),
    }  # fmt: skip


def with_interval(name: str, by: str, measure: Callable, scores: np.ndarray, first_person, second_person) -> dict:
    """Return a measure of comparisons, and ``NAME_interval``: its bounds and by which of `INTERVALS` they are."""
    low, high = INTERVALS[by](measure, scores, first_person, second_person, repeats=REPEATS)
    interval = {"low": low, "high": high, "by": by}
    return {name: measure(scores, first_person == second_person), f"{name}_interval": interval}


def score_view2(embed: Embed, lfw: FaceDataset) -> dict:
    """Score View 2 in colour and in grey: the accuracy on each fold, and the AUC of all pairs."""
    pairs = lfw.pairs["view2"]
    scored = {}
    for prefix, change in (("view2", np.asarray), ("view2_grey", in_grey)):
        scores = compare(lambda images, change=change: embed(change(images)), lfw.images, pairs)
        scored[f"{prefix}_by_fold"] = metrics.fold_accuracies(scores, pairs.same, pairs.fold).tolist()
        scored[f"{prefix}_auc"] = metrics.roc_auc(scores, pairs.same)
    return scored


def score_olivetti(embed: Embed, olivetti: FaceDataset) -> dict:
    """Score all pairs of Olivetti: AUC and equal error rate, with intervals by people."""
    first, second, _ = metrics.all_pairs(olivetti.labels)
    scores = metrics.cosine_similarity(embed(framed_like_lfw(olivetti.images)), first, second)
    who = olivetti.labels[first], olivetti.labels[second]
    return {
        **with_interval("olivetti_auc", "pigeonhole", metrics.roc_auc, scores, *who),
        **with_interval("olivetti_eer", "pigeonhole", metrics.equal_error_rate, scores, *who),
    }


@dataclass(frozen=True)
class RealFaces:
    """The real faces, and whether only View 1 may be looked at."""

    lfw: FaceDataset
    olivetti: FaceDataset | None = None

    def score(self, embed: Embed) -> dict:
        """Return all scores of an embedding, as it is and centred."""
        embed = remembered(embed)
        mean = embed(view1_pictures(self.lfw)).mean(axis=0)
        centred = self._score(lambda images: embed(images) - mean)
        return self._score(embed) | {f"{CENTRED}{name}": value for name, value in centred.items()}

    def _score(self, embed: Embed) -> dict:
        scored = score_view1(embed, self.lfw)
        if self.olivetti is not None:
            scored |= score_view2(embed, self.lfw) | score_olivetti(embed, self.olivetti)
        return scored


def version(lfw: FaceDataset) -> str:
    """Return which version of LFW these photographs are, as a stored table names it: the versions' scores differ."""
    return f"LFW, {lfw.attributes['alignment'].iloc[0]}"


def view1_pictures(lfw: FaceDataset) -> np.ndarray:
    """Return the pictures of View 1's training pairs, each once."""
    return lfw.images[lfw.pairs["view1_train"].pictures]
