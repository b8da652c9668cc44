"""What the lessons derive in NumPy gives the same numbers as Keras, forward and backward, whatever the shapes."""

from course_utils import environment

environment.setup()


import keras
import numpy as np
import pytest
import tensorflow as tf
from fresh_python import cost
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from course_utils.from_scratch import layers, losses, optimizers

# The same cases in every run, so that a failure is the change's and not the day's; compiling makes first cases slow.
settings.register_profile("course", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("course")

DTYPES = st.sampled_from(["float32", "float64"])
PADDINGS = st.sampled_from(layers.PADDINGS)
TOLERANCE = {"float32": 2e-4, "float64": 1e-10}


def same(ours, theirs, dtype="float64"):
    """Compare an array of ours with a tensor: numbers, shape, and that ours keeps to the type it was given."""
    theirs = np.asarray(theirs)
    assert ours.shape == theirs.shape
    assert ours.dtype == dtype
    np.testing.assert_allclose(ours, theirs, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])


def normal(seed: int, *shape: int, dtype: str = "float64") -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


def gradients(function, *inputs: np.ndarray, upstream: np.ndarray | None = None):
    """Value and gradients of a function of tensors, by TensorFlow's automatic differentiation."""
    variables = [tf.Variable(value) for value in inputs]
    with tf.GradientTape() as tape:
        value = function(*variables)
    return value, tape.gradient(value, variables, output_gradients=upstream)


# --- convolution


@st.composite
def convolutions(draw):
    """Pictures, kernels and the settings of a window that fits at least once."""
    height, width = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    kernel = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    stride = draw(st.integers(1, 3))
    dilation = draw(st.integers(1, 3)) if stride == 1 else 1  # TensorFlow does not combine the two
    padding, dtype, seed = draw(PADDINGS), draw(DTYPES), draw(st.integers(0, 999))
    window = {"stride": stride, "padding": padding, "dilation": dilation}
    assume(all(layers.output_size(size, k, **window) for size, k in zip((height, width), kernel, strict=True)))
    channels_in, channels_out = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    images = normal(seed, draw(st.integers(1, 3)), height, width, channels_in, dtype=dtype)
    kernels = normal(seed + 1, *kernel, channels_in, channels_out, dtype=dtype)
    return images, kernels, normal(seed + 2, channels_out, dtype=dtype), window, dtype


def keras_convolution(window):
    def convolve(images, kernels, bias):
        settings = {"strides": window["stride"], "padding": window["padding"], "dilation_rate": window["dilation"]}
        return keras.ops.conv(images, kernels, **settings) + bias

    return convolve


@given(convolutions())
def test_convolution_and_its_gradients_equal_keras(case):
    images, kernels, bias, window, dtype = case
    ours = layers.convolve(images, kernels, bias, **window)
    upstream = normal(7, *ours.shape, dtype=dtype)
    theirs, expected = gradients(keras_convolution(window), images, kernels, bias, upstream=upstream)
    same(ours, theirs, dtype)
    same(layers.convolve_slowly(images, kernels, bias, **window), theirs, dtype)
    for gradient, theirs in zip(layers.convolve_backward(upstream, images, kernels, **window), expected, strict=True):
        same(gradient, theirs, dtype)


@pytest.mark.parametrize("padding", layers.PADDINGS)
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (3, 1), (1, 2), (1, 3)])  # Keras: one of them is 1
@pytest.mark.parametrize("kernel_size", [1, 2, 3, 5])
def test_output_size_equals_keras_over_a_grid(kernel_size, stride, dilation, padding):
    for size in range(1, 15):
        ours = layers.output_size(size, kernel_size, stride, padding, dilation)
        if ours == 0:
            continue  # Keras refuses: the window does not fit
        layer = keras.layers.Conv2D(1, kernel_size, stride, padding, dilation_rate=dilation)
        assert layer.compute_output_shape((None, size, size, 1))[1:3] == (ours, ours)


def test_a_window_that_does_not_fit_has_no_position():
    assert layers.output_size(2, 3) == 0
    assert layers.output_size(4, 3, dilation=2) == 0
    with pytest.raises(ValueError, match=r"pictures of 2 x 5 are too small"):
        layers.convolve(np.zeros((1, 2, 5, 1)), np.zeros((3, 3, 1, 1)))


# --- pooling


