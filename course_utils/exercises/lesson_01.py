"""Exercises of lesson 01, convolutional networks."""

from __future__ import annotations

import functools

import numpy as np

from course_utils.checks.forms import Case, Choice, Custom, Function, Mistake, Value, words_of
from course_utils.checks.values import as_array, show

# --- 1.1: one picture, one kernel, two operations ---

PICTURE = np.array([[3, 1, 0], [0, 2, 1], [1, 0, 4]])
KERNEL = np.array([[1, 2], [-1, 0]])


def correlate(picture, kernel):
    """Lay the kernel on each position of the picture and add up the products."""
    windows = np.lib.stride_tricks.sliding_window_view(picture, kernel.shape)
    return np.tensordot(windows, kernel)


def _equal(one, other) -> bool:
    return one.shape == other.shape and np.allclose(one, other)


def _judge_shape(maps, rows):
    """Look at the shape of the two maps."""
    for name, one in maps.items():
        if one.shape == rows:
            continue
        said = [f"{name} is {'one number' if one.size == 1 else f'an array of shape {one.shape}'}"]
        if one.size == 1:
            yield "one position", said
        elif one.ndim == 2 and one.shape[0] == one.shape[1] > 2:
            yield "zeros around", said
        else:
            yield "shape", said


def judge_maps(by_layer, by_mathematics):
    """Look at the shapes, at the layer's map, then at that of mathematics."""
    by_layer, by_mathematics = as_array(by_layer), as_array(by_mathematics)
    layer, mathematics = correlate(PICTURE, KERNEL), correlate(PICTURE, KERNEL[::-1, ::-1])
    yield from _judge_shape({"by_layer": by_layer, "by_mathematics": by_mathematics}, layer.shape)
    if _equal(by_layer, mathematics) and _equal(by_mathematics, layer):
        yield "swapped"
    mirrored = [correlate(PICTURE, KERNEL[:, ::-1]), correlate(PICTURE, KERNEL[::-1])]
    if not _equal(by_layer, layer):
        known = {
            "layer turned": [mathematics],
            "layer mirrored": mirrored,
            "layer transposed": [correlate(PICTURE, KERNEL.T)],
            "layer averaged": [layer / KERNEL.size],
        }
        yield from (name for name, maps in known.items() if any(_equal(by_layer, one) for one in maps))
        yield "layer", _first_position("by_layer", by_layer, layer, [f"times {show(KERNEL)}, place by place"])
    if not _equal(by_mathematics, mathematics):
        known = {
            "mathematics not turned": [layer],
            "mathematics mirrored": mirrored,
            "map turned": [layer[::-1, ::-1]],
            "mathematics negative": [-layer],
            "mathematics transposed": [correlate(PICTURE, KERNEL.T)],
        }
        yield from (name for name, maps in known.items() if any(_equal(by_mathematics, one) for one in maps))
        turned = ["times the kernel turned round, place by place"]
        yield "mathematics", _first_position("by_mathematics", by_mathematics, mathematics, turned)


def _first_position(name, got, wanted, factor):
    row, column = map(int, np.argwhere(~np.isclose(got, wanted))[0])
    window = PICTURE[row : row + 2, column : column + 2]
    return [f"{name}[{row}][{column}] is {show(got[row, column])}; under the kernel lie {show(window)}", *factor]


maps = Custom(
    "1.1",
    judge_maps,
    answers=2,
    right=[(correlate(PICTURE, KERNEL), correlate(PICTURE, KERNEL[::-1, ::-1]))],
    hints={
        "one position": "one position of the kernel gives one number. At how many positions does it fit on the "
        "picture, in how many rows and columns?",
        "zeros around": "the kernel lies beside the picture at some of your positions, over pixels that are not there. "
        "At how many positions does all of it lie on the picture?",
        "shape": "write each map as a list of rows, and a row as a list of numbers. How many positions has the kernel "
        "downwards, and how many to the right?",
        "swapped": "both maps are there. Which of the two operations leaves the kernel as it is written?",
        "layer turned": "you turn the kernel round first, in `by_layer` too. Section 1 of the lesson asks which of "
        "SciPy's two functions does that, and which of them a `Conv2D` is.",
        "layer mirrored": "in `by_layer`, the kernel is mirrored. The layer lays it on the picture as it is written: "
        "its top left weight meets the top left pixel under it.",
        "layer transposed": "in `by_layer`, rows and columns of the kernel are exchanged. Which pixel does the weight "
        "in its first row and second column meet?",
        "layer averaged": "you divide by the number of weights. Does the layer take the average of the products?",
        "layer": "`by_layer` is right at some positions at most. Here is the first to look at again.",
        "mathematics not turned": "both operations give the same in your answer. What does the convolution of "
        "mathematics do with the kernel before it slides?",
        "mathematics mirrored": "in `by_mathematics`, the kernel is mirrored along one axis. Turn a sheet of paper "
        "round by 180 degrees on the table: where does its top left corner go?",
        "map turned": "you have turned the map round. What is turned round is the kernel, before it slides.",
        "mathematics negative": "with the kernel of section 1 of the lesson, turning round and changing the sign come "
        "to the same. With this one they do not: write the turned kernel down.",
        "mathematics transposed": "in `by_mathematics`, rows and columns of the kernel are exchanged. Turning round by "
        "180 degrees is something else: where does the top left weight go?",
        "mathematics": "`by_layer` is right. In `by_mathematics`, here is the first position to look at again.",
    },
    explanation="Libraries of mathematics and of signal processing turn the kernel round, layers of networks do not.",
)

# --- 1.2: the size of a map ---


