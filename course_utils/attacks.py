"""Attack a network of one's own with small changes of a picture, and see what the changes survive.

Training follows the gradient of the weights; an attack follows the gradient of the picture.  The aim is a score: the
cosine of a picture's embedding with a reference.  *Impersonation* raises the score with somebody else's reference,
*evasion* lowers the score with one's own.  No pixel may change by more than a *budget*, in grey levels of 0..255.

The attacks are the textbook's, for rendered people and networks of the reader's own: a defence that nobody has attacked
has not been tested.

Sources: I. J. Goodfellow, J. Shlens and C. Szegedy, Explaining and Harnessing Adversarial Examples, ICLR 2015, for one
step; A. Madry et al., Towards Deep Learning Models Resistant to Adversarial Attacks, ICLR 2018, for many.
"""

from __future__ import annotations

import io

import keras
import numpy as np

IMPERSONATION, EVASION = "impersonation", "evasion"
AIMS = {IMPERSONATION: 1.0, EVASION: -1.0}  # which way the score has to go
STEP = 2.5  # times the budget, divided among the steps: so a picture can cross from one end of it to the other


class _ChangedPictures(keras.layers.Layer):
    """A network with weights of the size of a batch of pictures, all zero, that are added to the pictures.

    The network is called in here, and not as a layer of a functional model.  Such a model would hand on to it that it
    is being trained, whatever it was called with (seen with Keras 3.15), and dropout would change the gradient.
    """

    def __init__(self, network: keras.Model):
        super().__init__()
        self.network = network

    def build(self, shape):
        """Make the weights, of the shape (pictures, height, width, channels)."""
        self.change = self.add_weight(shape=shape, initializer="zeros", name="change")

    def call(self, pictures):
        """Return the embeddings of the pictures with the weights added."""
        return self.network(pictures + self.change, training=False)


class ScoreGradient:
    """Compute how a score changes with each pixel of a picture, on any backend of Keras.

    Each backend differentiates in its own way (``tf.GradientTape``, ``jax.grad``, ``backward``).  So the pictures get
    weights of their own that are all zero, and one step of plain gradient descent with learning rate 1 is taken: it
    adds exactly the gradient to them.  `training.single_steps.gradients` does the same for a network's weights.

    Parameters
    ----------
    network : keras.Model
        Takes pictures (n, side, side, 3) with values 0..255, gives embeddings (n, numbers).  Its weights stay as they
        are.
    batch_size : int
        How many pictures are differentiated at a time; more need more memory.

    Notes
    -----
    The network runs as for an answer, not as in training: without dropout, and with its stored statistics.
    """

    def __init__(self, network: keras.Model, batch_size: int = 32):
        pictures = keras.Input(batch_shape=(batch_size, *network.input_shape[1:]))
        self._layer = _ChangedPictures(_copy_that_does_not_learn(network))
        self._model = keras.Model(pictures, self._layer(pictures))
        # Minus the sum of the cosines: summed, because the gradient of a mean would depend on the batch.
        loss = keras.losses.CosineSimilarity(reduction="sum")
        self._model.compile(keras.optimizers.SGD(1.0), loss=loss)
        self.batch_size = batch_size

    def __call__(self, images: np.ndarray, references: np.ndarray) -> np.ndarray:
        """Return the gradient of each picture's score.

        Parameters
        ----------
        images : ndarray, shape (n, side, side, 3)
            Values 0..255.
        references : ndarray of float, shape (n, numbers)
            What each picture's embedding is compared with; any length but 0.

        Returns
        -------
        ndarray of float32, of the shape of the images
            Change of the cosine for each grey level.

        Raises
        ------
        ValueError
            If there are not as many references as pictures.
        """
        if len(images) != len(references):
            raise ValueError(f"There are {len(images)} pictures and {len(references)} references; give one for each.")
        found = []
        for start in range(0, len(images), self.batch_size):
            some = slice(start, start + self.batch_size)
            found.append(
                self._of_batch(_filled(images[some], self.batch_size), _filled(references[some], self.batch_size))
            )
        return np.concatenate(found)[: len(images)]

    def _of_batch(self, images: np.ndarray, references: np.ndarray) -> np.ndarray:
        self._layer.change.assign(keras.ops.zeros(self._layer.change.shape))
        self._model.train_on_batch(images, references)
        return np.array(keras.ops.convert_to_numpy(self._layer.change))


def _copy_that_does_not_learn(network: keras.Model) -> keras.Model:
    """Return a copy of a network with its weights, frozen; the caller's own can still be trained."""
    copy = keras.models.clone_model(network)
    copy.set_weights(network.get_weights())
    copy.trainable = False
    return copy