@st.composite
def pools(draw):
    """Pictures with many equal values, as a ReLU leaves them, and a window that fits at least once."""
    height, width, channels = draw(st.integers(1, 9)), draw(st.integers(1, 9)), draw(st.integers(1, 3))
    pool_size, stride, padding = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(PADDINGS)
    assume(all(layers.output_size(size, pool_size, stride, padding) for size in (height, width)))
    dtype, seed = draw(DTYPES), draw(st.integers(0, 999))
    images = np.random.default_rng(seed).integers(0, 4, (2, height, width, channels)).astype(dtype)
    return images, {"pool_size": pool_size, "stride": stride, "padding": padding}, dtype


@pytest.mark.parametrize("kind", ["max", "average"])
@given(case=pools())
def test_pooling_and_its_gradient_equal_keras(kind, case):
    images, window, dtype = case
    forward, backward = getattr(layers, f"{kind}_pool"), getattr(layers, f"{kind}_pool_backward")
    ours = forward(images, **window)
    upstream = normal(7, *ours.shape, dtype=dtype)
    keras_pool = getattr(keras.ops, f"{kind}_pool")
    theirs, (expected,) = gradients(
        lambda x: keras_pool(x, window["pool_size"], window["stride"], window["padding"]), images, upstream=upstream
    )
    same(ours, theirs, dtype)
    same(backward(upstream, images, **window), expected, dtype)


def test_windows_lie_side_by_side_unless_a_stride_is_given():
    images = normal(0, 1, 7, 7, 2)
    np.testing.assert_array_equal(layers.max_pool(images, 3), layers.max_pool(images, 3, 3))
    np.testing.assert_array_equal(layers.average_pool(images, 3), layers.average_pool(images, 3, 3))


# --- the other layers


@given(st.integers(0, 99), st.integers(1, 4), st.integers(1, 6), st.integers(1, 5), DTYPES)
def test_dense_and_its_gradients_equal_keras(seed, n, inputs, units, dtype):
    arrays = [normal(seed, *shape, dtype=dtype) for shape in ((n, inputs), (inputs, units), (units,))]
    upstream = normal(7, n, units, dtype=dtype)
    theirs, expected = gradients(lambda x, w, b: keras.ops.matmul(x, w) + b, *arrays, upstream=upstream)
    same(layers.dense(*arrays), theirs, dtype)
    for gradient, wanted in zip(layers.dense_backward(upstream, *arrays[:2]), expected, strict=True):
        same(gradient, wanted, dtype)


ELEMENTWISE = {
    "relu": (layers.relu, layers.relu_backward, keras.ops.relu),
    "softmax": (layers.softmax, layers.softmax_backward, keras.ops.softmax),
    "flatten": (layers.flatten, layers.flatten_backward, keras.layers.Flatten()),
    "global_average_pool": (
        layers.global_average_pool,
        layers.global_average_pool_backward,
        lambda x: keras.ops.mean(x, axis=(1, 2)),
    ),
}


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(seed=st.integers(0, 99), sizes=st.tuples(*[st.integers(1, 4)] * 3, st.integers(2, 5)), dtype=DTYPES)
def test_layers_without_weights_equal_keras(name, seed, sizes, dtype):
    forward, backward, keras_layer = ELEMENTWISE[name]
    values = np.round(normal(seed, *sizes, dtype=dtype))  # many exact zeros
    ours = forward(values)
    upstream = normal(7, *ours.shape, dtype=dtype)
    if name == "flatten":
        same(ours, np.reshape(values, (len(values), -1)), dtype)
        same(backward(upstream, values), upstream.reshape(values.shape), dtype)
        return
    theirs, (expected,) = gradients(keras_layer, values, upstream=upstream)
    same(ours, theirs, dtype)
    same(backward(upstream, values), expected, dtype)


def article_network() -> keras.Model:
    """The article's network at its size, before anything is trained."""
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((64, 64, 3)),
            *(
                layer
                for filters in (32, 64, 128)
                for layer in (keras.layers.Conv2D(filters, 3, activation="relu"), keras.layers.MaxPooling2D())
            ),
            keras.layers.Flatten(),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dense(1),
        ]
    )