def map_size(size, kernel_size, stride, zeros, dilation):
    """Return a right answer to 1.2."""
    return max(0, _free(size, kernel_size, zeros, dilation) // stride + 1)


def _free(size, kernel_size, zeros, dilation):
    """Return how far the kernel can move from its first position."""
    return size + 2 * zeros - dilation * (kernel_size - 1) - 1


def _map_size_with(reach):
    """Return a function for 1.2 in which the kernel reaches over another number of pixels."""
    return lambda size, kernel_size, stride, zeros, dilation: max(
        0, (size + 2 * zeros - reach(kernel_size, dilation)) // stride + 1
    )


size_of_map = Function(
    "1.2",
    call="map_size",
    reference=map_size,
    cases=[
        (3, 3, 1, 0, 1),
        (5, 3, 1, 0, 1),
        (7, 3, 2, 0, 1),
        (8, 3, 2, 0, 1),
        (5, 3, 1, 1, 1),
        (7, 3, 1, 0, 2),
        (2, 5, 1, 0, 1),
        (9, 2, 1, 0, 3),
        (10, 4, 3, 1, 1),
        (64, 5, 2, 2, 1),
        (28, 3, 1, 2, 4),
        (31, 3, 2, 3, 3),
        (3, 4, 2, 0, 3),
    ],
    mistakes=[
        Mistake(
            "off by one",
            lambda size, kernel_size, stride, zeros, dilation: max(
                0, _free(size, kernel_size, zeros, dilation) // stride
            ),
            "you count the steps from position to position. How many positions are there if the kernel covers the "
            "whole picture and cannot move at all?",
        ),
        Mistake(
            "zeros on one side",
            lambda size, kernel_size, stride, zeros, dilation: map_size(size + zeros, kernel_size, stride, 0, dilation),
            "read again in the docstring where `zeros` are put. By how many pixels does the picture grow?",
        ),
        Mistake(
            "zeros left out",
            lambda size, kernel_size, stride, zeros, dilation: map_size(size, kernel_size, stride, 0, dilation),
            "your size is the same with and without padding. Draw a row of five pixels with a zero on each side.",
        ),
        Mistake(
            "dilation left out",
            lambda size, kernel_size, stride, zeros, dilation: map_size(size, kernel_size, stride, zeros, 1),
            "your size is the same for every dilation. Draw three pixels that are two apart: from the first to the "
            "last, over how many pixels of the picture does the kernel reach?",
        ),
        Mistake(
            "kernel times dilation",
            _map_size_with(lambda kernel_size, dilation: kernel_size * dilation),
            "with a dilation your kernel reaches too far. Draw three pixels that are two apart: how many gaps are "
            "there between three pixels?",
        ),
        Mistake(
            "gaps as wide as the dilation",
            _map_size_with(lambda kernel_size, dilation: kernel_size + (kernel_size - 1) * dilation),
            "you leave as many pixels out between two weights as the dilation says. The dilation is the *distance* of "
            "neighbours under the kernel: how many pixels are left out if it is 1?",
        ),
        Mistake(
            "rounded up",
            lambda size, kernel_size, stride, zeros, dilation: max(
                0, -(-_free(size, kernel_size, zeros, dilation) // stride) + 1
            ),
            "your last position hangs over the edge where the stride does not come out even. Which way do you round?",
        ),
        Mistake(
            "not rounded",
            lambda size, kernel_size, stride, zeros, dilation: max(
                0, _free(size, kernel_size, zeros, dilation) / stride + 1
            ),
            "you get a fraction of a position where the stride does not come out even. Does a kernel that hangs over "
            "the edge count?",
        ),
        Mistake(
            "one added inside",
            lambda size, kernel_size, stride, zeros, dilation: max(
                0, (_free(size, kernel_size, zeros, dilation) + 1) // stride
            ),
            "the one that you add is for the first position. Do you add it before or after you divide by the stride?",
        ),
        Mistake(
            "below zero",
            lambda size, kernel_size, stride, zeros, dilation: _free(size, kernel_size, zeros, dilation) // stride + 1,
            "where the kernel is larger than the picture, you get fewer than no positions.",
        ),
        Mistake(
            "stride left out",
            lambda size, kernel_size, stride, zeros, dilation: map_size(size, kernel_size, 1, zeros, dilation),
            "your size is the same for every stride. Which of the positions are left if the kernel moves two pixels "
            "at a time?",
        ),
        Mistake(
            "padding same",
            lambda size, kernel_size, stride, zeros, dilation: -(-size // stride),
            'this is the rule of `padding="same"`, which takes as many zeros as it needs. Here the number of zeros is '
            "given.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Draw the pixels in a row and slide the kernel.",
    explanation="This is how PyTorch counts zeros. Keras's two paddings are two ways to choose them.",
)

# --- 1.3: a layer's kernels ---

kernels = Choice(
    "1.3",
    options="abcdefg",
    right="bce",
    chosen={
        "a": "one of your statements does not hold. A kernel looks at all channels together: how many numbers does it "
        "give at one position?",
        "d": "one of your statements does not hold. Section 3 of the lesson moves a picture by five pixels: what does "
        "the map do?",
        "f": "one of your statements does not hold. How many sets of weights has the layer for the positions on the "
        "left, and how many for those on the right?",
        "g": "one of your statements does not hold. One step of the kernel is one step in the map. And in the picture?",
    },
    missing={
        "b": "one more statement holds. Take one kernel out of the array: what is its shape, and how many weights is "
        "that?",
        "c": "one more statement holds. Go through the four axes of the kernels: what does each of them count?",
        "e": "one more statement holds. Same weights everywhere: so where does the map see the face after the move, "
        "and how far apart are its numbers in the picture?",
    },
    explanation="With stride 2, a step of one pixel in the picture is half a step in the map, and changes its numbers.",
)

# --- 1.4: a kernel that sees red ---


def judge_red(kernel):
    """Look at the shape, then at what the kernel gives for one kind of picture after the other."""
    kernel = as_array(kernel)
    if kernel.shape != (3, 3, 3, 1):
        name = {(3, 3): "no channels", (3, 3, 1, 1): "no channels", (3, 3, 3): "no axis of maps"}
        yield name.get(kernel.shape, "shape"), [f"red_kernel has the shape {kernel.shape}"]
    if not np.isfinite(kernel).all():
        yield "not finite"
    if not kernel.any():
        yield "sees nothing"
    red = kernel[:, :, 0, 0]
    if not red.any():
        yield "red left out"
    for number, name in enumerate(("red", "green", "blue")):
        if not np.isclose(kernel[:, :, number].sum(), 0, atol=1e-5):
            what = f"a picture that is {name} everywhere, of brightness 1"
            yield "plain colour", [what, f"gives:   {show(kernel[:, :, number].sum())} at each position"]
    if not np.allclose(kernel[:, :, 1:], 0, atol=1e-6):
        yield "other colours", _first_weight(kernel)
    ramp = np.arange(3) / 2
    if not np.allclose(red.sum(axis=0), 0, atol=1e-5):
        column = int(np.argmax(np.abs(red.sum(axis=0))))
        shown = np.tile(np.arange(3) == column, (3, 1)).astype(int)
        what = f"a window whose red is {show(shown)}"
        yield "to the right", [what, f"gives:   {show(red.sum(axis=0)[column])}"]
    downwards = ramp @ red.sum(axis=1)
    if downwards < -1e-6:
        what = f"a window whose red is {show(np.repeat(ramp, 3).reshape(3, 3))}"
        yield "upside down", [what, f"gives:   {show(downwards)}"]
    if downwards < 1e-6:
        yield "sees nothing"


def _first_weight(kernel):
    row, column, channel = map(int, np.argwhere(~np.isclose(kernel[:, :, 1:, 0], 0, atol=1e-6))[0])
    return [f"red_kernel[{row}, {column}, {channel + 1}, 0] is {show(kernel[row, column, channel + 1, 0])}"]


def _red_kernel():
    block = np.zeros((3, 3, 3, 1))
    block[0, :, 0], block[2, :, 0] = -1, 1
    return block


red_kernel = Custom(
    "1.4",
    judge_red,
    right=[(_red_kernel(),)],
    hints={
        "no channels": "this is a flat array of weights. The picture has three channels: which axis of the kernel says "
        "with which weights each of them is looked at?",
        "no axis of maps": "the block is there. A layer holds its kernels side by side along one more axis, even if it "
        "has a single one. Which one is it?",
        "shape": "`Conv2D` keeps its kernels as (height, width, channels, number of maps). Which number stands where?",
        "not finite": "all weights are ordinary numbers.",
        "plain colour": "a picture without any change in it gives something. What must the weights of a channel add up "
        "to, so that a plain colour gives nothing?",
        "red left out": "red makes no difference to this kernel. In which order do the channels stand?",
        "other colours": "a change of another colour moves the map too. Which weights does it meet?",
        "to the right": "a picture that changes only from left to right gives something. Such a picture has equal "
        "rows: what must the three weights of one column add up to?",
        "upside down": "the sign is the other way round: your map is negative where red gets brighter downwards. "
        "Remember which way up a layer lays its kernel.",
        "sees nothing": "this kernel gives nothing where red gets steadily brighter downwards. Which row of weights "
        "should count the bright pixels, and which the dark ones?",
    },
    explanation="Nine of the 27 weights do the work. In a trained network, each kernel mixes all channels.",
)

# --- 1.5: which layer is it? ---

LAYERS = ("max", "average", "convolution")
WHICH = {
    "spot": "max",
    "order": "convolution",
    "noise": "average",
    "weights": "convolution",
    "comparisons": "max",
    "mean": "average",
}


def judge_layers(which):
    """Look at the words, then at one observation after the other."""
    said = yield from words_of(which, WHICH, LAYERS)
    for observation, layer in WHICH.items():
        if said[observation] != layer:
            yield observation, [f"which[{show(observation)}] = {show(said[observation])}"]


which_layer = Custom(
    "1.5",
    judge_layers,
    right=[(WHICH,)],
    hints={
        "not a dictionary": "keep the dictionary `which` as it is, and put words in place of the dots.",
        "keys": "the dictionary has the six observations as its keys: spot, order, noise, weights, comparisons, mean.",
        "words": 'each observation gets one of the three words: "max", "average" or "convolution".',
        "spot": "four bright pixels count no more than one. What would a sum of the four make of them, with whatever "
        "weights?",
        "order": "the same four numbers at other places give something else. Which of the three can tell the places of "
        "a window apart?",
        "noise": "how much of a single pixel of 200 is left if all four have an equal say? And if the brightest speaks "
        "for all?",
        "weights": "pooling treats each channel on its own. How many maps does it give for 32, and how much has it to "
        "learn?",
        "comparisons": "to add up, or to weigh, takes sums and products. Which of the three needs neither?",
        "mean": "take the windows [0, 0, 0, 8] and [8, 8, 8, 8], with the mean 5. What does each layer make of them, "
        "and what is the mean of that?",
    },
    explanation="One keeps that something is there, one how much of it, and one learns what to keep, for a price.",
)

# --- 1.6: how much does a number see? ---

field = Value(
    "1.6",
    answer=41,
    mistakes=[
        Mistake(
            "strides left out",
            13,
            "each layer adds its reach, that is right; but you add it in steps of one pixel all the way. After a layer "
            "with stride 2, how many pixels of the picture lie between two neighbours in its map?",
        ),
        Mistake(
            "kernels added",
            17,
            "you add up the sizes of the windows. Two layers of 3, stride 1: a number of the second sees three "
            "neighbours of the first. Draw which pixels those see together; they overlap.",
        ),
        Mistake(
            "kernels multiplied",
            405,
            "you multiply the sizes of the windows. Two layers of 3, stride 1: draw which pixels three neighbours in "
            "the first map see together. They overlap.",
        ),
        Mistake(
            "kernel for its neighbours",
            60,
            "each layer adds a little too much. A window of 3 reaches from its first number to its last: how many "
            "steps are that?",
        ),
        Mistake(
            "own stride too early",
            57,
            "you enlarge the step before you use it. The numbers under a layer's window come from the layer in front: "
            "does the layer's own stride change how far those are apart?",
        ),
        Mistake(
            "pooling left out",
            21,
            "you leave the pooling layer out. Has it a window, and a stride?",
        ),
        Mistake(
            "stride of the pooling left out",
            25,
            "the window of the pooling layer is in your sum. And its stride?",
        ),
        Mistake(
            "from the back",
            29,
            "you go through the layers from the last to the first with the rule that goes from first to last. Which "
            "step does the first layer have?",
        ),
        Mistake(
            "only the strides",
            8,
            "this is how far neighbours in the last map are apart in the picture. The question is how much one of "
            "them sees.",
        ),
        Mistake(
            "area",
            1681,
            "this counts all pixels of the square. The question is about its side.",
        ),
    ],
    otherwise="make the question small: after a 3 × 3 convolution and a pooling of 2 with stride 2, a number sees 4 "
    "pixels; one more 3 × 3 convolution makes it 8. Where do the four more come from? Then do one layer at a time.",
    explanation="Strides early in the network are what lets later windows reach far.",
)

# --- 1.7: from maps to probabilities ---


def probabilities_of(maps, weights, bias):
    """Return a right answer to 1.7."""
    return _softmax(_logits(maps, weights, bias))


def _logits(maps, weights, bias, before=True, behind=False):
    values = (np.maximum(maps, 0) if before else maps).reshape(len(maps), -1)
    logits = values @ weights + bias
    return np.maximum(logits, 0) if behind else logits


def _exponentials(logits):
    return np.exp(logits - logits.max(axis=1, keepdims=True))


def _softmax(logits, axis=1, keepdims=True):
    exponentials = _exponentials(logits)
    return exponentials / exponentials.sum(axis=axis, keepdims=keepdims)


def _maps(*values, shape):
    return np.array(values, dtype=float).reshape(shape)


_DRAW = np.random.default_rng(0)
_HEAD_CASES = [
    (_maps(-1, 2, shape=(1, 1, 1, 2)), np.array([[1.0, -1.0], [0.0, 1.0]]), np.array([0.0, 0.0])),
    (_maps(1, 2, shape=(1, 1, 1, 2)), np.array([[1.0, -1.0], [0.0, -1.0]]), np.array([0.5, 0.0])),
    (_maps(2, 1, 1, 3, shape=(2, 1, 1, 2)), np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.0, 0.0])),
    (_maps(900, -100, shape=(1, 1, 1, 2)), np.array([[1.0, 0.5, 0.0], [0.0, 0.0, 1.0]]), np.array([0.0, 0.0, 2.0])),
    Case(
        _DRAW.normal(size=(2, 2, 2, 3)),
        _DRAW.normal(size=(12, 4)),
        _DRAW.normal(size=4),
        shown="probabilities_of(...) of maps of shape (2, 2, 2, 3), weights (12, 4), bias (4,)",
    ),
]

head = Function(
    "1.7",
    call="probabilities_of",
    reference=probabilities_of,
    given=lambda maps, weights, bias: _softmax(_logits(maps, weights, bias, before=False, behind=True), axis=None),
    cases=_HEAD_CASES,
    mistakes=[
        Mistake(
            "ReLU behind",
            lambda maps, weights, bias: _softmax(_logits(maps, weights, bias, before=False, behind=True)),
            "each picture's probabilities sum to 1 now. What becomes of a class that everything speaks against, with a "
            "logit below zero? Compare the order of the steps with the first sentence of the exercise.",
        ),
        Mistake(
            "all pictures together",
            lambda maps, weights, bias: _softmax(_logits(maps, weights, bias), axis=None),
            "one picture comes out right. Give the function two, and add up the probabilities of each: what is that "
            "sum, and what must it be?",
        ),
        Mistake(
            "over the pictures",
            lambda maps, weights, bias: _softmax(_logits(maps, weights, bias), axis=0),
            "you divide by a sum over the pictures, so a picture's answer depends on who else is in the batch. "
            "Which axis counts the classes?",
        ),
        Mistake(
            "axis dropped",
            lambda maps, weights, bias: _softmax(_logits(maps, weights, bias), keepdims=False),
            "the sums are the right ones, one for each picture. Print the shapes of what you divide and of what you "
            "divide by: along which axis does NumPy line them up?",
        ),
        Mistake(
            "ReLU twice",
            lambda maps, weights, bias: _softmax(_logits(maps, weights, bias, behind=True)),
            "ReLU is in its place now, and in another place too. May a logit be negative?",
        ),
        Mistake(
            "no ReLU",
            lambda maps, weights, bias: _softmax(_logits(maps, weights, bias, before=False)),
            "negative numbers of the maps come through to the dense layer. Which step comes before flatten?",
        ),
        Mistake(
            "logits",
            _logits,
            "these are the logits, and they are right. One step is missing.",
        ),
        Mistake(
            "overflow",
            lambda maps, weights, bias: (
                np.exp(_logits(maps, weights, bias)) / np.exp(_logits(maps, weights, bias)).sum(axis=1, keepdims=True)
            ),
            "for large logits the exponential is larger than any number that the computer has. What did the function "
            "take away from the logits before?",
        ),
        Mistake(
            "sigmoid",
            lambda maps, weights, bias: 1 / (1 + np.exp(-_logits(maps, weights, bias))),
            "you answer yes or no for each class on its own. Exactly one class is right: what must a picture's "
            "probabilities add up to?",
        ),
        Mistake(
            "answers",
            lambda maps, weights, bias: _logits(maps, weights, bias).argmax(axis=1),
            "this is the most probable class of each picture. The docstring asks for a probability for each class.",
        ),
    ],
    explanation="A batch of one hides the sum over everything. So test with two pictures, and with different ones.",
)

# --- 1.8: weights and multiplications ---


def count_layers(size, channels, filters, units):
    """Return a right answer to 1.8."""
    return _count(size, channels, filters, units)


def _count(
    size,
    channels,
    filters,
    units,
    *,
    kernel=lambda channels: 9 * channels,
    biases=lambda maps: maps,
    products=lambda weights, biases, size: weights * size * size,
    pool=lambda size: size // 2,
    flat=lambda size, channels: size * size * channels,
    dense=lambda inputs, units: inputs * units,
    first_channels=False,
):
    """Count as 1.8 asks, or with a mistake in one place."""
    pairs, channels_in = [], channels
    for maps in filters:
        weights = kernel(channels_in) * maps
        pairs.append((weights + biases(maps), products(weights, biases(maps), size - 2)))
        size, channels = pool(size - 2), maps
        channels_in = channels_in if first_channels else maps
    inputs = flat(size, channels)
    return [*pairs, (inputs * units + biases(units), dense(inputs, units))]


def _with(**changes):
    return functools.partial(_count, **changes)


counts = Function(
    "1.8",
    call="count_layers",
    reference=count_layers,
    cases=[
        (4, 1, [1], 1),
        (6, 3, [2], 1),
        (7, 2, [3], 2),
        (12, 3, [4, 5], 6),
        (15, 1, [2, 4], 3),
        (64, 3, [32, 64, 128], 512),
    ],
    mistakes=[
        Mistake(
            "no bias",
            _with(biases=lambda maps: 0),
            "each unit adds a constant to its sum, and so does each kernel. Are these constants among your weights?",
        ),
        Mistake(
            "one bias",
            _with(biases=lambda maps: 1),
            "you count one bias for the whole layer. Do two kernels share theirs? Section 3 of the lesson prints the "
            "shape of a layer's biases.",
        ),
        Mistake(
            "channels left out",
            _with(kernel=lambda channels: 9),
            "your kernels are small matrices, as the article has it. What is the shape of one kernel if 32 maps come "
            "in?",
        ),
        Mistake(
            "side of the kernel",
            _with(kernel=lambda channels: 3 * channels),
            "look at the kernel again: it has a height and a width.",
        ),
        Mistake(
            "one position",
            _with(products=lambda weights, biases, size: weights),
            "these are the products at one position of the kernel. How many positions are there?",
        ),
        Mistake(
            "size before",
            _with(products=lambda weights, biases, size: weights * (size + 2) ** 2),
            "you count a position for each pixel that goes in. At how many of them does a kernel of 3 fit?",
        ),
        Mistake(
            "one side of the map",
            _with(products=lambda weights, biases, size: weights * size),
            "the kernel moves downwards and to the right. How many positions are that in all?",
        ),
        Mistake(
            "bias multiplied",
            _with(products=lambda weights, biases, size: (weights + biases) * size * size),
            "you count a product for each bias. What is done with a bias at a position?",
        ),
        Mistake(
            "bias multiplied in the dense layer",
            _with(dense=lambda inputs, units: inputs * units + units),
            "the convolutions are right. In the dense layer you count a product for each bias. What is done with it?",
        ),
        Mistake(
            "no pooling",
            _with(pool=lambda size: size),
            "the first convolution is right. What happens to its map before anything else gets it?",
        ),
        Mistake(
            "pooling rounded up",
            _with(pool=lambda size: (size + 1) // 2),
            "where a map has an odd number of rows, your pooling gives one too many. Does a window that hangs over the "
            "edge count?",
        ),
        Mistake(
            "one side flattened",
            _with(flat=lambda size, channels: size * channels),
            "the convolutions are right. How many numbers does flatten put in a row, for maps of 2 × 2?",
        ),
        Mistake(
            "channels not flattened",
            _with(flat=lambda size, channels: size * size),
            "the convolutions are right. Flatten takes the numbers of one map; and those of the others?",
        ),
        Mistake(
            "channels of the picture",
            _with(first_channels=True),
            "the first convolution is right. The second gets no picture: how many channels has what it gets?",
        ),
        Mistake(
            "no dense layer",
            lambda size, channels, filters, units: _count(size, channels, filters, units)[:-1],
            "the convolutions are right. The network goes on behind them.",
        ),
        Mistake(
            "weights only",
            lambda size, channels, filters, units: [pair[0] for pair in _count(size, channels, filters, units)],
            "the weights are right. The docstring asks for a pair for each layer.",
        ),
        Mistake(
            "other way round",
            lambda size, channels, filters, units: [pair[::-1] for pair in _count(size, channels, filters, units)],
            "both numbers of each pair are right. Which of them does the docstring name first?",
        ),
    ],
    nudge="here is the smallest network for which it does not hold. Write down the shape that each layer gives.",
    explanation="A convolution uses each weight at every position, a dense layer uses each once.",
)

# --- 1.9: backwards through ReLU and the dense layer ---


def layer_backward(gradient, inputs, weights, bias):
    """Return a right answer to 1.9."""
    return _dense_backward(gradient * _open(inputs, weights, bias), inputs, weights)


def _open(inputs, weights, bias):
    """Tell which units let the gradient through."""
    return inputs @ weights + bias > 0


def _dense_backward(gradient, inputs, weights):
    return gradient @ weights.T, inputs.T @ gradient, gradient.sum(axis=0)


def _dense_backward_with_relu_in_front(gradient, inputs, weights):
    of_inputs, of_weights, of_bias = _dense_backward(gradient, np.maximum(inputs, 0), weights)
    return of_inputs * (inputs > 0), of_weights, of_bias


def _with_bias(summed):
    """Return a function for 1.9 that takes the gradient of the bias in another way."""

    def backward(gradient, inputs, weights, bias):
        passed = gradient * _open(inputs, weights, bias)
        return *_dense_backward(passed, inputs, weights)[:2], summed(passed)

    return backward


def weights_not_turned(gradient, inputs, weights, bias):
    """Multiply the gradient with the weights as they are."""
    passed = gradient * _open(inputs, weights, bias)
    return passed @ weights, *_dense_backward(passed, inputs, weights)[1:]


def weights_the_other_way(gradient, inputs, weights, bias):
    """Return the gradient of the weights with rows and columns exchanged."""
    of_inputs, of_weights, of_bias = layer_backward(gradient, inputs, weights, bias)
    return of_inputs, of_weights.T, of_bias


def divided_by_pictures(gradient, inputs, weights, bias):
    """Return the means of weights and bias over the pictures."""
    of_inputs, of_weights, of_bias = layer_backward(gradient, inputs, weights, bias)
    return of_inputs, of_weights / len(inputs), of_bias / len(inputs)


def in_another_order(gradient, inputs, weights, bias):
    """Return the gradient of the inputs last."""
    of_inputs, of_weights, of_bias = layer_backward(gradient, inputs, weights, bias)
    return of_weights, of_bias, of_inputs


def values_above_zero(inputs, weights, bias):
    """Return what the layer gives."""
    return np.maximum(inputs @ weights + bias, 0)


backward = Function(
    "1.9",
    call="layer_backward",
    reference=layer_backward,
    cases=[
        (np.array([[10.0]]), np.array([[2.0]]), np.array([[3.0]]), np.array([1.0])),
        (np.array([[10.0]]), np.array([[2.0]]), np.array([[3.0]]), np.array([-7.0])),
        (np.array([[10.0]]), np.array([[2.0]]), np.array([[3.0]]), np.array([-6.0])),
        (np.array([[-10.0]]), np.array([[2.0]]), np.array([[3.0]]), np.array([0.0])),
        (np.array([[1.0, 2.0]]), np.array([[3.0, 1.0]]), np.array([[1.0, 2.0], [4.0, 1.0]]), np.array([0.0, 1.0])),
        (
            np.array([[1.0, 2.0], [3.0, -4.0]]),
            np.array([[1.0, 2.0], [0.0, 3.0]]),
            np.array([[2.0, 0.0], [1.0, -1.0]]),
            np.array([0.0, 2.5]),
        ),
        (
            np.array([[1.0, 2.0, 5.0], [3.0, -4.0, 1.0]]),
            np.array([[1.0, 2.0], [-1.0, 3.0]]),
            np.array([[2.0, 0.0, 1.0], [1.0, -1.0, 4.0]]),
            np.array([0.0, 2.5, -9.0]),
        ),
    ],
    mistakes=[
        Mistake(
            "ReLU left out",
            lambda gradient, inputs, weights, bias: _dense_backward(gradient, inputs, weights),
            "the dense part is right. If a unit's sum is -1, ReLU gives 0. How much does that change if a weight "
            "changes a little?",
        ),
        Mistake(
            "ReLU in front",
            lambda gradient, inputs, weights, bias: _dense_backward_with_relu_in_front(gradient, inputs, weights),
            "you look at the sign of the inputs. Does ReLU stand in front of the dense layer here, or behind it?",
        ),
        Mistake(
            "times the value",
            lambda gradient, inputs, weights, bias: _dense_backward(
                gradient * values_above_zero(inputs, weights, bias), inputs, weights
            ),
            "you multiply the gradient with what ReLU has given. Between 2 and 2.1, by how much does ReLU change? And "
            "between 5 and 5.1?",
        ),
        Mistake(
            "sign of the gradient",
            lambda gradient, inputs, weights, bias: _dense_backward(np.maximum(gradient, 0), inputs, weights),
            "you look at the sign of the gradient. What decides whether ReLU lets a number through, on the way "
            "forwards?",
        ),
        Mistake(
            "open at zero",
            lambda gradient, inputs, weights, bias: _dense_backward(
                gradient * (inputs @ weights + bias >= 0), inputs, weights
            ),
            "a unit whose sum is exactly 0 is left to convention. Look up in section 8 of the lesson, or in the "
            "docstring, which one holds here.",
        ),
        Mistake(
            "sums without bias",
            lambda gradient, inputs, weights, bias: _dense_backward(gradient * (inputs @ weights > 0), inputs, weights),
            "which units does ReLU let through? Compute their sums as the layer does on the way forwards, with all "
            "that belongs to them.",
        ),
        Mistake(
            "weights not turned",
            weights_not_turned,
            "look at the gradient of the inputs. The gradient has a column for each unit: which axis of the weights "
            "counts the units, and which do they have to meet?",
        ),
        Mistake(
            "weights the other way",
            weights_the_other_way,
            "the gradient of the weights has rows and columns exchanged. It has the shape of the weights: (inputs, "
            "units).",
        ),
        Mistake(
            "bias not summed",
            _with_bias(lambda passed: passed),
            "the gradient of the bias has a row for each picture. How many biases has a unit, and how many pictures "
            "does it serve?",
        ),
        Mistake(
            "bias over the units",
            _with_bias(lambda passed: passed.sum(axis=1)),
            "the gradient of the bias is added up along the units. Each unit has a bias of its own: along which axis "
            "is it shared?",
        ),
        Mistake(
            "bias as one number",
            _with_bias(lambda passed: passed.sum()),
            "the gradient of the bias is one number for all units. Does the layer have one bias, or one for each unit?",
        ),
        Mistake(
            "bias in a row",
            _with_bias(lambda passed: passed.sum(axis=0, keepdims=True)),
            "the numbers are right. The gradient of the bias has the shape of the bias: how many axes is that?",
        ),
        Mistake(
            "mean",
            divided_by_pictures,
            "you divide by the number of pictures. If the loss is a mean, this division is in `gradient` already. "
            "What do two pictures that push the same weight do together?",
        ),
        Mistake(
            "mean of the bias",
            _with_bias(lambda passed: passed.mean(axis=0)),
            "inputs and weights are right. For the bias you take the mean over the pictures: what does the product of "
            "matrices do with the pictures?",
        ),
        Mistake(
            "another order",
            in_another_order,
            "three gradients are there, in another order than the docstring names them.",
        ),
        Mistake(
            "bias left out",
            lambda *arguments: layer_backward(*arguments)[:2],
            "two of the three gradients are there. What else does the layer learn?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Go through it by hand: first forwards, then back.",
    explanation="A closed unit learns nothing from this picture, and tells nothing to the layer in front.",
)

# --- 1.10: backwards through maximum pooling ---


def pool_backward(gradient, image, size, stride):
    """Return a right answer to 1.10."""
    return _pool_backward(gradient, image, size, stride, _first)


def _pool_backward(gradient, image, size, stride, share):
    """Add to the pixels of each window what ``share`` gives them."""
    result = np.zeros(image.shape)
    for value, window in _windows(gradient, size, stride):
        result[window] += value * share(image[window])
    return result


def _windows(gradient, size, stride):
    for row, column in np.ndindex(*gradient.shape):
        top, left = row * stride, column * stride
        yield gradient[row, column], np.s_[top : top + size, left : left + size]


def _first(part):
    return (np.arange(part.size) == part.argmax()).reshape(part.shape)


def _largest(part):
    return part == part.max()


def pool_as_given(gradient, image, size, stride):
    """Return what the function of 1.10 returns before it is mended."""
    result = np.zeros(image.shape)
    for value, window in _windows(gradient, size, stride):
        result[window] = value * _largest(image[window])
    return result


def windows_overwritten(gradient, image, size, stride):
    """Let each window overwrite what its pixels have got."""
    result = np.zeros(image.shape)
    for value, window in _windows(gradient, size, stride):
        result[window] = value * _first(image[window])
    return result


def winners_overwritten(gradient, image, size, stride):
    """Let each window overwrite what its largest pixel has got."""
    result = np.zeros(image.shape)
    for value, window in _windows(gradient, size, stride):
        result[window] = np.where(_first(image[window]), value, result[window])
    return result


def _sharing(share):
    return functools.partial(_pool_backward, share=share)


def _without_overlap(gradient, image, size, stride):
    """Take windows side by side, whatever the stride, as far as there are any."""
    result = np.zeros(image.shape)
    for value, window in _windows(gradient, size, size):
        if image[window].size:
            result[window] += value * _first(image[window])
    return result


pooling = Function(
    "1.10",
    call="pool_backward",
    reference=pool_backward,
    given=pool_as_given,
    cases=[
        (np.array([[3.0]]), np.array([[1, 2], [4, 0]]), 2, 2),
        (np.array([[6.0]]), np.array([[5, 7], [7, 7]]), 2, 2),
        (np.array([[1.0, 2.0]]), np.array([[1, 4, 2], [0, 3, 1]]), 2, 1),
        (np.array([[1.0, 2.0]]), np.array([[1, 4, 9], [0, 3, 1]]), 2, 1),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1, 3, 2, 0], [4, 2, 1, 1], [0, 0, 5, 6], [0, 2, 7, 8]]), 2, 2),
        (np.array([[2.0, 5.0]]), np.array([[0, 0, 0, 0, 0], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]]), 3, 2),
    ],
    mistakes=[
        Mistake(
            "all ties",
            _sharing(_largest),
            "windows that overlap are right now. If four pixels are equally large, each of them gets the whole "
            "gradient: how much is handed out, and how much has come in?",
        ),
        Mistake(
            "shared by ties",
            _sharing(lambda part: _largest(part) / _largest(part).sum()),
            "where several pixels are the largest, you share the gradient out. That is a possible convention; the "
            "docstring names another one, TensorFlow's.",
        ),
        Mistake(
            "windows overwritten",
            windows_overwritten,
            "equal pixels are right now. Where windows overlap, a pixel has got something from an earlier one. What "
            "does the next window do to that?",
        ),
        Mistake(
            "winners overwritten",
            winners_overwritten,
            "equal pixels are right now. A pixel may be the largest of two windows, and then two numbers of the output "
            "depend on it. How much does it get from both?",
        ),
        Mistake(
            "last of ties",
            _sharing(lambda part: _first(part[::-1, ::-1])[::-1, ::-1]),
            "where several pixels are the largest, you take the last. Which one does the docstring name?",
        ),
        Mistake(
            "every pixel",
            _sharing(np.ones_like),
            "every pixel under a window gets the whole gradient. Does the output change if a pixel that is not the "
            "largest changes a little?",
        ),
        Mistake(
            "average",
            _sharing(lambda part: np.full(part.shape, 1 / part.size)),
            "this is the backward step of average pooling. Does the largest number of a window change if a smaller "
            "one changes a little?",
        ),
        Mistake(
            "times the value",
            _sharing(lambda part: part * _first(part)),
            "you multiply the gradient with the pixel. If the largest pixel grows by 0.1, by how much does the output "
            "grow?",
        ),
        Mistake(
            "stride left out",
            _without_overlap,
            "your windows stand side by side, whatever the stride. Where does the second window begin?",
        ),
    ],
    explanation="What is handed out adds up to what has come in: a test that needs no second implementation.",
)

# --- 1.11: a gradient that is measured ---


def measured_gradient(loss, weights, step):
    """Return a right answer to 1.11."""
    return _measured(loss, weights, step)


def _measured(loss, weights, step, change=lambda up, here, down, step: (up - down) / (2 * step), kind=float):
    """Move each weight up and down; ``kind``: of number of the moved weights."""
    result = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        up, down = weights.astype(kind), weights.astype(kind)
        up[place] += step
        down[place] -= step
        result[place] = change(loss(up), loss(weights), loss(down), step)
    return result


def _changing(change):
    return functools.partial(_measured, change=change)


def _whole_steps(loss, weights, step):
    return _measured(loss, weights, step, kind=weights.dtype)


def _whole_result(loss, weights, step):
    return _measured(loss, weights, step).astype(weights.dtype)


def all_at_once(loss, weights, step):
    """Move all weights together."""
    return (loss(weights + step) - loss(weights - step)) / (2 * step)


def not_put_back(loss, weights, step):
    """Leave each weight where it was moved to."""
    return moved_for_good(loss, weights.astype(float), step)


def moved_for_good(loss, weights, step):
    """Move the weights that were given, and leave them so."""
    result = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        weights[place] += step
        up = loss(weights)
        weights[place] -= 2 * step
        result[place] = (up - loss(weights)) / (2 * step)
    return result


def row_by_row(loss, weights, step):
    """Move the weights of a row together."""
    result = np.zeros(len(weights))
    for place in range(len(weights)):
        move = np.zeros(weights.shape)
        move[place] = step
        result[place] = (loss(weights + move) - loss(weights - move)) / (2 * step)
    return result


def _squares(weights):
    return np.sum(weights**2)


def _cubes(weights):
    return np.sum(weights**3)


def _product(weights):
    return np.prod(weights) + weights.ravel()[0] ** 3


_LOSSES = {_squares: "np.sum(w**2)", _cubes: "np.sum(w**3)", _product: "np.prod(w) + w.ravel()[0] ** 3"}


def _measured_case(loss, values, step):
    weights = np.array(values)
    return Case(loss, weights, step, shown=f"measured_gradient(lambda w: {_LOSSES[loss]}, np.array({values}), {step})")


measured = Function(
    "1.11",
    call="measured_gradient",
    reference=measured_gradient,
    cases=[
        _measured_case(_squares, [3.0], 0.5),
        _measured_case(_squares, [3.0, -1.0], 0.5),
        _measured_case(_cubes, [2.0, 1.0], 0.25),
        _measured_case(_product, [2.0, 3.0, 0.5], 0.5),
        _measured_case(_cubes, [2, 1], 0.5),
        _measured_case(_product, [[1.0, 2.0, -1.0], [3.0, 0.5, 1.5]], 0.25),
    ],
    mistakes=[
        Mistake(
            "upwards only",
            _changing(lambda up, here, down, step: (up - here) / step),
            "you compare the loss above with the loss here. Section 8 of the lesson moves the weight twice: the errors "
            "of a bent curve then cancel.",
        ),
        Mistake(
            "downwards only",
            _changing(lambda up, here, down, step: (here - down) / step),
            "you compare the loss here with the loss below. Section 8 of the lesson moves the weight twice: the errors "
            "of a bent curve then cancel.",
        ),
        Mistake(
            "one step",
            _changing(lambda up, here, down, step: (up - down) / step),
            "all numbers are twice what they must be. From the lower place to the upper one, how far is that?",
        ),
        Mistake(
            "not divided",
            _changing(lambda up, here, down, step: up - down),
            "this is by how much the loss changes over the whole way. The gradient says how much for each 1 of weight.",
        ),
        Mistake(
            "the other way round",
            _changing(lambda up, here, down, step: (down - up) / (2 * step)),
            "the sign is the other way round. Where the loss grows with the weight, the gradient is positive.",
        ),
        Mistake(
            "all at once",
            lambda loss, weights, step: np.full(weights.shape, all_at_once(loss, weights, step)),
            "all weights are moved together, so all get one number. Whose share is it? Move one and leave the others.",
        ),
        Mistake(
            "all at once, one number",
            all_at_once,
            "`weights + step` moves all weights together, and one number comes out. How many numbers has the gradient?",
        ),
        Mistake(
            "not put back",
            not_put_back,
            "the first number is right, and the later ones are not. Where does the first weight stand while the second "
            "one is measured?",
        ),
        Mistake(
            "input not put back",
            moved_for_good,
            "the first number is right, and the later ones are not. Look at `weights` after the call: what has "
            "happened to it?",
        ),
        Mistake(
            "whole numbers",
            _whole_steps,
            "for an array of whole numbers, the step gets lost. Try `w = np.array([1, 2])`, then `w[0] += 0.5`, and "
            "print `w`.",
        ),
        Mistake(
            "result in whole numbers",
            _whole_result,
            "for an array of whole numbers, the fractions of the result get lost. Which type has the array that you "
            "write the result into?",
        ),
        Mistake(
            "in a row",
            lambda loss, weights, step: _measured(loss, weights, step).ravel(),
            "the numbers are right. The gradient has the shape of the weights: print both for an array of 2 × 3.",
        ),
        Mistake(
            "row by row",
            row_by_row,
            "for an array of 2 × 3 you move whole rows. `np.ndindex(weights.shape)` goes through all places of an "
            "array, whatever its shape.",
        ),
    ],
    explanation="It calls the loss twice for each weight: far too slow to learn with, and the judge of every "
    "derivation.",
)

EXERCISES = [
    maps,
    size_of_map,
    kernels,
    red_kernel,
    which_layer,
    field,
    head,
    counts,
    backward,
    pooling,
    measured,
]