def _filled(values: np.ndarray, length: int) -> np.ndarray:
    """Return values as float32, the last one repeated up to a length."""
    missing = length - len(values)
    return np.concatenate([values, np.repeat(values[-1:], missing, axis=0)]).astype(np.float32)


def attacked(
    gradient: ScoreGradient,
    images: np.ndarray,
    references: np.ndarray,
    budget: float,
    aim: str = IMPERSONATION,
    steps: int = 10,
) -> np.ndarray:
    """Change pictures within a budget so that their scores rise, or fall.

    Each step moves every pixel in the direction of the sign of its gradient, and back to the budget where it went too
    far.  With one step, of the whole budget, this is the fast gradient sign method (FGSM); with more, projected
    gradient descent (PGD), here without a random start.

    Parameters
    ----------
    gradient : ScoreGradient
        Of the network that the attacker has.
    images : ndarray, shape (n, side, side, 3)
        The attacker's own pictures, values 0..255.
    references : ndarray of float, shape (n, numbers)
        For impersonation, of the people to be taken for; for evasion, of the people in the pictures.
    budget : float
        The most that a pixel may change, in grey levels.
    aim : {"impersonation", "evasion"}
    steps : int

    Returns
    -------
    ndarray of float32, of the shape of the images
        Values 0..255, not rounded: see `rounded`.

    Raises
    ------
    ValueError
        If the aim is none of the two, the budget is negative, or there is no step.
    """
    if aim not in AIMS:
        raise ValueError(f"aim: expected one of {', '.join(map(repr, AIMS))}, got {aim!r}.")
    if budget < 0 or steps < 1:
        raise ValueError(f"budget, steps: expected at least 0 and at least 1, got {budget} and {steps}.")
    originals = np.asarray(images, np.float32)
    lowest, highest = (originals - budget).clip(0, 255), (originals + budget).clip(0, 255)
    length = budget if steps == 1 else STEP * budget / steps
    changed = originals
    for _ in range(steps):
        direction = AIMS[aim] * np.sign(gradient(changed, references))
        changed = np.clip(changed + np.float32(length) * direction, lowest, highest)
    return changed


def noise(images: np.ndarray, budget: float, seed: int = 0) -> np.ndarray:
    """Change every pixel by the whole budget, up or down by chance: as large as an attack, and without its aim.

    Parameters
    ----------
    images, budget
        As `attacked` takes them.
    seed : int

    Returns
    -------
    ndarray of float32, of the shape of the images
        Values 0..255.
    """
    signs = np.random.default_rng(seed).choice(np.array([-1, 1], np.float32), np.shape(images))
    return (np.asarray(images, np.float32) + np.float32(budget) * signs).clip(0, 255)


# -- what a change has to survive --------------------------------------------------------------------------------------


def rounded(images: np.ndarray) -> np.ndarray:
    """Return pictures as a file holds them: whole grey levels, uint8."""
    return np.asarray(images).round().clip(0, 255).astype(np.uint8)


def through_jpeg(images: np.ndarray, quality: int = 75) -> np.ndarray:
    """Return pictures after JPEG's compression.

    Parameters
    ----------
    images : ndarray, shape (n, height, width, 3)
        Values 0..255.
    quality : int, 1 to 95
        Of the encoder, Pillow's: 75 is its default.

    Returns
    -------
    ndarray of uint8, of the same shape
    """
    from PIL import Image

    result = []
    for image in rounded(images):
        file = io.BytesIO()
        Image.fromarray(image).save(file, "JPEG", quality=quality)
        result.append(np.asarray(Image.open(file)))
    return np.stack(result)


def shifted(images: np.ndarray, pixels: int) -> np.ndarray:
    """Return pictures moved to the right and down by some pixels; at the edge, the outermost pixels are repeated.

    Parameters
    ----------
    images : ndarray, shape (n, height, width, 3)
    pixels : int
        At least 0.

    Returns
    -------
    ndarray of the same shape and type
    """
    height, width = np.shape(images)[1:3]
    padded = np.pad(images, ((0, 0), (pixels, 0), (pixels, 0), (0, 0)), mode="edge")
    return padded[:, :height, :width]


# -- a defence ---------------------------------------------------------------------------------------------------------


def smoothed(network: keras.Model, size: int = 3) -> keras.Model:
    """Return a network that first takes the mean of each pixel and its neighbours: a cheap defence.

    Parameters
    ----------
    network : keras.Model
        As `ScoreGradient` takes it; both share their weights.
    size : int
        Side of the square of pixels whose mean is taken.

    Returns
    -------
    keras.Model
    """
    pictures = keras.Input(network.input_shape[1:])
    means = keras.layers.AveragePooling2D(size, strides=1, padding="same")(pictures)
    return keras.Model(pictures, network(means), name=f"smoothed_{network.name}")
