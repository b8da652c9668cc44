"""What learners answer in the exercises of lesson 01, rightly and wrongly; written before the checker.

``RIGHT``: for each exercise, right answers written in different ways.  ``WRONG``: wrong answers, each with the name of
the hint that it must get.  An exercise that takes several answers has them in a tuple of the class `Answers`.

Some are the same as what the checker looks for.  They stand here all the same: what learners answer must not follow a
change of the checker.
"""

import itertools
import math

import numpy as np
from scipy import ndimage, signal, special


class Answers(tuple):
    """Several answers to one exercise, as ``check("1.1", *answers)`` gets them."""


# --- 1.1: one picture, one kernel, two operations ---

PICTURE = np.array([[3, 1, 0], [0, 2, 1], [1, 0, 4]])
KERNEL = np.array([[1, 2], [-1, 0]])
LAYER = [[5, -1], [3, 4]]
MATHEMATICS = [[1, 5], [0, 3]]


def correlated(kernel, **options):
    return signal.correlate(PICTURE, kernel, mode="valid", **options)


# --- 1.2: the size of a map ---


def size_by_counting(size, kernel_size, stride, zeros, dilation):
    under = [dilation * place for place in range(kernel_size)]
    return sum(start + under[-1] < size + 2 * zeros for start in range(0, size + 2 * zeros, stride))


def size_by_range(size, kernel_size, stride, zeros, dilation):
    return len(range(0, size + 2 * zeros - dilation * (kernel_size - 1), stride))


def size_by_convolving(size, kernel_size, stride, zeros, dilation):
    reach = np.zeros(dilation * (kernel_size - 1) + 1)
    row = np.pad(np.ones(size), zeros)
    return 0 if len(reach) > len(row) else signal.correlate(row, reach, mode="valid")[::stride].size


def size_with_floor(size, kernel_size, stride, zeros, dilation):
    return max(0, math.floor((size + 2 * zeros - dilation * (kernel_size - 1) - 1) / stride + 1))


