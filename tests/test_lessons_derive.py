"""What lessons 01 to 03 derive in their cells, and what course_utils.from_scratch keeps of it, are the same functions.

The definitions are taken out of the notebooks and run on random numbers beside those of the package, which can do more
(strides, paddings, checks) but must not do anything else.
"""

import ast
import inspect
import json
import math
import re

import numpy as np
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from course_utils.environment import ROOT
from course_utils.from_scratch import layers, losses, optimizers


def definitions(lesson: str) -> dict:
    """Run the functions and classes that a lesson defines, and nothing else of it; a later one replaces an earlier."""
    (path,) = (ROOT / "notebooks").glob(f"{lesson}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    names = {"np": np, "math": math}
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse(TransformerManager().transform_cell("".join(cell["source"])))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                exec(compile(ast.Module([node], []), path.name, "exec"), names)
    return names


@pytest.fixture(scope="module")
def defined():
    return {lesson: definitions(lesson) for lesson in ("01", "02", "03")}


random = np.random.default_rng(0)
IMAGES, KERNELS, BIAS = random.normal(size=(2, 8, 7, 3)), random.normal(size=(3, 2, 3, 4)), random.normal(size=4)
MAPS = random.normal(size=(2, 6, 6, 4))
ROWS, WEIGHTS = random.normal(size=(5, 6)), random.normal(size=(6, 4))
LOGITS, CLASSES = 5 * random.normal(size=(5, 4)), np.array([0, 3, 2, 2, 1])
YES, SCORES = np.array([1.0, 0, 0, 1]), 9 * random.normal(size=4)
PEOPLE, OTHERS = random.normal(size=(5, 16)), random.normal(size=(5, 16))
SIZES = [(size, k, s, p) for size in range(5, 12) for k in (1, 2, 3) for s in (1, 2, 3) for p in layers.PADDINGS]


def walk(make):
    """Twenty steps of an optimizer under gradients that do not depend on the weights."""

    def steps(kind):
        optimizer, weights, path = make(kind), np.ones(3), []
        for gradient in np.random.default_rng(1).normal(size=(20, 3)):
            weights = optimizer.update(weights, gradient)
            path.append(weights)
        return path

    return steps


def correlate_slowly(image, kernel):
    """Do what the lesson's very first function does, for a single grey picture and one kernel."""
    return layers.convolve_slowly(image[np.newaxis, :, :, np.newaxis], kernel[:, :, np.newaxis, np.newaxis])[0, ..., 0]


def backward_of_one_map(gradient, image, kernel):
    """Do what the lesson's backward step does, for a single grey picture and one kernel."""
    image, kernel = image[np.newaxis, :, :, np.newaxis], kernel[:, :, np.newaxis, np.newaxis]
    of_image, of_kernel, _ = layers.convolve_backward(gradient[np.newaxis, :, :, np.newaxis], image, kernel)
    return of_image[0, ..., 0], of_kernel[..., 0, 0]


def pool_one_map(feature_map, size, stride, summary):
    """Do what the lesson's function does, for a single map: ``summary`` is `np.max` or `np.mean`."""
    pool = layers.max_pool if summary is np.max else layers.average_pool
    return pool(feature_map[np.newaxis, :, :, np.newaxis], size, stride)[0, ..., 0]


# Lesson, name there, function here, and what is done with both.
CASES = [
    ("01", "correlate", correlate_slowly, lambda f: f(IMAGES[0, :, :, 0], KERNELS[:, :, 0, 0])),
    ("01", "output_size", layers.output_size, lambda f: [f(*sizes) for sizes in SIZES]),
    ("01", "convolve", layers.convolve, lambda f: f(IMAGES, KERNELS, BIAS)),
    (
        "01",
        "correlate_backward",
        backward_of_one_map,
        lambda f: f(MAPS[0, :, :, 0], IMAGES[0, :, :, 0], KERNELS[:, :, 0, 0]),
    ),
    ("01", "pool", pool_one_map, lambda f: [f(IMAGES[0, :, :, 0], 3, 2, summary) for summary in (np.max, np.mean)]),
    ("01", "receptive_field", layers.receptive_field, lambda f: f([(3, 1), (2, 2), (5, 1)])),
    ("01", "relu", layers.relu, lambda f: f(ROWS)),
    ("01", "relu_backward", layers.relu_backward, lambda f: f(ROWS[::-1], ROWS)),
    ("01", "flatten", layers.flatten, lambda f: f(IMAGES)),
    ("01", "dense", layers.dense, lambda f: f(ROWS, WEIGHTS, BIAS)),
    ("01", "dense_backward", layers.dense_backward, lambda f: f(LOGITS, ROWS, WEIGHTS)),
    ("01", "softmax", layers.softmax, lambda f: f(LOGITS)),
    ("01", "convolution_weights", layers.convolution_parameters, lambda f: f(3, 32, 64)),
    ("02", "sigmoid", losses.sigmoid, lambda f: f(100 * SCORES)),
    ("02", "softmax", layers.softmax, lambda f: f(1000 * LOGITS)),
    ("02", "log_softmax", losses.log_softmax, lambda f: f(LOGITS)),
    ("02", "binary_crossentropy", losses.binary_crossentropy, lambda f: f(YES, 100 * SCORES)),
    ("02", "binary_crossentropy_gradient", losses.binary_crossentropy_gradient, lambda f: f(YES, SCORES)),
    ("02", "categorical_crossentropy", losses.categorical_crossentropy, lambda f: f(CLASSES, LOGITS)),
    (
        "02",
        "categorical_crossentropy_gradient",
        losses.categorical_crossentropy_gradient,
        lambda f: f(CLASSES, LOGITS),
    ),
    ("02", "squared_error_gradient", losses.squared_error_behind_sigmoid_gradient, lambda f: f(YES, SCORES)),
    ("02", "euclidean_distance", losses.euclidean_distance, lambda f: f(PEOPLE, OTHERS)),
    ("02", "normalise", losses.normalise, lambda f: f(PEOPLE)),
    ("02", "cosine_similarity", losses.cosine_similarity, lambda f: f(PEOPLE, OTHERS)),
    ("02", "contrastive_loss", losses.contrastive_loss, lambda f: f(YES, np.abs(SCORES), 8.0)),
    ("03", "GradientDescent", optimizers.SGD, walk(lambda kind: kind(0.1))),
    ("03", "Momentum", optimizers.SGD, walk(lambda kind: kind(0.1, 0.8))),
    ("03", "Momentum", optimizers.SGD, walk(lambda kind: kind(0.1, 0.8, nesterov=True))),
    ("03", "RMSprop", optimizers.RMSprop, walk(lambda kind: kind(0.1, epsilon=0.01))),
    ("03", "Adam", optimizers.Adam, walk(lambda kind: kind(0.1, epsilon=0.01))),
    ("03", "AdamW", optimizers.AdamW, walk(lambda kind: kind(0.1, 0.5, epsilon=0.01))),
    ("03", "cosine_decay", optimizers.cosine_decay, lambda f: [f(step, 20, 0.1, 5) for step in range(40)]),
    ("03", "clip_by_norm", optimizers.clip_by_norm, lambda f: [f(PEOPLE[0], largest) for largest in (0.1, 99)]),
    ("03", "clip_by_norm", optimizers.clip_by_norm, lambda f: f(np.zeros(3), 1.0)),
]


@pytest.mark.parametrize(
    ("lesson", "name", "kept", "use"), CASES, ids=lambda value: value if type(value) is str else ""
)
def test_a_lesson_derives_what_the_package_keeps(defined, lesson, name, kept, use):
    ours, theirs = use(defined[lesson][name]), use(kept)
    together = zip(ours, theirs, strict=True) if type(theirs) in (list, tuple) else [(ours, theirs)]
    for one, other in together:
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("module", [layers, losses, optimizers], ids=lambda module: module.__name__.split(".")[-1])
def test_the_sections_that_docstrings_name_are_there(module):
    named = []
    for name, value in vars(module).items():
        if not getattr(value, "__module__", "").startswith(module.__name__) or name.startswith("_"):
            continue
        for lesson, sections in re.findall(r"lesson (\d\d), (?:sections? )?([\d, and]*\d)", inspect.getdoc(value)):
            (path,) = (ROOT / "notebooks").glob(f"{lesson}_*.ipynb")
            headings = set(re.findall(r'"## (\d+)\.', path.read_text(encoding="utf-8")))
            assert set(re.findall(r"\d+", sections)) <= headings, name
            named.append(name)
    assert len(named) >= 7
