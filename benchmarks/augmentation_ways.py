"""Change pictures in many ways, alone and before a training step, and time them in turns.

Used by `benchmarks/augmentation_speed.py`, which says what is measured.
"""

from __future__ import annotations

import time
from functools import partial

import keras
import numpy as np
import tensorflow as tf
from PIL import Image, ImageEnhance
from skimage import transform

from course_utils import augmentation, environment, models
from course_utils.datasets import load_faces

SIZE, BATCH, PEOPLE = 64, 32, 20
ROUNDS = 20
STEPS = 10  # of one way in a round
TURN, ZOOM, SHIFT, BRIGHTNESS, CONTRAST = 10, 0.10, 0.06, 0.15, 0.30  # as "medium"


def keras_layers() -> keras.Sequential:
    """Return the same changes as Keras has them, a layer for each."""
    layers = [
        keras.layers.RandomFlip("horizontal", seed=0),
        keras.layers.RandomRotation(TURN / 360, seed=1),
        keras.layers.RandomZoom(ZOOM, seed=2),
        keras.layers.RandomTranslation(SHIFT, SHIFT, seed=3),
        keras.layers.RandomBrightness(BRIGHTNESS, seed=4),
        keras.layers.RandomContrast((CONTRAST, CONTRAST), seed=5),
    ]
    return keras.Sequential([keras.Input((SIZE, SIZE, 3)), *layers])


def with_tf_image(picture):
    """Change one picture with tf.image, which cannot turn; a crop zooms and shifts."""
    picture = tf.image.random_flip_left_right(tf.cast(picture, tf.float32))
    cropped = tf.image.random_crop(picture, (int(SIZE * (1 - ZOOM)), int(SIZE * (1 - ZOOM)), 3))
    picture = tf.image.resize(cropped, (SIZE, SIZE))
    picture = tf.image.random_brightness(picture, 255 * BRIGHTNESS)
    return tf.clip_by_value(tf.image.random_contrast(picture, 1 - CONTRAST, 1 + CONTRAST), 0, 255)