def size_off_by_one(size, kernel_size, stride, zeros, dilation):
    return max(0, (size + 2 * zeros - dilation * (kernel_size - 1) - 1) // stride)


def size_with_zeros_on_one_side(size, kernel_size, stride, zeros, dilation):
    return max(0, (size + zeros - dilation * (kernel_size - 1) - 1) // stride + 1)


def size_without_zeros(size, kernel_size, stride, zeros, dilation):
    return max(0, (size - dilation * (kernel_size - 1) - 1) // stride + 1)


def size_without_dilation(size, kernel_size, stride, zeros, dilation):
    return max(0, (size + 2 * zeros - kernel_size) // stride + 1)


def size_with_kernel_times_dilation(size, kernel_size, stride, zeros, dilation):
    return max(0, (size + 2 * zeros - kernel_size * dilation) // stride + 1)


def size_with_gaps_of_dilation(size, kernel_size, stride, zeros, dilation):
    reach = kernel_size + (kernel_size - 1) * dilation
    return max(0, (size + 2 * zeros - reach) // stride + 1)


def size_rounded_up(size, kernel_size, stride, zeros, dilation):
    return max(0, math.ceil((size + 2 * zeros - dilation * (kernel_size - 1) - 1) / stride) + 1)


def size_as_a_fraction(size, kernel_size, stride, zeros, dilation):
    return max(0, (size + 2 * zeros - dilation * (kernel_size - 1) - 1) / stride + 1)


def size_with_one_inside(size, kernel_size, stride, zeros, dilation):
    return max(0, (size + 2 * zeros - dilation * (kernel_size - 1)) // stride)


def size_below_zero(size, kernel_size, stride, zeros, dilation):
    return (size + 2 * zeros - dilation * (kernel_size - 1) - 1) // stride + 1


def size_without_stride(size, kernel_size, stride, zeros, dilation):
    return max(0, size + 2 * zeros - dilation * (kernel_size - 1))


def size_as_if_same(size, kernel_size, stride, zeros, dilation):
    return -(-size // stride)


def size_divided_first(size, kernel_size, stride, zeros, dilation):
    return max(0, (size + 2 * zeros) // stride - dilation * (kernel_size - 1))


# --- 1.4: a kernel that sees red ---

DOWN = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])


def in_channel(kernel, channel=0):
    block = np.zeros((3, 3, 3, 1))
    block[:, :, channel, 0] = kernel
    return block


# --- 1.7: from maps to probabilities ---


def head_by_loops(maps, weights, bias):
    answers = []
    for picture in maps:
        row = [max(0.0, float(value)) for value in picture.ravel()]
        logits = [
            sum(r * w for r, w in zip(row, unit, strict=True)) + b for unit, b in zip(weights.T, bias, strict=True)
        ]
        largest = max(logits)
        powers = [math.exp(logit - largest) for logit in logits]
        answers.append([power / sum(powers) for power in powers])
    return answers


def head_by_scipy(maps, weights, bias):
    row = np.clip(maps, 0, None).reshape(maps.shape[0], -1)
    return special.softmax(np.einsum("ni,iu->nu", row, weights) + bias, axis=-1)


def head_by_tensordot(maps, weights, bias):
    shaped = weights.reshape(*maps.shape[1:], -1)
    logits = np.tensordot(maps * (maps > 0), shaped, axes=3) + bias
    return np.exp(logits - special.logsumexp(logits, axis=1)[:, None])


def head(maps, weights, bias, before=True, behind=False):
    values = (np.maximum(maps, 0) if before else maps).reshape(len(maps), -1)
    logits = values @ weights + bias
    return np.maximum(logits, 0) if behind else logits


def exponentials(logits):
    return np.exp(logits - logits.max(axis=1, keepdims=True))


def head_as_given(maps, weights, bias):
    powers = exponentials(head(maps, weights, bias, before=False, behind=True))
    return powers / powers.sum()


def head_with_relu_behind(maps, weights, bias):
    powers = exponentials(head(maps, weights, bias, before=False, behind=True))
    return powers / powers.sum(axis=1, keepdims=True)


def head_with_two_relus(maps, weights, bias):
    powers = exponentials(head(maps, weights, bias, behind=True))
    return powers / powers.sum(axis=1, keepdims=True)


def head_without_relu(maps, weights, bias):
    powers = exponentials(head(maps, weights, bias, before=False))
    return powers / powers.sum(axis=1, keepdims=True)


def head_over_all(maps, weights, bias):
    powers = exponentials(head(maps, weights, bias))
    return powers / powers.sum()


def head_over_pictures(maps, weights, bias):
    powers = exponentials(head(maps, weights, bias))
    return powers / powers.sum(axis=0)


def head_without_keepdims(maps, weights, bias):
    powers = exponentials(head(maps, weights, bias))
    return powers / powers.sum(axis=1)


def head_overflowing(maps, weights, bias):
    powers = np.exp(head(maps, weights, bias))
    return powers / powers.sum(axis=1, keepdims=True)


def head_of_logits(maps, weights, bias):
    return head(maps, weights, bias)


def head_with_sigmoid(maps, weights, bias):
    return 1 / (1 + np.exp(-head(maps, weights, bias)))


def head_of_answers(maps, weights, bias):
    return head(maps, weights, bias).argmax(axis=1)


def head_in_thousands(maps, weights, bias):
    return head_by_scipy(maps, weights, bias) * 1000


# --- 1.8: weights and multiplications ---


def count_with_arrays(size, channels, filters, units):
    pairs = []
    for maps in filters:
        size -= 2
        kernels = np.empty((3, 3, channels, maps))
        pairs.append([kernels.size + maps, kernels.size * size**2])
        size, channels = size // 2, maps
    flat = int(np.prod((size, size, channels)))
    return [*pairs, [(flat + 1) * units, flat * units]]


def count_as_tuple(size, channels, filters, units):
    def rest(size, channels, filters):
        if not filters:
            return (((size * size * channels + 1) * units, size * size * channels * units),)
        first, *others = filters
        pair = ((9 * channels + 1) * first, 9 * channels * first * (size - 2) ** 2)
        return pair, *rest((size - 2) // 2, first, others)

    return rest(size, channels, list(filters))


def count_with(
    bias=True,
    channels_in=True,
    area=9,
    products=lambda weights, biases, size: weights * size * size,
    pooled=lambda size: size // 2,
    flat=lambda size, channels: size * size * channels,
):
    """Return a function for 1.8 that makes one mistake."""

    def count(size, channels, filters, units):
        pairs = []
        for maps in filters:
            weights = area * maps * (channels if channels_in else 1)
            biases = maps if bias is True else int(bias)
            pairs.append((weights + biases, products(weights, biases, size - 2)))
            size, channels = pooled(size - 2), maps
        inputs = flat(size, channels)
        return [*pairs, (inputs * units + (units if bias is True else int(bias)), inputs * units)]

    return count


def count_of_dense_with_bias_products(size, channels, filters, units):
    *first, (weights, products) = count_as_tuple(size, channels, filters, units)
    return [*first, (weights, products + units)]


def count_of_convolutions(size, channels, filters, units):
    return count_with_arrays(size, channels, filters, units)[:-1]


def count_of_weights(size, channels, filters, units):
    return [weights for weights, _ in count_with_arrays(size, channels, filters, units)]


def count_the_other_way(size, channels, filters, units):
    return [(products, weights) for weights, products in count_with_arrays(size, channels, filters, units)]


def count_with_channels_of_the_picture(size, channels, filters, units):
    pairs = []
    for maps in filters:
        size -= 2
        pairs.append((9 * channels * maps + maps, 9 * channels * maps * size * size))
        size //= 2
    flat = size * size * filters[-1]
    return [*pairs, (flat * units + units, flat * units)]


# --- 1.9: backwards through ReLU and the dense layer ---


def backward_by_loops(gradient, inputs, weights, bias):
    of_inputs, of_weights, of_bias = np.zeros(inputs.shape), np.zeros(weights.shape), np.zeros(bias.shape)
    for picture, unit in np.ndindex(gradient.shape):
        if sum(inputs[picture] * weights[:, unit]) + bias[unit] > 0:
            passed = gradient[picture, unit]
            of_bias[unit] += passed
            of_inputs[picture] += passed * weights[:, unit]
            of_weights[:, unit] += passed * inputs[picture]
    return [of_inputs.tolist(), of_weights.tolist(), of_bias.tolist()]


def backward_by_einsum(gradient, inputs, weights, bias):
    passed = np.where(inputs @ weights + bias > 0, gradient, 0)
    of_weights = np.einsum("ni,nu->iu", inputs, passed)
    return np.einsum("nu,iu->ni", passed, weights), of_weights, np.einsum("nu->u", passed)


def backward_by_tensordot(gradient, inputs, weights, bias):
    passed = gradient.copy()
    passed[np.dot(inputs, weights) + bias <= 0] = 0
    return np.dot(passed, weights.T), np.tensordot(inputs, passed, (0, 0)), np.ones(len(gradient)) @ passed


def dense_back(passed, inputs, weights):
    return passed @ weights.T, inputs.T @ passed, passed.sum(axis=0)


def sums(inputs, weights, bias):
    return inputs @ weights + bias


def backward_without_relu(gradient, inputs, weights, bias):
    return dense_back(gradient, inputs, weights)


def backward_with_relu_in_front(gradient, inputs, weights, bias):
    return (gradient @ weights.T) * (inputs > 0), np.maximum(inputs, 0).T @ gradient, gradient.sum(axis=0)


def backward_times_value(gradient, inputs, weights, bias):
    return dense_back(gradient * np.maximum(sums(inputs, weights, bias), 0), inputs, weights)


def backward_relu_of_gradient(gradient, inputs, weights, bias):
    return dense_back(np.maximum(gradient, 0), inputs, weights)


def backward_at_zero(gradient, inputs, weights, bias):
    return dense_back(gradient * (sums(inputs, weights, bias) >= 0), inputs, weights)


def backward_without_bias_in_sums(gradient, inputs, weights, bias):
    return dense_back(gradient * (inputs @ weights > 0), inputs, weights)


def backward_with_weights_as_they_are(gradient, inputs, weights, bias):
    passed = gradient * (sums(inputs, weights, bias) > 0)
    return passed @ weights, inputs.T @ passed, passed.sum(axis=0)


def backward_with_weights_the_other_way(gradient, inputs, weights, bias):
    passed = gradient * (sums(inputs, weights, bias) > 0)
    return passed @ weights.T, passed.T @ inputs, passed.sum(axis=0)


def backward_with_bias_for_each_picture(gradient, inputs, weights, bias):
    passed = gradient * (sums(inputs, weights, bias) > 0)
    return passed @ weights.T, inputs.T @ passed, passed


def backward_with_bias_over_units(gradient, inputs, weights, bias):
    passed = gradient * (sums(inputs, weights, bias) > 0)
    return passed @ weights.T, inputs.T @ passed, passed.sum(axis=1)


def backward_with_bias_as_one_number(gradient, inputs, weights, bias):
    passed = gradient * (sums(inputs, weights, bias) > 0)
    return passed @ weights.T, inputs.T @ passed, passed.sum()


def backward_with_bias_in_a_row(gradient, inputs, weights, bias):
    passed = gradient * (sums(inputs, weights, bias) > 0)
    return passed @ weights.T, inputs.T @ passed, passed.sum(axis=0, keepdims=True)


def backward_averaged(gradient, inputs, weights, bias):
    of_inputs, of_weights, of_bias = backward_by_einsum(gradient, inputs, weights, bias)
    return of_inputs, of_weights / len(inputs), of_bias / len(inputs)


def backward_with_bias_averaged(gradient, inputs, weights, bias):
    of_inputs, of_weights, of_bias = backward_by_einsum(gradient, inputs, weights, bias)
    return of_inputs, of_weights, of_bias / len(inputs)


def backward_in_another_order(gradient, inputs, weights, bias):
    of_inputs, of_weights, of_bias = backward_by_einsum(gradient, inputs, weights, bias)
    return of_weights, of_bias, of_inputs


def backward_without_bias(gradient, inputs, weights, bias):
    return backward_by_einsum(gradient, inputs, weights, bias)[:2]


def backward_negative(gradient, inputs, weights, bias):
    return tuple(-part for part in backward_by_einsum(gradient, inputs, weights, bias))


# --- 1.10: backwards through maximum pooling ---


def each_window(gradient, size, stride):
    for row, column in np.ndindex(*gradient.shape):
        yield gradient[row, column], np.s_[row * stride : row * stride + size, column * stride : column * stride + size]


def pool_by_comparing(gradient, image, size, stride):
    result = [[0.0] * len(line) for line in image]
    for row, column in itertools.product(range(gradient.shape[0]), range(gradient.shape[1])):
        best = None
        for y in range(row * stride, row * stride + size):
            for x in range(column * stride, column * stride + size):
                if best is None or image[y, x] > image[best]:
                    best = y, x
        result[best[0]][best[1]] += gradient[row, column]
    return result


def pool_by_argmax(gradient, image, size, stride):
    views = np.lib.stride_tricks.sliding_window_view(image, (size, size))[::stride, ::stride]
    winner = views.reshape(*gradient.shape, -1).argmax(axis=-1)
    row, column = np.indices(gradient.shape) * stride + np.divmod(winner, size)
    result = np.zeros(image.shape)
    np.add.at(result, (row, column), gradient)
    return result


def pool_by_breaking_ties(gradient, image, size, stride):
    """Make the earlier of two equal numbers a little larger."""
    unequal = image - 1e-9 * np.arange(image.size).reshape(image.shape)
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        result[window] += value * (unequal[window] == unequal[window].max())
    return result


def pool_as_given(gradient, image, size, stride):
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        result[window] = value * (image[window] == image[window].max())
    return result


def pool_to_all_ties(gradient, image, size, stride):
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        result[window] += value * (image[window] == image[window].max())
    return result


def pool_shared_by_ties(gradient, image, size, stride):
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        ties = image[window] == image[window].max()
        result[window] += value * ties / ties.sum()
    return result


def first_winner(part):
    mask = np.zeros(part.size)
    mask[part.argmax()] = 1
    return mask.reshape(part.shape)


def pool_overwriting_windows(gradient, image, size, stride):
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        result[window] = value * first_winner(image[window])
    return result


def pool_overwriting_winners(gradient, image, size, stride):
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        result[window][first_winner(image[window]) == 1] = value
    return result


def pool_to_the_last(gradient, image, size, stride):
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        result[window] += value * first_winner(image[window][::-1, ::-1])[::-1, ::-1]
    return result


def pool_to_every_pixel(gradient, image, size, stride):
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        result[window] += value
    return result


def pool_as_average(gradient, image, size, stride):
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        result[window] += value / size**2
    return result


def pool_times_value(gradient, image, size, stride):
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        result[window] += value * image[window].max() * first_winner(image[window])
    return result


def pool_without_overlap(gradient, image, size, stride):
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, size):
        if image[window].size:
            result[window] += value * first_winner(image[window])
    return result


def pool_to_the_smallest(gradient, image, size, stride):
    return pool_by_comparing(gradient, -image, size, stride)


# --- 1.11: a gradient that is measured ---


def measured_by_copies(loss, weights, step):
    result = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        up, down = weights.astype(float), weights.astype(float)
        up[place] += step
        down[place] -= step
        result[place] = (loss(up) - loss(down)) / (2 * step)
    return result


def measured_with_unit_steps(loss, weights, step):
    steps = step * np.eye(weights.size).reshape(weights.size, *weights.shape)
    return np.reshape([(loss(weights + one) - loss(weights - one)) / step / 2 for one in steps], weights.shape)


def measured_in_place(loss, weights, step):
    weights, result = weights * 1.0, np.zeros_like(weights, dtype=float)
    for place in np.ndindex(weights.shape):
        kept = weights[place]
        weights[place] = kept + step
        up = loss(weights)
        weights[place] = kept - step
        result[place] = (up - loss(weights)) / (2 * step)
        weights[place] = kept
    return result.tolist()


def measured_by(change):
    """Return a function for 1.11 that computes each number from the losses above, here, and below, and the step."""

    def measured(loss, weights, step):
        result = np.zeros(weights.shape)
        for place in np.ndindex(weights.shape):
            move = np.zeros(weights.shape)
            move[place] = step
            result[place] = change(loss(weights + move), loss(weights), loss(weights - move), step)
        return result

    return measured


def measured_all_at_once(loss, weights, step):
    return np.full(weights.shape, (loss(weights + step) - loss(weights - step)) / (2 * step))


def measured_all_at_once_in_one_number(loss, weights, step):
    return (loss(weights + step) - loss(weights - step)) / (2 * step)


def measured_without_putting_back(loss, weights, step):
    moved, result = weights.astype(float), np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        moved[place] += step
        up = loss(moved)
        moved[place] -= 2 * step
        result[place] = (up - loss(moved)) / (2 * step)
    return result


def measured_in_whole_numbers(loss, weights, step):
    result = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        up, down = weights.copy(), weights.copy()
        up[place] += step
        down[place] -= step
        result[place] = (loss(up) - loss(down)) / (2 * step)
    return result


def measured_into_whole_numbers(loss, weights, step):
    result = np.zeros_like(weights)
    for place in np.ndindex(weights.shape):
        result[place] = measured_by_copies(loss, weights, step)[place]
    return result


def measured_in_a_row(loss, weights, step):
    return measured_by_copies(loss, weights, step).ravel()


def measured_in_the_learners_array(loss, weights, step):
    result = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        weights[place] += step
        up = loss(weights)
        weights[place] -= 2 * step
        result[place] = (up - loss(weights)) / (2 * step)
    return result


def measured_of_the_first_axis(loss, weights, step):
    result = np.zeros(len(weights))
    for place in range(len(weights)):
        move = np.zeros(weights.shape)
        move[place] = step
        result[place] = (loss(weights + move) - loss(weights - move)) / (2 * step)
    return result


WHICH = {
    "spot": "max",
    "order": "convolution",
    "noise": "average",
    "weights": "convolution",
    "comparisons": "max",
    "mean": "average",
}

RIGHT = {
    "1.1": [
        Answers((LAYER, MATHEMATICS)),
        Answers((correlated(KERNEL), signal.convolve(PICTURE, KERNEL, mode="valid"))),
        Answers((((5.0, -1.0), (3.0, 4.0)), correlated(np.rot90(KERNEL, 2)).astype("float32"))),
        Answers((ndimage.correlate(PICTURE, KERNEL, origin=-1)[:2, :2], [[1, 5], (0, 3)])),
    ],
    "1.2": [size_by_counting, size_by_range, size_by_convolving, size_with_floor],
    "1.3": [{"b", "c", "e"}, ["e", "c", "b"], "bce", "b, c, e", "B and C and E"],
    "1.4": [
        in_channel(DOWN),
        in_channel([[0, -1, 0], [0, 0, 0], [0, 1, 0]]).tolist(),
        in_channel([[0, -1, 0], [0, 1, 0], [0, 0, 0]]).astype("float32"),
        in_channel([[-0.1, -0.2, 0], [0, 0, 0], [0.1, 0.2, 0]]),
        np.stack([DOWN, 0 * DOWN, 0 * DOWN], axis=-1)[..., np.newaxis],
    ],
    "1.5": [WHICH, {name: word.upper() for name, word in reversed(WHICH.items())}],
    "1.6": [41, 41.0, [41], np.array(41)],
    "1.7": [head_by_loops, head_by_scipy, head_by_tensordot],
    "1.8": [count_with_arrays, count_as_tuple, lambda *given: np.array(count_as_tuple(*given))],
    "1.9": [backward_by_loops, backward_by_einsum, backward_by_tensordot],
    "1.10": [pool_by_comparing, pool_by_argmax, pool_by_breaking_ties],
    "1.11": [measured_by_copies, measured_with_unit_steps, measured_in_place],
}

WRONG = {
    "1.1": [
        ("swapped", Answers((MATHEMATICS, LAYER))),
        ("layer turned", Answers((MATHEMATICS, MATHEMATICS))),
        ("layer mirrored", Answers((correlated(KERNEL[:, ::-1]), MATHEMATICS))),
        ("layer mirrored", Answers((correlated(KERNEL[::-1]), MATHEMATICS))),
        ("layer transposed", Answers((correlated(KERNEL.T), MATHEMATICS))),
        ("layer averaged", Answers((np.array(LAYER) / 4, MATHEMATICS))),
        ("zeros around", Answers((signal.correlate(PICTURE, KERNEL), signal.convolve(PICTURE, KERNEL)))),
        ("zeros around", Answers((signal.correlate(PICTURE, KERNEL, mode="same"), MATHEMATICS))),
        ("one position", Answers((5, 1))),
        ("shape", Answers(([5, -1, 3, 4], [1, 5, 0, 3]))),
        ("mathematics not turned", Answers((LAYER, LAYER))),
        ("mathematics mirrored", Answers((LAYER, correlated(KERNEL[:, ::-1])))),
        ("mathematics mirrored", Answers((LAYER, correlated(KERNEL[::-1])))),
        ("map turned", Answers((LAYER, [[4, 3], [-1, 5]]))),
        ("mathematics negative", Answers((LAYER, [[-5, 1], [-3, -4]]))),
        ("mathematics transposed", Answers((LAYER, correlated(KERNEL.T)))),
        ("layer", Answers(([[5, -1], [3, 0]], MATHEMATICS))),
        ("mathematics", Answers((LAYER, [[1, 5], [2, 3]]))),
        ("unreadable", Answers(("5 -1 3 4", MATHEMATICS))),
        ("number of answers", LAYER),
    ],
    "1.2": [
        ("off by one", size_off_by_one),
        ("zeros on one side", size_with_zeros_on_one_side),
        ("zeros left out", size_without_zeros),
        ("dilation left out", size_without_dilation),
        ("kernel times dilation", size_with_kernel_times_dilation),
        ("gaps as wide as the dilation", size_with_gaps_of_dilation),
        ("rounded up", size_rounded_up),
        ("not rounded", size_as_a_fraction),
        ("one added inside", size_with_one_inside),
        ("below zero", size_below_zero),
        ("stride left out", size_without_stride),
        ("padding same", size_as_if_same),
        ("arguments", lambda size, kernel_size: size - kernel_size + 1),
        ("not a function", 31),
        ("smallest case", size_divided_first),
    ],
    "1.3": [
        ("chose a", "abce"),
        ("chose d", {"b", "c", "d"}),
        ("chose f", "bcef"),
        ("chose g", "bcg"),
        ("missing b", "ce"),
        ("missing c", "be"),
        ("missing e", "bc"),
        ("not a letter", 16),
    ],
    "1.4": [
        ("no channels", DOWN),
        ("no axis of maps", in_channel(DOWN)[..., 0]),
        ("shape", in_channel(DOWN).transpose(3, 2, 0, 1)),
        ("shape", np.zeros((3, 3, 1, 3))),
        ("plain colour", in_channel(np.abs(DOWN))),
        ("plain colour", in_channel([[0, -1, 0], [0, 2, 0], [0, 0, 0]])),
        ("red left out", in_channel(DOWN, channel=2)),
        ("other colours", np.repeat(DOWN[:, :, np.newaxis, np.newaxis], 3, axis=2)),
        ("other colours", in_channel(DOWN) - in_channel(DOWN, 1) / 2 - in_channel(DOWN, 2) / 2),
        ("to the right", in_channel(DOWN.T)),
        ("to the right", in_channel([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])),
        ("upside down", in_channel(-DOWN)),
        ("upside down", in_channel(DOWN[::-1])),
        ("sees nothing", np.zeros((3, 3, 3, 1))),
        ("sees nothing", in_channel([[0, 1, 0], [0, -2, 0], [0, 1, 0]])),
        ("not finite", np.full((3, 3, 3, 1), np.nan)),
        ("unreadable", "sobel"),
    ],
    "1.5": [
        ("spot", WHICH | {"spot": "average"}),
        ("order", WHICH | {"order": "max"}),
        ("noise", WHICH | {"noise": "max"}),
        ("weights", WHICH | {"weights": "average"}),
        ("comparisons", WHICH | {"comparisons": "average"}),
        ("mean", WHICH | {"mean": "max"}),
        ("mean", WHICH | {"mean": "convolution"}),
        ("words", WHICH | {"spot": "relu"}),
        ("keys", {"spot": "max"}),
        ("not a dictionary", list(WHICH.values())),
    ],
    "1.6": [
        ("strides left out", 13),
        ("kernels added", 17),
        ("kernels multiplied", 405),
        ("kernel for its neighbours", 60),
        ("own stride too early", 57),
        ("pooling left out", 21),
        ("stride of the pooling left out", 25),
        ("from the back", 29),
        ("only the strides", 8),
        ("area", 1681),
        ("unreadable", "41 x 41"),
        ("shape", (41, 41)),
        ("smallest case", 33),
    ],
    "1.7": [
        ("ReLU behind", head_with_relu_behind),
        ("ReLU twice", head_with_two_relus),
        ("no ReLU", head_without_relu),
        ("all pictures together", head_over_all),
        ("over the pictures", head_over_pictures),
        ("axis dropped", head_without_keepdims),
        ("overflow", head_overflowing),
        ("logits", head_of_logits),
        ("sigmoid", head_with_sigmoid),
        ("answers", head_of_answers),
        ("smallest case", head_in_thousands),
    ],
    "1.8": [
        ("no bias", count_with(bias=False)),
        ("one bias", count_with(bias=1)),
        ("channels left out", count_with(channels_in=False)),
        ("side of the kernel", count_with(area=3)),
        ("one position", count_with(products=lambda weights, biases, size: weights)),
        ("size before", count_with(products=lambda weights, biases, size: weights * (size + 2) ** 2)),
        ("one side of the map", count_with(products=lambda weights, biases, size: weights * size)),
        ("bias multiplied", count_with(products=lambda weights, biases, size: (weights + biases) * size * size)),
        ("bias multiplied in the dense layer", count_of_dense_with_bias_products),
        ("no pooling", count_with(pooled=lambda size: size)),
        ("pooling rounded up", count_with(pooled=lambda size: (size + 1) // 2)),
        ("one side flattened", count_with(flat=lambda size, channels: size * channels)),
        ("channels not flattened", count_with(flat=lambda size, channels: size * size)),
        ("channels of the picture", count_with_channels_of_the_picture),
        ("no dense layer", count_of_convolutions),
        ("weights only", count_of_weights),
        ("other way round", count_the_other_way),
        ("smallest case", count_with(area=16)),
    ],
    "1.9": [
        ("ReLU left out", backward_without_relu),
        ("ReLU in front", backward_with_relu_in_front),
        ("times the value", backward_times_value),
        ("sign of the gradient", backward_relu_of_gradient),
        ("open at zero", backward_at_zero),
        ("sums without bias", backward_without_bias_in_sums),
        ("weights not turned", backward_with_weights_as_they_are),
        ("weights the other way", backward_with_weights_the_other_way),
        ("bias not summed", backward_with_bias_for_each_picture),
        ("bias over the units", backward_with_bias_over_units),
        ("bias as one number", backward_with_bias_as_one_number),
        ("bias in a row", backward_with_bias_in_a_row),
        ("mean", backward_averaged),
        ("mean of the bias", backward_with_bias_averaged),
        ("another order", backward_in_another_order),
        ("bias left out", backward_without_bias),
        ("arguments", lambda gradient, inputs, weights: dense_back(gradient, inputs, weights)),
        ("smallest case", backward_negative),
    ],
    "1.10": [
        ("all ties", pool_to_all_ties),
        ("shared by ties", pool_shared_by_ties),
        ("windows overwritten", pool_overwriting_windows),
        ("winners overwritten", pool_overwriting_winners),
        ("last of ties", pool_to_the_last),
        ("every pixel", pool_to_every_pixel),
        ("average", pool_as_average),
        ("times the value", pool_times_value),
        ("stride left out", pool_without_overlap),
        ("smallest case", pool_to_the_smallest),
    ],
    "1.11": [
        ("upwards only", measured_by(lambda up, here, down, step: (up - here) / step)),
        ("downwards only", measured_by(lambda up, here, down, step: (here - down) / step)),
        ("one step", measured_by(lambda up, here, down, step: (up - down) / step)),
        ("not divided", measured_by(lambda up, here, down, step: up - down)),
        ("the other way round", measured_by(lambda up, here, down, step: (down - up) / (2 * step))),
        ("all at once", measured_all_at_once),
        ("all at once, one number", measured_all_at_once_in_one_number),
        ("not put back", measured_without_putting_back),
        ("input not put back", measured_in_the_learners_array),
        ("whole numbers", measured_in_whole_numbers),
        ("result in whole numbers", measured_into_whole_numbers),
        ("in a row", measured_in_a_row),
        ("row by row", measured_of_the_first_axis),
        ("returns nothing", lambda loss, weights, step: print(loss(weights))),
        ("smallest case", measured_by(lambda up, here, down, step: (up - down) / (2 * step) ** 2)),
    ],
}
