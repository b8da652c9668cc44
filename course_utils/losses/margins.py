"""Compare each embedding with one direction per person, and demand a margin: softmax losses on the unit sphere.

`CosineLogits` is the last layer while a network learns: it gives the cosines between each embedding and one direction
per person.  A loss then makes the task harder than it is, by a margin on the true person's cosine (`CosFace`) or angle
(`ArcFace`).  The cosines themselves contain no margin, so an accuracy computed on them is the true one.
"""

from __future__ import annotations

import math

import keras
from keras import ops


@keras.saving.register_keras_serializable("course_utils")
class CosineLogits(keras.layers.Layer):
    """Cosines between each embedding and one learned direction per person.

    Parameters
    ----------
    people
        How many people there are to tell apart.
    **options
        Further arguments of `keras.layers.Layer`, such as ``name``.

    Raises
    ------
    ValueError
        If there are fewer than two people.

    Notes
    -----
    Takes (n, d), gives (n, people) with values in -1..1, in float32 even if the network computes with fewer bits:
    margins are small against the steps of 16-bit numbers.
    """

    def __init__(self, people: int, **options):
        super().__init__(**{"dtype": "float32", **options})
        if people < 2:
            raise ValueError(f"people must be at least 2, there is nobody to tell apart among {people}")
        self.people = people

    def build(self, input_shape):
        """Make the directions; Keras calls this."""
        # Random directions of many dimensions are almost at right angles, whatever their length.
        self.directions = self.add_weight(
            shape=(input_shape[-1], self.people), initializer="random_normal", name="directions"
        )

    def call(self, embeddings):
        """Return the cosines."""
        return ops.matmul(ops.normalize(embeddings, axis=-1), ops.normalize(self.directions, axis=0))

    def compute_output_shape(self, input_shape):
        """Return the shape of the cosines."""
        return (*input_shape[:-1], self.people)

    def get_config(self):
        """Return what a saved model needs to build the layer again."""
        return {**super().get_config(), "people": self.people}


@keras.saving.register_keras_serializable("course_utils")
class CosFace(keras.losses.Loss):
    """Cross-entropy of scaled cosines, the true person's lowered by a margin: the large margin cosine loss.

    The true person must win by `margin`, not by a hair, so that people whom the network has never seen separate too.

    Parameters
    ----------
    margin
        What is taken from the true person's cosine before the softmax; 0 gives a plain softmax of cosines.
    scale
        What the cosines are multiplied by: since they are in -1..1, a softmax of them alone could never be certain.
    name
        Name of the loss.
    **options
        Further arguments of `keras.losses.Loss`, such as ``reduction``.

    Raises
    ------
    ValueError
        If `margin` is negative or no less than 2 (no cosine can be that far ahead), or `scale` is not positive.

    Notes
    -----
    ``y_true`` are numbers of people (n,) or (n, 1), ``y_pred`` cosines (n, people), as `CosineLogits` gives them.

    Source: H. Wang et al., CosFace: Large Margin Cosine Loss for Deep Face Recognition, CVPR 2018, equation 4.  The
    paper uses a margin of 0.35 and a scale of 64 on millions of pictures.
    """

    def __init__(self, margin: float = 0.25, scale: float = 24.0, name: str = "cosface", **options):
        super().__init__(name=name, **options)
        if not 0 <= margin < 2:
            raise ValueError(f"margin must lie in 0..2 (2 excluded), as cosines lie in -1..1, not {margin}")
        if scale <= 0:
            raise ValueError(f"scale must be positive, not {scale}")
        self.margin, self.scale = margin, scale

    def call(self, y_true, y_pred):
        """Return one loss per picture."""
        labels = ops.reshape(ops.cast(y_true, "int32"), (-1,))
        is_true_person = ops.one_hot(labels, ops.shape(y_pred)[-1], dtype=y_pred.dtype)
        logits = self.scale * (y_pred - self.margin * is_true_person)
        return ops.sparse_categorical_crossentropy(labels, logits, from_logits=True)

    def get_config(self):
        """Return what a saved model needs to build the loss again."""
        return {**super().get_config(), "margin": self.margin, "scale": self.scale}


@keras.saving.register_keras_serializable("course_utils")
class ArcFace(keras.losses.Loss):
    """Cross-entropy of scaled cosines, the true person's angle enlarged by a margin: the additive angular margin loss.

    Parameters
    ----------
    margin : float
        What is added to the angle between an embedding and its person's direction, in radians, in 0..pi (pi excluded).
    scale : float
        What the cosines are multiplied by.
    name : str
        Name of the loss.
    **options
        Further arguments of `keras.losses.Loss`, such as ``reduction``.

    Raises
    ------
    ValueError
        If `margin` or `scale` is out of its range.

    Notes
    -----
    ``y_true`` are numbers of people (n,) or (n, 1), ``y_pred`` cosines (n, people), as `CosineLogits` gives them.

    From cos(angle + margin) = cos(angle) cos(margin) - sin(angle) sin(margin), no inverse cosine is needed.  Beyond an
    angle of pi - margin the sum of both is above pi, where the cosine rises again and would reward a larger angle; from
    there on the cosine falls in a straight line, cos(angle) - margin sin(margin), as in the authors' own code.  The
    derivative of the sine with respect to the cosine has no limit at +-1, so the sine is kept above `SMALLEST_SINE`:
    there, the gradient is that of the first term alone.

    Source: J. Deng et al., ArcFace: Additive Angular Margin Loss for Deep Face Recognition, CVPR 2019, equation 3.  The
    paper uses a margin of 0.5 and a scale of 64.
    """

    SMALLEST_SINE = 1e-3

    def __init__(self, margin: float = 0.3, scale: float = 24.0, name: str = "arcface", **options):
        super().__init__(name=name, **options)
        if not 0 <= margin < math.pi:
            raise ValueError(f"`margin` must lie in 0..pi (pi excluded), as it is an angle, not {margin}.")
        if scale <= 0:
            raise ValueError(f"`scale` must be positive, not {scale}.")
        self.margin, self.scale = margin, scale

    def call(self, y_true, y_pred):
        """Return one loss per picture."""
        labels = ops.reshape(ops.cast(y_true, "int32"), (-1,))
        is_true_person = ops.one_hot(labels, ops.shape(y_pred)[-1], dtype=y_pred.dtype)
        sines = ops.sqrt(ops.maximum(1 - ops.square(y_pred), self.SMALLEST_SINE**2))
        turned = y_pred * math.cos(self.margin) - sines * math.sin(self.margin)
        beyond = y_pred < math.cos(math.pi - self.margin)
        turned = ops.where(beyond, y_pred - self.margin * math.sin(self.margin), turned)
        logits = self.scale * ops.where(is_true_person > 0, turned, y_pred)
        return ops.sparse_categorical_crossentropy(labels, logits, from_logits=True)

    def get_config(self):
        """Return what a saved model needs to build the loss again."""
        return {**super().get_config(), "margin": self.margin, "scale": self.scale}
