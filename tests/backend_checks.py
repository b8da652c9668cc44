"""What must work on every Keras backend: run as a program, it does all of it in one process without TensorFlow.

`test_another_backend` starts it as ``python tests/backend_checks.py RESULTS``, with the backend in KERAS_BACKEND.  It
pickles a dictionary: for each check what it returned, or the traceback as a text.  (A process for each check would
import the backend each time.)
"""

import pickle
import sys
import traceback
from pathlib import Path

import numpy as np


class WithoutTensorFlow:
    """Refuses to find it.  Not sys.modules["tensorflow"] = None: packages that ask for a TensorFlow trip over that."""

    def find_spec(self, name, *rest):
        if name.split(".")[0] == "tensorflow":
            raise ModuleNotFoundError(name)


def landmarks():
    from course_utils import alignment

    return alignment.landmark_network(seed=0).predict(np.zeros((2, 64, 64, 3)), verbose=0)


def augmented(compiled):
    import keras

    from course_utils import augmentation

    row, column = np.mgrid[:32, :32] / 31
    colours = np.random.default_rng(0).uniform(0, 90, (2, 6, 1, 1, 3))
    images = (60 + colours[0] * row[..., np.newaxis] + colours[1] * np.square(column[..., np.newaxis])).astype("uint8")
    layer = augmentation.FaceAugmentation("strong", seed=9, compiled=compiled)
    return [keras.ops.convert_to_numpy(layer(images, training=True)) for _ in range(2)]


def augmented_compiled():
    return augmented(compiled=True)


def augmented_uncompiled():
    return augmented(compiled=False)


def embedding_trained():
    """Two colours for two people: the losses of the epochs."""
    import keras

    from course_utils import augmentation, losses, models, training

    labels = np.arange(32) % 2
    images = np.where(labels, 200, 50)[:, None, None, None] + np.random.default_rng(0).integers(0, 40, (32, 64, 64, 3))
    inputs = keras.Input((64, 64, 3))
    network = models.embedding_network(width=4, embedding_size=8)
    model = keras.Model(inputs, losses.CosineLogits(2)(network(augmentation.transfer_pipeline(0)(inputs))))
    model.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.9), loss=losses.CosFace(), metrics=["accuracy"])
    batches = training.Batches(images.astype("uint8"), labels, batch_size=16, seed=0)
    return model.fit(batches, epochs=6, verbose=0).history["loss"]


def kept_networks():
    from course_utils import pretrained
    from course_utils.datasets import load_faces

    images = load_faces("rendered", split="test", people=1, pictures=2, size=64).images
    return [pretrained.load_network(name).predict(images, verbose=0) for name in pretrained.BUILDERS]


def remedies_trained():
    from course_utils.datasets import load_faces
    from course_utils.protocols import overfitting as protocol

    train, test = protocol.deal(load_faces("lfw_subset"), (10, 10), seed=0)
    every = protocol.Remedies(
        units=8, dropout=0.2, l1=1e-5, l2=1e-5, weight_decay=0.01, batch_normalisation=True, label_smoothing=0.1,
        augmentation="strong", patience=2, average_pooling=True,
    )  # fmt: skip
    network, epochs = protocol.train_remedied(train, test, every, shown=60)
    return epochs, protocol.accuracy(network, test)


def resumed_training():
    """Interrupt a training and continue it: what differs from one that was not interrupted."""
    from tempfile import TemporaryDirectory

    import resumable_training

    with TemporaryDirectory() as folder:
        return resumable_training.differences(*resumable_training.interrupted_and_not(Path(folder) / "state"))


def looks_of_a_network():
    """Grad-CAM of two pictures, by a network whose dropout and normalisation would draw and learn in training."""
    import explained_by_hand

    from course_utils import explain

    return explain.grad_cam(explained_by_hand.network(), "features", explained_by_hand.pictures(), output=1)


def lesson_trained():
    from course_utils.datasets import load_faces
    from course_utils.training import train_network

    train, validation, test = load_faces("lfw_subset").split(test_size=30, validation_size=30, seed=0)
    model, _ = train_network(train, validation, epochs=4, seed=0)
    return model.evaluate(test.images, test.labels, verbose=0)[1]


def steps_with_a_sigmoid():
    """Lesson 02's step from a logit of -800, label 1: loss and bias, the sigmoid last and with a layer behind it."""
    import keras

    found = []
    for behind in ([], [keras.layers.Reshape((1,))]):
        start = keras.initializers.Constant(-800.0)
        unit = keras.layers.Dense(1, activation="sigmoid", bias_initializer=start)
        model = keras.Sequential([keras.Input((1,)), unit, *behind])
        model.compile(optimizer=keras.optimizers.SGD(1.0), loss="binary_crossentropy")
        loss = model.train_on_batch(np.zeros((1, 1)), np.ones((1, 1)))
        found.append((float(loss), float(unit.get_weights()[1][0])))
    return found