def test_the_articles_network_forward_and_backward():
    """Every layer at once: the loss's gradient for every weight of the article's network equals Keras's."""
    model = article_network()
    images, labels = np.random.default_rng(0).uniform(size=(4, 64, 64, 3)), np.array([[0.0], [1], [1], [0]])
    weights = [weight.numpy().astype("float64") for weight in model.weights]
    values, kept = images, []
    for number in range(3):
        sums = layers.convolve(values, *weights[2 * number : 2 * number + 2])
        kept.append((values, sums))
        values = layers.max_pool(layers.relu(sums))
    maps, row = values, layers.flatten(values)
    hidden_sums = layers.dense(row, *weights[6:8])
    hidden = layers.relu(hidden_sums)
    logits = layers.dense(hidden, *weights[8:])
    np.testing.assert_allclose(logits, model(images.astype("float32")), atol=1e-5)

    gradient, *last = layers.dense_backward(losses.binary_crossentropy_gradient(labels, logits), hidden, weights[8])
    gradient, *first = layers.dense_backward(layers.relu_backward(gradient, hidden_sums), row, weights[6])
    found = [*first, *last]
    gradient = layers.flatten_backward(gradient, maps)
    for number in (2, 1, 0):
        values, sums = kept[number]
        gradient = layers.relu_backward(layers.max_pool_backward(gradient, layers.relu(sums)), sums)
        gradient, *of_layer = layers.convolve_backward(gradient, values, weights[2 * number])
        found = [*of_layer, *found]

    with tf.GradientTape() as tape:
        loss = keras.losses.BinaryCrossentropy(from_logits=True)(labels, model(images.astype("float32")))
    for ours, theirs in zip(found, tape.gradient(loss, model.trainable_weights), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-3, atol=2e-6)


def test_receptive_field_and_counts_of_the_articles_network():
    model = article_network()
    windows = [(3, 1), (2, 2), (3, 1), (2, 2), (3, 1)]
    assert layers.receptive_field(windows) == 18
    counted = [layers.convolution_parameters(3, *channels) for channels in ((3, 32), (32, 64), (64, 128))]
    counted += [layers.dense_parameters(6 * 6 * 128, 512), layers.dense_parameters(512, 1)]
    assert counted == [layer.count_params() for layer in model.layers if layer.weights]
    assert sum(counted) == 2_453_569