def affine(random) -> np.ndarray:
    """Draw the matrix (3, 3) that says where each pixel comes from."""
    angle, size = np.radians(random.uniform(-TURN, TURN)), 1 / random.uniform(1 - ZOOM, 1 + ZOOM)
    mirror, middle = random.choice([-1, 1]), (SIZE - 1) / 2
    about = np.array([[1, 0, -middle], [0, 1, -middle], [0, 0, 1]])
    back = np.array([[1, 0, middle], [0, 1, middle], [0, 0, 1]])
    shift = SIZE * random.uniform(-SHIFT, SHIFT, 2)
    turned = size * np.array([[mirror * np.cos(angle), -mirror * np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return back @ np.block([[turned, shift[:, None]], [np.zeros((1, 2)), np.ones((1, 1))]]) @ about


def values_changed(picture: np.ndarray, random) -> np.ndarray:
    """Change brightness and contrast in NumPy."""
    mean = picture.mean(axis=(0, 1))
    factor = random.uniform(1 - CONTRAST, 1 + CONTRAST)
    return np.clip(mean + factor * (picture - mean) + 255 * random.uniform(-BRIGHTNESS, BRIGHTNESS), 0, 255)


def with_scikit_image(picture: np.ndarray, random) -> np.ndarray:
    """Change one picture with scikit-image and NumPy."""
    where = transform.AffineTransform(matrix=affine(random))
    return values_changed(transform.warp(picture, where, mode="symmetric", preserve_range=True), random)


def with_opencv(cv2, picture: np.ndarray, random) -> np.ndarray:
    """Change one picture with OpenCV, which the lessons do without, and NumPy."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(picture, affine(random)[:2], (SIZE, SIZE), flags=flags, borderMode=cv2.BORDER_REFLECT)
    return values_changed(moved.astype(np.float32), random)


def with_pillow(picture: np.ndarray, random) -> np.ndarray:
    """Change one picture with Pillow, which fills corners with black."""
    moved = Image.fromarray(picture).transform(
        (SIZE, SIZE), Image.Transform.AFFINE, affine(random)[:2].ravel(), Image.Resampling.BILINEAR
    )
    moved = ImageEnhance.Brightness(moved).enhance(random.uniform(1 - BRIGHTNESS, 1 + BRIGHTNESS))
    return np.asarray(ImageEnhance.Contrast(moved).enhance(random.uniform(1 - CONTRAST, 1 + CONTRAST)), np.float32)


def picture_by_picture(change, images: np.ndarray):
    """Return a function that changes a batch in a loop, as a `PyDataset` would."""
    random = np.random.default_rng(0)
    return lambda: np.stack([change(picture, random) for picture in images]).astype(np.float32)


def batches(data, change=None, ahead: int = 1):
    """Return an iterator of tf.data over (pictures, labels), the same batch again and again, changed.

    No more than `ahead` batches are made ahead: those made while another way is measured would count for that one.
    """
    dataset = tf.data.Dataset.from_tensors(data).repeat()
    if change is not None:
        dataset = dataset.map(lambda pictures, labels: (change(pictures, training=True), labels))
    return iter(dataset.prefetch(ahead) if ahead else not_ahead(dataset))


def not_ahead(dataset):
    """Return the dataset without the buffer that tf.data puts behind it unasked."""
    options = tf.data.Options()
    options.autotune.enabled = False
    options.experimental_optimization.inject_prefetch = False
    return dataset.with_options(options)


def next_of(taken):
    """Return a function that gives the pictures of the next batch."""
    return lambda: next(taken)[0].numpy()


def ways_alone(images: np.ndarray) -> dict:
    """Return, by (name, what it leaves out or adds), a function that gives one changed batch."""
    labels = np.zeros(len(images), np.int32)
    from_tf_data = {
        (f'face_pipeline("{strength}")', "more: noise, erasing" if strength == "medium" else more): (
            augmentation.face_pipeline(strength)
        )
        for strength, more in {"light": "more: noise", "medium": "", "strong": "more: noise, erasing, blur"}.items()
    }
    from_tf_data["Keras's layers", ""] = keras_layers()
    ways = {name: next_of(batches((images, labels), layer, ahead=0)) for name, layer in from_tf_data.items()}
    one_by_one = tf.data.Dataset.from_tensor_slices(images).repeat().map(with_tf_image).batch(len(images))
    ways["tf.image", "less: turn"] = next_of(iter(not_ahead(one_by_one.map(lambda pictures: (pictures, 0)))))
    ways["scikit-image", ""] = picture_by_picture(with_scikit_image, images)
    ways["Pillow", ""] = picture_by_picture(with_pillow, images)
    try:
        import cv2
    except ImportError:
        return ways
    cv2.setNumThreads(1)  # pictures are small: more threads wait for one another
    ways["OpenCV", ""] = picture_by_picture(partial(with_opencv, cv2), images)
    return ways


def ways_to_step(images: np.ndarray, labels: np.ndarray) -> dict:
    """Return, by name, a function that takes one training step; the first is given a constant batch."""
    data = (tf.constant(images, tf.float32), tf.constant(labels))
    ways = {"constant batch": (None, None)}
    for strength in ("light", "medium", "strong"):
        ways[f'face_pipeline("{strength}"), in tf.data'] = (augmentation.face_pipeline(strength), None)
        ways[f'face_pipeline("{strength}"), in the model'] = (None, augmentation.face_pipeline(strength))
    ways["Keras's layers, in tf.data"] = (keras_layers(), None)
    ways["Keras's layers, in the model"] = (None, keras_layers())
    ways['face_pipeline("medium") not compiled, in the model'] = (
        None,
        augmentation.FaceAugmentation("medium", compiled=False),
    )
    return {name: step(batches(data, before), inside) for name, (before, inside) in ways.items()}


def step(taken, inside=None):
    """Return a function that takes one training step of the article's network on the next batch."""
    keras.utils.set_random_seed(0)
    layers = [keras.Input((SIZE, SIZE, 3)), *([] if inside is None else [inside])]
    model = keras.Sequential([*layers, models.article_network((SIZE, SIZE, 3), PEOPLE)])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.make_train_function()
    return lambda: model.train_function(taken)


def interleaved(ways: dict, repeats: dict, rounds: int = ROUNDS) -> dict:
    """Return for each way an array (rounds, 2): seconds by the clock and by the processor, for one call."""
    for call in ways.values():
        for _ in range(3):  # compile, and fill what is fetched ahead
            call()
    measured = {name: [] for name in ways}
    for _ in environment.progress(range(rounds), "rounds"):
        for name, call in ways.items():
            clock, processor = time.perf_counter(), time.process_time()
            for _ in range(repeats[name]):
                call()
            seconds = time.perf_counter() - clock, time.process_time() - processor
            measured[name].append(np.array(seconds) / repeats[name])
    return {name: np.array(values) for name, values in measured.items()}


def pictures() -> tuple[np.ndarray, np.ndarray]:
    """Return one batch of rendered people."""
    faces = load_faces("rendered", split="train", people=PEOPLE, pictures=2, size=SIZE)
    return faces.images[:BATCH], faces.labels[:BATCH].astype(np.int32)