def losses_of_a_single_softmax():
    """A softmax on one unit, as in lesson 02: the loss of the epochs."""
    import keras

    keras.utils.set_random_seed(0)
    points = np.random.default_rng(0).normal(size=(60, 2)).astype("float32")
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="softmax")])
    model.compile(optimizer=keras.optimizers.SGD(1.0), loss="binary_crossentropy")
    return model.fit(points, (points[:, 0] > 0).astype("float32"), epochs=5, batch_size=60, verbose=0).history["loss"]


def losses_of_embeddings():
    import losses_by_hand

    return losses_by_hand.values_and_gradients()


def speed_measured():
    """Train by two settings in turns, time the parts of a step, and lose and keep a small gradient in float16.

    Network and augmentation are small ones, which take little time to compile: `embedding_trained` has the course's.
    """
    from types import SimpleNamespace
    from unittest import mock

    import keras

    from benchmarks import training_speed as benchmark
    from course_utils import augmentation, models, training
    from course_utils.protocols import training_speed as protocol
    from course_utils.training.half_precision import weight_after_a_step

    images = np.random.default_rng(0).integers(0, 256, (8, 64, 64, 3)).astype("uint8")
    faces = SimpleNamespace(images=images, labels=np.arange(8) % 4, names=tuple("abcd"))
    inside, before = (
        protocol.Setting(batch_size=4, augmentation=place) for place in ("in the step", "before the step")
    )
    layers = [keras.Input((64, 64, 3)), keras.layers.Conv2D(4, 3, strides=8), keras.layers.Flatten()]

    def flips(seed):
        return keras.Sequential([keras.layers.RandomFlip("horizontal", seed=seed)], name="augmentation")

    with (
        mock.patch.object(models, "embedding_network", lambda shape, width: keras.Sequential(layers)),
        mock.patch.object(augmentation, "transfer_pipeline", flips),
    ):
        base, other = (benchmark.Trainer(setting, faces, seconds=0.001) for setting in (inside, before))
    measured = benchmark.compare(other, base, rounds=2)
    times = training.step_times(base.model, base.batches, rounds=2)
    weights = [weight_after_a_step(1e-9, loss_scaling) for loss_scaling in (False, True)]
    return benchmark.here(), measured, times, weights


def gradient_of_pictures():
    """How a score of the course's embedding changes with each pixel of two pictures, and the pictures of an attack."""
    from course_utils import attacks, pretrained
    from course_utils.datasets import load_faces

    images = load_faces("rendered", split="dev", people=2, pictures=1, size=64).images
    references = np.random.default_rng(0).normal(size=(2, 128)).astype("float32")
    gradient = attacks.ScoreGradient(pretrained.load_network("embedding"), batch_size=2)
    return gradient(images, references), attacks.attacked(gradient, images, references, 2, steps=2)


def template_inverted():
    """The mean cosine with stolen templates before each step, and whether the network stayed as it was."""
    import keras

    from course_utils import privacy

    keras.utils.set_random_seed(0)
    layers = [keras.Input((8, 8, 3)), keras.layers.Rescaling(1 / 255), keras.layers.Flatten(), keras.layers.Dense(6)]
    network = keras.Sequential(layers)
    pictures = np.random.default_rng(0).uniform(0, 255, (40, 8, 8, 3)).astype("float32")
    templates = keras.ops.convert_to_numpy(network(pictures))
    before = network.get_weights()[0]
    decoder = privacy.fit_decoder(templates[:30], pictures[:30])
    _pictures, cosines = privacy.refined(network, decoder, templates[30:], steps=10, learning_rate=0.05)
    return cosines, bool((network.get_weights()[0] == before).all())


def few_of_a_group_trained():
    """The bias audit's network after four steps: the embedding of a picture."""
    import keras

    from course_utils.datasets import load_faces
    from course_utils.protocols import bias_audit

    faces = load_faces("rendered", split="train", people=16, pictures=4, size=bias_audit.SIDE)
    network = bias_audit.train(faces, reweighted=True, steps=4)
    return keras.ops.convert_to_numpy(network(faces.images[:1], training=False))


CHECKS = [
    speed_measured,
    template_inverted,
    few_of_a_group_trained,
    losses_of_embeddings,
    steps_with_a_sigmoid,
    losses_of_a_single_softmax,
    landmarks,
    augmented_compiled,
    augmented_uncompiled,
    embedding_trained,
    kept_networks,
    gradient_of_pictures,
    looks_of_a_network,
    remedies_trained,
    resumed_training,
    lesson_trained,
]


def main(path: str) -> None:
    """Do all checks and keep what they return."""
    sys.meta_path.insert(0, WithoutTensorFlow())
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for the benchmarks
    from course_utils import environment

    found = {}
    for check in CHECKS:
        environment.setup(seed=0)
        try:
            found[check.__name__] = check()
        except Exception:
            found[check.__name__] = traceback.format_exc()
    import keras

    Path(path).write_bytes(pickle.dumps({"backend": keras.backend.backend(), **found}))


if __name__ == "__main__":
    main(sys.argv[1])