def test_receptive_field_is_where_a_gradient_arrives():
    """The formula against the pixels that move one number of the output."""
    windows = [(3, 1), (2, 2), (5, 2), (3, 1)]
    image = tf.Variable(np.ones((1, 64, 64, 1)))
    with tf.GradientTape() as tape:
        values = image
        for kernel_size, stride in windows:
            values = keras.ops.conv(values, np.ones((kernel_size, kernel_size, 1, 1)), stride)
        middle = values[0, values.shape[1] // 2, values.shape[2] // 2, 0]
    reached = np.flatnonzero(tape.gradient(middle, image).numpy()[0].any(axis=(0, 2)))
    assert reached[-1] - reached[0] + 1 == layers.receptive_field(windows)


def test_multiply_adds_are_the_products_of_the_loop():
    assert layers.convolution_multiply_adds(3, 3, 32, 62 * 62) == 3 * 3 * 3 * 32 * 62 * 62


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: layers.output_size(0, 3), "size must be at least 1, not 0"),
        (lambda: layers.output_size(5, 3, stride=0), "stride must be at least 1"),
        (lambda: layers.output_size(5, 3, padding="full"), "padding must be one of valid, same, not 'full'"),
        (lambda: layers.convolve(np.zeros((5, 5)), np.zeros((3, 3))), r"do not fit: \(5, 5\)"),
        (lambda: layers.convolve(np.zeros((1, 5, 5, 2)), np.zeros((3, 3, 1, 1))), "do not fit"),
        (lambda: layers.max_pool(np.zeros((5, 5))), r"images must be \(n, h, w, channels\)"),
        (lambda: layers.max_pool(np.zeros((1, 2, 2, 1)), 3), "too small for a window of 3"),
        (lambda: losses.binary_crossentropy(np.array([2.0]), np.array([0.5])), r"labels must lie in 0\.\.1"),
        (lambda: losses.binary_crossentropy(np.zeros(2), np.zeros((2, 1))), "one shape"),
        (lambda: losses.mean_squared_error(np.zeros(2), np.zeros((2, 1))), "one shape"),
        (lambda: losses.contrastive_loss(np.zeros(2), np.zeros(3)), "one shape"),
        (lambda: losses.one_hot(np.array([0, 3]), 3), r"labels must lie in 0\.\.2"),
        (lambda: losses.one_hot(np.array([0.5]), 3), "labels must be integers"),
        (lambda: losses.categorical_crossentropy(np.eye(3), np.zeros((3, 4))), "do not fit"),
        (lambda: optimizers.numerical_gradient(np.sum, np.zeros(2, "float32")), "must be float64"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(call, message):
    with pytest.raises((ValueError, TypeError), match=message):
        call()


# --- losses


LOGITS = st.lists(st.floats(-30, 30, width=32), min_size=1, max_size=6)


@given(LOGITS, st.integers(0, 99), DTYPES)
def test_sigmoid_and_binary_crossentropy_equal_keras(logits, seed, dtype):
    logits = np.array(logits, dtype)
    labels = np.random.default_rng(seed).integers(0, 2, len(logits)).astype(dtype)
    same(losses.sigmoid(logits), keras.ops.sigmoid(logits), dtype)
    theirs, (gradient,) = gradients(
        lambda x: keras.ops.mean(keras.ops.binary_crossentropy(labels, x, from_logits=True)), logits
    )
    assert losses.binary_crossentropy(labels, logits) == pytest.approx(float(theirs), rel=1e-5, abs=1e-6)
    same(losses.binary_crossentropy_gradient(labels, logits), gradient, dtype)


@pytest.mark.parametrize("form", ["integers", "one-hot", "smoothed", "weighted"])
@given(seed=st.integers(0, 99), n=st.integers(1, 5), classes=st.integers(2, 6), scale=st.floats(0.1, 30))
def test_categorical_crossentropy_equals_keras(form, seed, n, classes, scale):
    random = np.random.default_rng(seed)
    logits, labels = scale * random.normal(size=(n, classes)), random.integers(0, classes, n)
    class_weights = random.uniform(0.1, 5, classes) if form == "weighted" else None
    smoothing = 0.1 if form == "smoothed" else 0.0
    given_labels = losses.one_hot(labels, classes) if form == "one-hot" else labels

    def keras_loss(x):
        loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
        weights = None if class_weights is None else class_weights[labels]
        return loss(np.eye(classes)[labels], x, sample_weight=weights)

    theirs, (gradient,) = gradients(keras_loss, logits)
    options = {"label_smoothing": smoothing, "class_weights": class_weights}
    ours = losses.categorical_crossentropy(given_labels, logits, **options)
    assert ours == pytest.approx(float(theirs), rel=1e-5, abs=1e-6)
    found = losses.categorical_crossentropy_gradient(given_labels, logits, **options)
    np.testing.assert_allclose(found, gradient, rtol=1e-4, atol=1e-6)


def test_huge_logits_neither_overflow_nor_lose_the_loss():
    logits = np.array([1000.0, -1000.0, 1000.0])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert losses.sigmoid(logits).tolist() == [1, 0, 1]
        assert losses.binary_crossentropy(np.array([0, 1, 1]), logits) == pytest.approx(2000 / 3)
        rows = np.stack([logits, -logits])
        np.testing.assert_allclose(layers.softmax(rows).sum(axis=1), 1)
        assert losses.log_softmax(rows)[0, 1] == pytest.approx(-2000 - np.log(2))


@given(st.integers(0, 99), st.integers(1, 5))
def test_squared_error_and_its_gradients_equal_keras(seed, n):
    labels, logits = normal(seed, n) > 0, 3 * normal(seed + 1, n)
    labels = labels.astype("float64")
    theirs, (gradient,) = gradients(lambda x: keras.ops.mean((x - labels) ** 2), logits)
    assert losses.mean_squared_error(labels, logits) == pytest.approx(float(theirs))
    same(losses.mean_squared_error_gradient(labels, logits), gradient)
    _, (behind,) = gradients(lambda x: keras.ops.mean((keras.ops.sigmoid(x) - labels) ** 2), logits)
    same(losses.squared_error_behind_sigmoid_gradient(labels, logits), behind)


@given(st.integers(0, 99), st.integers(1, 5), st.floats(0.2, 2))
def test_distances_and_contrastive_loss(seed, n, margin):
    first, second = normal(seed, n, 8), normal(seed + 1, n, 8)
    np.testing.assert_allclose(losses.euclidean_distance(first, second) ** 2, ((first - second) ** 2).sum(axis=1))
    theirs = -keras.losses.cosine_similarity(first, second)
    np.testing.assert_allclose(losses.cosine_similarity(first, second), theirs, atol=1e-6)
    units = losses.normalise(first), losses.normalise(second)
    np.testing.assert_allclose(
        losses.euclidean_distance(*units) ** 2, 2 - 2 * losses.cosine_similarity(first, second), atol=1e-12
    )
    pairs, distances = (normal(seed, n) > 0).astype(float), np.abs(normal(seed + 2, n))

    def contrastive(x):
        return keras.ops.mean(pairs * x**2 + (1 - pairs) * keras.ops.maximum(margin - x, 0.0) ** 2)

    theirs, (gradient,) = gradients(contrastive, distances)
    assert losses.contrastive_loss(pairs, distances, margin) == pytest.approx(float(theirs))
    same(losses.contrastive_loss_gradient(pairs, distances, margin), gradient)


def test_a_zero_vector_has_no_direction_and_makes_no_nan():
    assert losses.cosine_similarity(np.zeros(3), np.ones(3)) == 0


# --- optimizers


# Keras keeps rates in float32: sums of powers of 2 are the same number there, so nothing but rounding may differ.
EXACT = {
    "gradient descent": ("SGD", {"learning_rate": 2**-5}),
    "momentum": ("SGD", {"learning_rate": 2**-6, "momentum": 0.875}),
    "Nesterov": ("SGD", {"learning_rate": 2**-6, "momentum": 0.875, "nesterov": True}),
    "RMSprop": ("RMSprop", {"learning_rate": 2**-7, "rho": 0.875, "epsilon": 2**-10}),
    "Adam": ("Adam", {"learning_rate": 2**-5, "beta_1": 0.875, "beta_2": 1 - 2**-8, "epsilon": 2**-10}),
    "AdamW": ("AdamW", {"learning_rate": 2**-5, "weight_decay": 0.125, "beta_1": 0.875, "beta_2": 1 - 2**-8}),
}
USUAL = {
    "momentum": ("SGD", {"momentum": 0.9}),
    "RMSprop": ("RMSprop", {}),
    "Adam": ("Adam", {}),
    "AdamW": ("AdamW", {}),
}


def largest_difference(kind: str, options: dict) -> float:
    """Take a hundred steps with our optimizer and with Keras's; return how far they part, as a share of the weights."""
    ours, theirs = getattr(optimizers, kind)(**options), getattr(keras.optimizers, kind)(**options)
    weights, worst = normal(0, 3, 4), 0.0
    variable = keras.Variable(weights, dtype="float64")
    theirs.build([variable])
    for step in range(100):
        gradient = 2 * weights + normal(step, 3, 4)
        weights = ours.update(weights, gradient)
        theirs.apply([keras.ops.convert_to_tensor(gradient)])
        worst = max(worst, np.abs(weights - variable.numpy()).max() / np.abs(weights).max())
    return worst


@pytest.mark.parametrize("name", EXACT)
def test_a_hundred_steps_equal_keras_to_rounding(name):
    assert largest_difference(*EXACT[name]) < 1e-8


@pytest.mark.parametrize("name", USUAL)
def test_a_hundred_steps_with_the_usual_settings_equal_keras(name):
    assert largest_difference(*USUAL[name]) < 1e-5


@pytest.mark.parametrize("warmup_steps", [0, 10])
def test_the_schedule_equals_keras(warmup_steps):
    if warmup_steps:
        theirs = keras.optimizers.schedules.CosineDecay(0.0, 40, warmup_target=0.1, warmup_steps=warmup_steps)
    else:
        theirs = keras.optimizers.schedules.CosineDecay(0.1, 40)
    for step in range(60):
        assert optimizers.cosine_decay(step, 40, 0.1, warmup_steps) == pytest.approx(float(theirs(step)), abs=1e-7)


@given(st.integers(0, 99), st.floats(0.1, 10))
def test_clipping_equals_keras(seed, largest):
    gradient = normal(seed, 4, 2)
    optimizer = keras.optimizers.SGD(1.0, clipnorm=largest)
    variable = keras.Variable(np.zeros((4, 2)), dtype="float64")
    optimizer.build([variable])
    optimizer.apply([keras.ops.convert_to_tensor(gradient)])
    np.testing.assert_allclose(optimizers.clip_by_norm(gradient, largest), -variable.numpy(), rtol=1e-6)
    np.testing.assert_array_equal(optimizers.clip_by_norm(gradient * 0, largest), 0)


def test_finite_differences_find_the_gradient():
    labels, logits = np.array([0.0, 1, 1]), normal(3, 3)
    found = optimizers.numerical_gradient(lambda x: losses.binary_crossentropy(labels, x), logits)
    np.testing.assert_allclose(found, losses.binary_crossentropy_gradient(labels, logits), atol=1e-9)


def test_reading_does_not_load_keras():
    _, loaded = cost("from course_utils.from_scratch import layers, losses", runs=1)
    assert not loaded & {"keras", "tensorflow", "scipy"}
