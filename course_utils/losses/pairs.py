"""Compare the embeddings of a batch with each other: contrastive and triplet loss.

Both take numbers of people (n,) or (n, 1) as ``y_true`` and embeddings (n, d) as ``y_pred``, and bring the embeddings
to length 1 first.  The distance of two embeddings is then sqrt(2 - 2 cos), in 0..2.  Both give one number per picture,
whose mean over the batch is the mean over all pairs or triplets that count.
"""

from __future__ import annotations

import keras
from keras import ops

FARTHEST = 4.0  # squared distance of opposite embeddings
SMALLEST_SQUARE = 1e-12  # below it, a distance has no gradient: the root's has no limit at 0


def squared_distances(embeddings):
    """Return the squared distances between all embeddings, (n, n), in 0..4, after bringing them to length 1.

    Parameters
    ----------
    embeddings : tensor, shape (n, d)
    """
    unit = ops.normalize(embeddings, axis=-1)
    return ops.clip(2 - 2 * ops.matmul(unit, ops.transpose(unit)), 0.0, FARTHEST)


def _same_person(y_true):
    """Return two tables (n, n) of True and False: pairs of one person (no picture with itself), pairs of two people."""
    labels = ops.reshape(ops.cast(y_true, "int32"), (-1,))
    same = ops.equal(labels[:, None], labels[None, :])
    itself = ops.cast(ops.eye(ops.shape(labels)[0]), "bool")
    return ops.logical_and(same, ops.logical_not(itself)), ops.logical_not(same)


def _shared_out(values, counts):
    """Return values (n, n) as one number per picture, so that the mean over pictures is the mean of all that count."""
    counts = ops.cast(counts, values.dtype)
    pictures = ops.cast(ops.shape(values)[0], values.dtype)
    return pictures * ops.sum(values * counts, axis=1) / ops.maximum(ops.sum(counts), 1)


@keras.saving.register_keras_serializable("course_utils")
class Contrastive(keras.losses.Loss):
    """Pull pictures of one person together, push those of two people apart until they are a margin away.

    A mated pair at distance d costs d**2, a non-mated one max(0, margin - d)**2.  The mean over all mated pairs of the
    batch and the mean over all its non-mated pairs count the same, however many there are of each.

    Parameters
    ----------
    margin : float
        Distance from which two people are far enough apart, in 0..2 (0 excluded).
    name : str
        Name of the loss.
    **options
        Further arguments of `keras.losses.Loss`, such as ``reduction``.

    Raises
    ------
    ValueError
        If `margin` is out of its range.

    Notes
    -----
    Source: R. Hadsell, S. Chopra and Y. LeCun, Dimensionality Reduction by Learning an Invariant Mapping, CVPR 2006,
    equation 4, without its factors of one half.
    """

    def __init__(self, margin: float = 1.0, name: str = "contrastive", **options):
        super().__init__(name=name, **options)
        if not 0 < margin <= 2:
            raise ValueError(f"`margin` must lie in 0..2 (0 excluded), as distances do, not {margin}.")
        self.margin = margin

    def call(self, y_true, y_pred):
        """Return one loss per picture."""
        mated, non_mated = _same_person(y_true)
        squares = squared_distances(y_pred)
        distances = ops.sqrt(ops.maximum(squares, SMALLEST_SQUARE))
        missing = ops.square(ops.maximum(self.margin - distances, 0))
        return _shared_out(squares, mated) + _shared_out(missing, non_mated)

    def get_config(self):
        """Return what a saved model needs to build the loss again."""
        return {**super().get_config(), "margin": self.margin}


@keras.saving.register_keras_serializable("course_utils")
class Triplet(keras.losses.Loss):
    """Ask that each picture is nearer to its own person than to somebody else, by a margin.

    A triplet of an anchor a, a picture p of the same person and a picture n of another one costs
    max(0, d(a, p)**2 - d(a, n)**2 + margin).  Most triplets of a batch cost nothing, so `mining` chooses:

    - "batch_hard": for each anchor, the farthest picture of its person and the nearest of anybody else.
    - "semi_hard": for each anchor and each p, the nearest n that is farther than p; if there is none, the farthest n.

    If all embeddings are equal, the network has *collapsed*: every distance is 0 and the loss is the margin.

    Parameters
    ----------
    margin : float
        In squared distance, in 0..4 (0 excluded).
    mining : {"batch_hard", "semi_hard"}
        Which triplets count.
    name : str
        Name of the loss.
    **options
        Further arguments of `keras.losses.Loss`, such as ``reduction``.

    Raises
    ------
    ValueError
        If `margin` is out of its range, or there is no such mining.

    Notes
    -----
    A picture without another one of its person, or in a batch of one person only, costs nothing.

    Sources: F. Schroff, D. Kalenichenko and J. Philbin, FaceNet, CVPR 2015, equation 3 and section 3.2 (semi-hard,
    margin 0.2); A. Hermans, L. Beyer and B. Leibe, In Defense of the Triplet Loss for Person Re-Identification,
    arXiv:1703.07737, 2017, equation 5 (batch hard; there with distances that are not squared).
    """

    MINING = ("batch_hard", "semi_hard")

    def __init__(self, margin: float = 0.2, mining: str = "semi_hard", name: str = "triplet", **options):
        super().__init__(name=name, **options)
        if not 0 < margin <= FARTHEST:
            raise ValueError(f"`margin` must lie in 0..4 (0 excluded), as squared distances do, not {margin}.")
        if mining not in self.MINING:
            raise ValueError(f"`mining` must be one of {', '.join(self.MINING)}, not {mining!r}.")
        self.margin, self.mining = margin, mining

    def call(self, y_true, y_pred):
        """Return one loss per picture."""
        mated, non_mated = _same_person(y_true)
        squares = squared_distances(y_pred)
        has_others = ops.any(non_mated, axis=1, keepdims=True)
        if self.mining == "semi_hard":
            negatives = _semi_hard(squares, non_mated)
            costs = ops.maximum(squares - negatives + self.margin, 0)
            return _shared_out(costs, ops.logical_and(mated, has_others))
        farthest = ops.max(ops.where(mated, squares, -1.0), axis=1, keepdims=True)
        nearest = ops.min(ops.where(non_mated, squares, FARTHEST + 1), axis=1, keepdims=True)
        costs = ops.maximum(farthest - nearest + self.margin, 0)
        return _shared_out(costs, ops.logical_and(ops.any(mated, axis=1, keepdims=True), has_others))

    def get_config(self):
        """Return what a saved model needs to build the loss again."""
        return {**super().get_config(), "margin": self.margin, "mining": self.mining}


def _semi_hard(squares, non_mated):
    """Return for each anchor (row) and each picture p (column) the squared distance of the n that is chosen."""
    others = ops.where(non_mated, squares, FARTHEST + 1)  # nobody of one's own is nearest
    farther = ops.where(others[:, None, :] > squares[:, :, None], others[:, None, :], FARTHEST + 1)
    nearest = ops.min(farther, axis=2)
    farthest = ops.max(ops.where(non_mated, squares, -1.0), axis=1, keepdims=True)
    return ops.where(nearest <= FARTHEST, nearest, farthest)
