"""What learners answer in the exercises of lesson 03, rightly and wrongly; written before the checker.

``RIGHT``: for each exercise, right answers written in different ways.  ``WRONG``: wrong answers, each with the name of
the hint that it must get.  An exercise that takes several answers has them in a tuple of the class `Answers`.
"""

import functools
import itertools
import math

import numpy as np

from course_utils.from_scratch import optimizers


class Answers(tuple):
    """Several answers to one exercise, as ``check("3.3", *answers)`` gets them."""


# --- 3.2: creep, work, swing, diverge ---

FATES = {0.002: "creeps", 0.06: "works", 0.15: "swings", 0.19: "swings", 0.25: "diverges"}

# --- 3.5: six troubles ---

REMEDIES = {
    "agree": "momentum",
    "overshoots": "Nesterov",
    "sizes": "RMSprop",
    "wanders": "schedule",
    "start": "warm-up",
    "outlier": "clipping",
}


def exchanged(remedies, first, second):
    return remedies | {first: remedies[second], second: remedies[first]}


# --- 3.7: finite differences ---


def differences_with_an_identity(loss, weights, step):
    return [(loss(weights + row) - loss(weights - row)) / (2 * step) for row in step * np.eye(len(weights))]


def differences_on_copies(loss, weights, step):
    gradient = np.empty(weights.shape)
    for place in range(weights.size):
        up, down = weights.copy(), weights.copy()
        up[place] += step
        down[place] -= step
        gradient[place] = (loss(up) - loss(down)) / 2 / step
    return gradient


def differences_moved_back(loss, weights, step):
    gradient = []
    for place, kept in enumerate(weights.tolist()):
        weights[place] = kept + step
        above = loss(weights)
        weights[place] = kept - step
        gradient.append((above - loss(weights)) / (2 * step))
        weights[place] = kept
    return gradient


def differences_as_means(loss, weights, step):
    """The mean of the slopes to both sides."""

    def slope(place, move):
        moved = np.where(np.arange(len(weights)) == place, weights + move, weights)
        return (loss(moved) - loss(weights)) / move

    return np.array([(slope(place, step) + slope(place, -step)) / 2 for place in range(len(weights))])


def differences_by(formula, alone=True):
    """Return a wrong function: a formula of the losses above, here and below, with one weight moved or with all."""

    def numerical_gradient(loss, weights, step):
        gradient = np.zeros_like(weights)
        for place in range(len(weights)):
            moved = np.zeros_like(weights) if alone else np.full_like(weights, step)
            moved[place] = step
            gradient[place] = formula(loss(weights + moved), loss(weights), loss(weights - moved), step)
        return gradient

    return numerical_gradient


def differences_without_moving_back(loss, weights, step):
    weights, gradient = weights.copy(), np.zeros_like(weights)
    for place in range(len(weights)):
        weights[place] += step
        above = loss(weights)
        weights[place] -= 2 * step
        gradient[place] = (above - loss(weights)) / (2 * step)
    return gradient


def differences_in_place(loss, weights, step):
    gradient = differences_on_copies(loss, weights, step)
    weights += step
    return gradient


# --- 3.8: momentum ---


def momentum_as_in_pytorch(gradients, learning_rate, momentum, nesterov):
    """The velocity without the rate, which comes in at the end."""
    velocity, steps = 0, []
    for gradient in gradients:
        velocity = momentum * velocity + gradient
        steps.append(-learning_rate * (gradient + momentum * velocity if nesterov else velocity))
    return np.array(steps)


def momentum_with_a_class(gradients, learning_rate, momentum, nesterov):
    optimizer = optimizers.SGD(learning_rate, momentum, nesterov)
    return [optimizer.update(0, gradient) for gradient in gradients]


def momentum_with_a_closure(gradients, learning_rate, momentum, nesterov):
    velocity = 0.0

    def step(gradient):
        nonlocal velocity
        push = -learning_rate * gradient
        velocity = momentum * velocity + push
        return momentum * velocity + push if nesterov else velocity

    return tuple(map(step, gradients))


def momentum_summed_up(gradients, learning_rate, momentum, nesterov):
    """Every past gradient, by its weight of today."""
    gradients = np.asarray(gradients, dtype=float)
    sums = [sum(momentum**age * gradients[now - age] for age in range(now + 1)) for now in range(len(gradients))]
    velocities = -learning_rate * np.array(sums)
    return momentum * velocities - learning_rate * gradients if nesterov else velocities


def momentum_by(velocity_of, step_of=lambda velocity, old, push, momentum, nesterov: velocity):
    """Return a wrong function, from its formulas for the velocity and for the step."""

    def momentum_steps(gradients, learning_rate, momentum, nesterov):
        velocity, steps = 0.0, []
        for gradient in gradients:
            old, push = velocity, -learning_rate * gradient
            velocity = velocity_of(velocity, push, momentum)
            steps.append(step_of(velocity, old, push, momentum, nesterov))
        return steps

    return momentum_steps


def kept(velocity, push, momentum):
    return momentum * velocity + push


def right_step(velocity, old, push, momentum, nesterov):
    return momentum * velocity + push if nesterov else velocity


def momentum_rate_twice(gradients, learning_rate, momentum, nesterov):
    return learning_rate * np.array(momentum_with_a_class(gradients, learning_rate, momentum, nesterov))


def momentum_without_rate(gradients, learning_rate, momentum, nesterov):
    return momentum_with_a_class(gradients, 1.0, momentum, nesterov)


def momentum_positions(gradients, learning_rate, momentum, nesterov):
    return np.cumsum(momentum_with_a_class(gradients, learning_rate, momentum, nesterov), axis=0)


def momentum_last_step(gradients, learning_rate, momentum, nesterov):
    return momentum_with_a_class(gradients, learning_rate, momentum, nesterov)[-1]


def momentum_squared(gradients, learning_rate, momentum, nesterov):
    return momentum_with_a_class(gradients, learning_rate, momentum**2, nesterov)


# --- 3.9: RMSprop ---


def rmsprop_with_a_class(gradients, learning_rate, rho, epsilon):
    optimizer = optimizers.RMSprop(learning_rate, rho, epsilon)
    return np.array([optimizer.update(0, gradient) for gradient in gradients])


def rmsprop_moving_towards(gradients, learning_rate, rho, epsilon):
    """The average goes a part of the way to each new square."""
    average, steps = 0.0, []
    for gradient in gradients:
        average += (1 - rho) * (gradient * gradient - average)
        steps.append(-learning_rate * gradient * (average + epsilon) ** -0.5)
    return tuple(steps)


def rmsprop_accumulated(gradients, learning_rate, rho, epsilon):
    squares = itertools.accumulate(gradients, lambda mean, g: rho * mean + (1 - rho) * g**2, initial=0.0)
    next(squares)
    return [-learning_rate * g / np.sqrt(mean + epsilon) for g, mean in zip(gradients, squares, strict=True)]


def rmsprop_by(average, divisor=lambda mean, epsilon: np.sqrt(mean + epsilon)):
    """Return a wrong function, from its formulas for the average and for what the gradient is divided by."""

    def rmsprop_steps(gradients, learning_rate, rho, epsilon):
        mean, steps = 0.0, []
        for gradient in gradients:
            mean = average(mean, gradient, rho)
            steps.append(-learning_rate * gradient / divisor(mean, epsilon))
        return steps

    return rmsprop_steps


def mean_square(mean, gradient, rho):
    return rho * mean + (1 - rho) * gradient**2


def rmsprop_as_given(gradients, learning_rate, rho, epsilon):
    mean, steps = 0.0, []
    for gradient in gradients:
        mean = (1 - rho) * mean + rho * gradient
        steps.append(-learning_rate * gradient / np.sqrt(mean**2 + epsilon))
    return steps


def rmsprop_corrected(gradients, learning_rate, rho, epsilon):
    mean, steps = 0.0, []
    for step, gradient in enumerate(gradients, start=1):
        mean = mean_square(mean, gradient, rho)
        steps.append(-learning_rate * gradient / np.sqrt(mean / (1 - rho**step) + epsilon))
    return steps


def rmsprop_with_mean(gradients, learning_rate, rho, epsilon):
    mean, square, steps = 0.0, 0.0, []
    for gradient in gradients:
        mean, square = rho * mean + (1 - rho) * gradient, mean_square(square, gradient, rho)
        steps.append(-learning_rate * mean / np.sqrt(square + epsilon))
    return steps


# --- 3.10: a schedule ---


def schedule_clipped(step, steps, warmup_steps, highest, lowest):
    if step < warmup_steps:
        return highest / warmup_steps * step
    share = np.clip((step - warmup_steps) / (steps - warmup_steps), 0, 1)
    return highest + (lowest - highest) * (1 - np.cos(np.pi * share)) / 2


def schedule_by_parts(step, steps, warmup_steps, highest, lowest):
    if step >= steps:
        return lowest
    if step >= warmup_steps:
        angle = math.pi * (step - warmup_steps) / (steps - warmup_steps)
        return (highest + lowest) / 2 + (highest - lowest) / 2 * math.cos(angle)
    return highest * (step / warmup_steps)


def schedule_with_squared_cosine(step, steps, warmup_steps, highest, lowest):
    share = min(max(step - warmup_steps, 0) / (steps - warmup_steps), 1.0)
    fall = lowest + (highest - lowest) * math.cos(math.pi / 2 * share) ** 2
    return highest * step / warmup_steps if step < warmup_steps else fall


class Schedule:
    def __call__(self, step, steps, warmup_steps, highest, lowest):
        rates = [highest * now / warmup_steps for now in range(warmup_steps)]
        rates += [schedule_clipped(now, steps, warmup_steps, highest, lowest) for now in range(warmup_steps, 100)]
        return np.array([rates[step]])[0]


def schedule_by(fall, rise=lambda step, warmup_steps, highest, lowest: highest * step / warmup_steps):
    """Return a wrong function, from its formulas for the fall and for the rise."""

    def learning_rate_at(step, steps, warmup_steps, highest, lowest):
        if step < warmup_steps:
            return rise(step, warmup_steps, highest, lowest)
        share = min((step - warmup_steps) / (steps - warmup_steps), 1)
        return fall(share, highest, lowest)

    return learning_rate_at


def half_cosine(share, highest, lowest):
    return lowest + (highest - lowest) * (1 + math.cos(math.pi * share)) / 2


def schedule_from_step_0(step, steps, warmup_steps, highest, lowest):
    if step < warmup_steps:
        return highest * step / warmup_steps
    return half_cosine(min(step / steps, 1), highest, lowest)


def schedule_as_in_the_lesson(step, steps, warmup_steps, highest, lowest):
    return max(lowest, optimizers.cosine_decay(step, steps, highest, warmup_steps))


def schedule_with_a_later_end(step, steps, warmup_steps, highest, lowest):
    if step < warmup_steps:
        return highest * step / warmup_steps
    return half_cosine(min((step - warmup_steps) / steps, 1), highest, lowest)


def schedule_rising_again(step, steps, warmup_steps, highest, lowest):
    if step < warmup_steps:
        return highest * step / warmup_steps
    return half_cosine((step - warmup_steps) / (steps - warmup_steps), highest, lowest)


def schedule_without_warmup(step, steps, warmup_steps, highest, lowest):
    return half_cosine(min(step / steps, 1), highest, lowest)


def schedule_stopping_one_early(step, steps, warmup_steps, highest, lowest):
    if step < warmup_steps:
        return highest * step / warmup_steps
    return half_cosine(min((step - warmup_steps) / (steps - warmup_steps - 1), 1), highest, lowest)


# --- 3.11: clipping ---


def clip_flat(gradients, largest):
    length = np.linalg.norm(np.concatenate([np.ravel(gradient) for gradient in gradients]))
    return [gradient * min(1, largest / max(length, 1e-12)) for gradient in gradients]


def clip_with_if(gradients, largest):
    squares = 0.0
    for gradient in gradients:
        for number in gradient.ravel():
            squares += number**2
    if math.sqrt(squares) <= largest:
        return gradients
    return [largest * gradient / math.sqrt(squares) for gradient in gradients]


def clip_as_lists(gradients, largest):
    length = math.hypot(*(np.linalg.norm(gradient) for gradient in gradients))
    factor = 1.0 if length == 0 else min(1.0, largest / length)
    return tuple((gradient * factor).tolist() for gradient in gradients)


def clip_by(length_of):
    """Return a wrong function that measures the length in another way."""

    def clip_together(gradients, largest):
        length = length_of(gradients)
        return [gradient * min(1.0, largest / max(length, 1e-12)) for gradient in gradients]

    return clip_together


def clip_each_number(gradients, largest):
    return [np.clip(gradient, -largest, largest) for gradient in gradients]


def clip_each_array(gradients, largest):
    return [optimizers.clip_by_norm(gradient, largest) for gradient in gradients]


def clip_always(gradients, largest):
    length = math.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    return [gradient * largest / max(length, 1e-12) for gradient in gradients]


def clip_with_maximum(gradients, largest):
    length = math.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    return [gradient * max(1.0, largest / max(length, 1e-12)) for gradient in gradients]


def clip_to_nothing(gradients, largest):
    length = math.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    return [gradient * (length <= largest) for gradient in gradients]


def clip_to_length_one(gradients, largest):
    length = math.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    return [gradient / length if length > largest else gradient for gradient in gradients]


def clip_stacked(gradients, largest):
    return clip_flat(list(np.array(gradients)), largest)


def clip_in_place(gradients, largest):
    length = math.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    for gradient in gradients:
        gradient *= min(1.0, largest / max(length, 1e-12))
    return gradients


def clip_lazily(gradients, largest):
    return (gradient for gradient in clip_flat(gradients, largest))


# --- 3.12: a fair comparison ---


def compare_with_arrays(train, makers, runs):
    scores = np.array([[train(make(), seed) for seed in range(runs)] for make in makers.values()])
    rows = np.stack([scores.mean(axis=1), scores.min(axis=1), scores.max(axis=1)], axis=1)
    return dict(zip(makers, rows, strict=True))


def compare_seed_by_seed(train, makers, runs):
    scores = {name: [] for name in makers}
    for seed in range(runs):
        for name in makers:
            scores[name].append(train(makers[name](), seed))
    return {name: [sum(row) / runs, min(row), max(row)] for name, row in scores.items()}


def compare_sorted(train, makers, runs):
    table = {}
    for name, make in makers.items():
        scores = sorted(train(make(), seed) for seed in range(runs))
        table[name] = (float(np.mean(scores)), scores[0], scores[-1])
    return table


def compare_by(seed_of=lambda run, number, runs: run, table=lambda scores: (np.mean(scores), min(scores), max(scores))):
    """Return a wrong function that takes other seeds, or reports something else."""

    def compare(train, makers, runs):
        return {
            name: table([train(make(), seed_of(run, number, runs)) for run in range(runs)])
            for number, (name, make) in enumerate(makers.items())
        }

    return compare


def compare_with_one_optimizer(train, makers, runs):
    table = {}
    for name, make in makers.items():
        optimizer = make()
        scores = [train(optimizer, seed) for seed in range(runs)]
        table[name] = np.mean(scores), min(scores), max(scores)
    return table


def compare_without_making(train, makers, runs):
    return {name: [train(make, seed) for seed in range(runs)] for name, make in makers.items()}


_calls = itertools.count()


def compare_by_calls(train, makers, runs):
    """Take another seed at each call; the scores go round in a circle of five, so that two calls in a row differ."""
    seed = next(_calls)
    return compare_by(lambda run, number, runs: seed)(train, makers, runs)


# --- 3.13: AdamW ---


def adamw_with_a_class(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    optimizer = optimizers.AdamW(learning_rate, weight_decay, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon)
    path = []
    for gradient in gradients:
        weights = optimizer.update(weights, gradient)
        path.append(weights)
    return np.array(path)


def adamw_with_a_generator(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    def walk(weights):
        mean, square = np.zeros_like(weights), np.zeros_like(weights)
        for number, gradient in enumerate(gradients):
            mean += (1 - beta_1) * (gradient - mean)
            square += (1 - beta_2) * (gradient**2 - square)
            decay = learning_rate * weight_decay * weights
            move = mean / (1 - beta_1 ** (number + 1)) / ((square / (1 - beta_2 ** (number + 1))) ** 0.5 + epsilon)
            weights = weights - decay - learning_rate * move
            yield weights

    return list(walk(weights))


def adamw_by(**changes):
    """Return a wrong function: AdamW with some of its parts exchanged."""
    parts = {
        "gradient": lambda gradient, weights, decay: gradient,
        "mean": lambda mean, gradient, beta: beta * mean + (1 - beta) * gradient,
        "square": lambda square, gradient, beta, mean: beta * square + (1 - beta) * gradient**2,
        "first": 1,
        "count": 1,
        "correct_mean": True,
        "correct_square": True,
        "root": lambda square, epsilon: np.sqrt(square) + epsilon,
        "shrink": lambda weights, rate, decay: weights * (1 - rate * decay),
        "move": lambda weights, step, rate, decay: weights - step,
    } | changes

    def adamw_path(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        mean, square, step, path = 0.0, 0.0, parts["first"], []
        for gradient in gradients:
            gradient = parts["gradient"](gradient, weights, weight_decay)
            mean = parts["mean"](mean, gradient, beta_1)
            square = parts["square"](square, gradient, beta_2, mean)
            fair_mean = mean / (1 - beta_1**step) if parts["correct_mean"] else mean
            fair_square = square / (1 - beta_2**step) if parts["correct_square"] else square
            weights = parts["shrink"](weights, learning_rate, weight_decay)
            move = learning_rate * fair_mean / parts["root"](fair_square, epsilon)
            weights = parts["move"](weights, move, learning_rate, weight_decay)
            path.append(weights)
            step += parts["count"]
        return path

    return adamw_path


def adamw_swapped(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    return adamw_with_a_class(weights, gradients, learning_rate, weight_decay, beta_2, beta_1)


def adamw_dividing_by_0(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    mean, square, path = 0.0, 0.0, []
    for step, gradient in enumerate(gradients):
        mean = beta_1 * mean + (1 - beta_1) * gradient
        square = beta_2 * square + (1 - beta_2) * gradient**2
        correction = math.sqrt(1 - beta_2**step) / (1 - beta_1**step)
        weights = weights * (1 - learning_rate * weight_decay)
        weights = weights - learning_rate * correction * mean / (np.sqrt(square) + epsilon)
        path.append(weights)
    return path


def adamw_with_epsilon_inside(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    mean, square, path = 0.0, 0.0, []
    for step, gradient in enumerate(gradients, start=1):
        mean = beta_1 * mean + (1 - beta_1) * gradient
        square = beta_2 * square + (1 - beta_2) * gradient**2
        rate = learning_rate * math.sqrt(1 - beta_2**step) / (1 - beta_1**step)
        weights = weights - learning_rate * weight_decay * weights - rate * mean / np.sqrt(square + epsilon)
        path.append(weights)
    return path


def adamw_from_the_start(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    optimizer = optimizers.AdamW(learning_rate, weight_decay, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon)
    return [optimizer.update(weights, gradient) for gradient in gradients]


def adamw_last_weights(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    return adamw_with_a_class(weights, gradients, learning_rate, weight_decay, beta_1, beta_2)[-1]


def adamw_with_the_start(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    return [weights, *adamw_with_a_class(weights, gradients, learning_rate, weight_decay, beta_1, beta_2)]


def adamw_steps(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    path = adamw_with_the_start(weights, gradients, learning_rate, weight_decay, beta_1, beta_2)
    return np.diff(path, axis=0)


def adamw_as_adagrad(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    path, squares = [], 0.0
    for gradient in gradients:
        squares = squares + gradient**2
        weights = weights - learning_rate * gradient / np.sqrt(squares + 1)
        path.append(weights)
    return path


RIGHT = {
    "3.1": [{"a", "c", "e"}, "ace", "e, c, a", ["a", "c", "e"], ("A", "C", "E"), "a and c and e"],
    "3.2": [FATES, {rate: f" {word.upper()} " for rate, word in reversed(FATES.items())}],
    "3.3": [Answers((192, 10)), Answers((192.0, np.int64(10))), Answers(([12 * 4**2], 1920 / 192))],
    "3.4": [
        [-0.01, 0.01, 0.007],
        (-0.01, 0.01, 0.01 - 0.01 * 0.1 * 3),
        np.array([-0.009999, 0.01, 0.007]),
    ],
    "3.5": [
        REMEDIES,
        REMEDIES | {"start": "warmup", "agree": "Momentum ", "sizes": "rmsprop"},
        REMEDIES | {"start": "Warm up", "overshoots": "nesterov"},
    ],
    "3.6": [0.01, 1e-2, 0.02, np.float32(0.05), [0.03], 10**-2, np.geomspace(1e-5, 1, 51)[35]],
    "3.7": [
        differences_with_an_identity,
        differences_on_copies,
        differences_moved_back,
        differences_as_means,
        optimizers.numerical_gradient,
    ],
    "3.8": [momentum_as_in_pytorch, momentum_with_a_class, momentum_with_a_closure, momentum_summed_up],
    "3.9": [rmsprop_with_a_class, rmsprop_moving_towards, rmsprop_accumulated],
    "3.10": [
        schedule_clipped,
        schedule_by_parts,
        schedule_with_squared_cosine,
        Schedule(),
        functools.partial(schedule_by_parts),
    ],
    "3.11": [clip_flat, clip_with_if, clip_as_lists],
    "3.12": [compare_with_arrays, compare_seed_by_seed, compare_sorted],
    "3.13": [adamw_with_a_class, adamw_with_a_generator, adamw_by()],
}

WRONG = {
    "3.1": [
        ("chose b", "abce"),
        ("chose d", {"a", "c", "d", "e"}),
        ("chose d", "d"),
        ("chose f", ["a", "c", "e", "f"]),
        ("missing a", "ce"),
        ("missing c", {"a", "e"}),
        ("missing e", "a, c"),
        ("unknown letter", "g"),
        ("not a letter", "weights"),
    ],
    "3.2": [
        ("coefficient for curvature", FATES | {0.15: "works", 0.19: "works", 0.25: "swings"}),
        ("limit at 1 / curvature", FATES | {0.15: "diverges", 0.19: "diverges"}),
        ("limit at 1 / curvature", FATES | {0.06: "swings", 0.15: "diverges", 0.19: "diverges"}),
        ("crossing is no loss", FATES | {0.15: "works", 0.19: "works"}),
        ("0.002", FATES | {0.002: "works"}),
        ("0.06", FATES | {0.06: "creeps"}),
        ("0.06", FATES | {0.06: "swings"}),
        ("0.15", FATES | {0.15: "works"}),
        ("0.19", FATES | {0.19: "diverges"}),
        ("0.25", FATES | {0.25: "swings"}),
        ("words", FATES | {0.002: "slow"}),
        ("words", FATES | {0.002: 3}),
        ("keys", {0.002: "creeps"}),
        ("not a dictionary", list(FATES.values())),
    ],
    "3.3": [
        ("in proportion", Answers((48, 40))),
        ("in proportion", Answers((12 * 4, 10))),
        ("root turned round", Answers((24, 80))),
        ("fewer pictures", Answers((3, 640))),
        ("fewer pictures", Answers((12 / 16, 2560))),
        ("times instead of pictures", Answers((16, 120))),
        ("whole set", Answers((1920, 1))),
        ("other pictures", Answers((100, 19))),
        ("steps as before", Answers((192, 160))),
        ("one step for each picture", Answers((192, 1920))),
        ("pictures, not steps", Answers((192, 192))),
        ("how many times fewer", Answers((192, 16))),
        ("other steps", Answers((192, 5))),
        ("one number", Answers(([192, 10], 10))),
        ("unreadable", Answers(("192", 10))),
        ("number of answers", Answers((192,))),
    ],
    "3.4": [
        ("as gradient descent", [-0.0002, 5, 4.997]),
        ("as gradient descent", [-0.0002, 5, 5]),
        ("uphill", [0.01, -0.01, -0.013]),
        ("uphill", [0.01, -0.01, 0.007]),
        ("signs ignored", [0.01, 0.01, 0.007]),
        ("signs ignored", [-0.01, -0.01, -0.013]),
        ("no correction", [-0.0316, 0.0316, 0.0286]),
        ("only one correction", [-0.316, 0.316, 0.313]),
        ("only one correction", [-0.001, 0.001, -0.002]),
        ("without the rate", [-1, 1, 0.7]),
        ("other step of Adam", [-0.02, 0.05, 0.007]),
        ("no decay", [-0.01, 0.01, 0.01]),
        ("decay without the rate", [-0.01, 0.01, -0.29]),
        ("decay adds", [-0.01, 0.01, 0.013]),
        ("weight, not step", [-0.01, 0.01, 3.007]),
        ("decay not of the weight", [-0.01, 0.01, 0.009]),
        ("other step of AdamW", [-0.01, 0.01, 0.005]),
        ("three numbers", [-0.01, 0.01]),
        ("three numbers", -0.01),
        ("unreadable", "-0.01, 0.01, 0.007"),
    ],
    "3.5": [
        ("agree", exchanged(REMEDIES, "agree", "sizes")),
        ("overshoots", exchanged(REMEDIES, "overshoots", "wanders")),
        ("overshoots", exchanged(REMEDIES, "overshoots", "outlier")),
        ("sizes", exchanged(REMEDIES, "sizes", "outlier")),
        ("wanders", exchanged(REMEDIES, "wanders", "start")),
        ("start", exchanged(REMEDIES, "start", "outlier")),
        ("outlier", REMEDIES | {"outlier": "momentum", "agree": "momentum"}),
        ("words", REMEDIES | {"agree": "Adam"}),
        ("words", REMEDIES | {"agree": 1}),
        ("keys", {"agree": "momentum"}),
        ("not a dictionary", list(REMEDIES.values())),
    ],
    "3.6": [
        ("level", 1e-4),
        ("level", 0.001),
        ("level", 1e-5),
        ("edge", 0.1),
        ("edge", 0.126),
        ("beyond", 0.158),
        ("beyond", 0.2),
        ("beyond", 1),
        ("exponent", -2),
        ("exponent", -1.5),
        ("position", 35),
        ("position", 41),
        ("a loss", 0.51),
        ("a loss", 0.69),
        ("one number", [0.01, 0.1]),
        ("one number", float("nan")),
        ("unreadable", "0.01"),
    ],
    "3.7": [
        ("all at once", differences_by(lambda up, here, down, step: (up - down) / (2 * step), alone=False)),
        ("divided by one step", differences_by(lambda up, here, down, step: (up - down) / step)),
        ("one side only", differences_by(lambda up, here, down, step: (up - here) / step)),
        ("one side only, below", differences_by(lambda up, here, down, step: (here - down) / step)),
        ("one side, two steps", differences_by(lambda up, here, down, step: (up - here) / (2 * step))),
        ("not divided", differences_by(lambda up, here, down, step: up - down)),
        ("times the step", differences_by(lambda up, here, down, step: (up - down) / 2 * step)),
        ("other way round", differences_by(lambda up, here, down, step: (down - up) / (2 * step))),
        ("curvature", differences_by(lambda up, here, down, step: (up - 2 * here + down) / step**2)),
        ("not moved back", differences_without_moving_back),
        ("changes its input", differences_in_place),
        ("smallest case", differences_by(lambda up, here, down, step: (up - down) / (3 * step))),
        ("arguments", lambda loss, weights: weights),
    ],
    "3.8": [
        ("push alone", momentum_by(lambda velocity, push, momentum: push)),
        ("not kept", momentum_by(lambda velocity, push, momentum: push, right_step)),
        (
            "average without Nesterov",
            momentum_by(lambda velocity, push, momentum: momentum * velocity + (1 - momentum) * push),
        ),
        (
            "average",
            momentum_by(lambda velocity, push, momentum: momentum * velocity + (1 - momentum) * push, right_step),
        ),
        ("rate twice", momentum_rate_twice),
        ("no rate", momentum_without_rate),
        ("uphill without Nesterov", momentum_by(lambda velocity, push, momentum: momentum * velocity - push)),
        (
            "uphill",
            momentum_by(
                lambda velocity, push, momentum: momentum * velocity - push,
                lambda velocity, old, push, momentum, nesterov: momentum * velocity - push if nesterov else velocity,
            ),
        ),
        ("push minus momentum", momentum_by(lambda velocity, push, momentum: push - momentum * velocity, right_step)),
        ("momentum on the push too", momentum_by(lambda velocity, push, momentum: momentum * (velocity + push))),
        ("all kept", momentum_by(lambda velocity, push, momentum: velocity + push)),
        ("weights, not steps", momentum_positions),
        ("never Nesterov", momentum_by(kept)),
        (
            "never Nesterov",
            momentum_by(
                kept,
                lambda velocity, old, push, momentum, nesterov: momentum * old + push if nesterov else velocity,
            ),
        ),
        (
            "always Nesterov",
            momentum_by(kept, lambda velocity, old, push, momentum, nesterov: momentum * velocity + push),
        ),
        (
            "Nesterov without the push",
            momentum_by(
                kept, lambda velocity, old, push, momentum, nesterov: momentum * velocity if nesterov else velocity
            ),
        ),
        (
            "Nesterov on top",
            momentum_by(
                kept,
                lambda velocity, old, push, momentum, nesterov: (
                    velocity + momentum * velocity if nesterov else velocity
                ),
            ),
        ),
        (
            "Nesterov without momentum",
            momentum_by(
                kept, lambda velocity, old, push, momentum, nesterov: velocity + push if nesterov else velocity
            ),
        ),
        ("smallest case", momentum_squared),
        ("smallest case", momentum_last_step),
        ("arguments", lambda gradients, learning_rate: gradients),
    ],
    "3.9": [
        (
            "square of the mean",
            rmsprop_by(
                lambda mean, gradient, rho: rho * mean + (1 - rho) * gradient,
                lambda mean, epsilon: np.sqrt(mean**2 + epsilon),
            ),
        ),
        ("swapped", rmsprop_by(lambda mean, gradient, rho: (1 - rho) * mean + rho * gradient**2)),
        ("no root", rmsprop_by(mean_square, lambda mean, epsilon: mean + epsilon)),
        ("epsilon outside", rmsprop_by(mean_square, lambda mean, epsilon: np.sqrt(mean) + epsilon)),
        ("corrected", rmsprop_corrected),
        ("not kept", rmsprop_by(lambda mean, gradient, rho: (1 - rho) * gradient**2)),
        ("never forgets", rmsprop_by(lambda mean, gradient, rho: mean + gradient**2)),
        ("sum", rmsprop_by(lambda mean, gradient, rho: rho * mean + gradient**2)),
        ("one rate for all", rmsprop_by(lambda mean, gradient, rho: rho * mean + (1 - rho) * np.mean(gradient**2))),
        ("squared length", rmsprop_by(lambda mean, gradient, rho: rho * mean + (1 - rho) * np.sum(gradient**2))),
        (
            "absolute values",
            rmsprop_by(
                lambda mean, gradient, rho: rho * mean + (1 - rho) * np.abs(gradient),
                lambda mean, epsilon: mean + epsilon,
            ),
        ),
        ("mean above", rmsprop_with_mean),
        ("uphill", lambda *arguments: -rmsprop_with_a_class(*arguments)),
        ("smallest case", lambda gradients, learning_rate, rho, epsilon: [-learning_rate * g for g in gradients]),
        ("smallest case", lambda *arguments: 2 * rmsprop_with_a_class(*arguments)),
    ],
    "3.10": [
        ("starts high", schedule_by(half_cosine, lambda step, warmup, high, low: high * (1 - step / warmup))),
        ("level at first", schedule_by(half_cosine, lambda step, warmup, high, low: high)),
        ("no warm-up", schedule_without_warmup),
        ("one step early", schedule_by(half_cosine, lambda step, warmup, high, low: high * (step + 1) / warmup)),
        (
            "rises from the lowest",
            schedule_by(half_cosine, lambda step, warmup, high, low: low + (high - low) * step / warmup),
        ),
        ("whole period", schedule_by(lambda share, high, low: half_cosine(2 * share, high, low))),
        ("bare cosine", schedule_by(lambda share, high, low: high * math.cos(math.pi * share))),
        ("below the lowest", schedule_by(lambda share, high, low: low + (high - low) * math.cos(math.pi * share))),
        ("quarter of a period", schedule_by(lambda share, high, low: half_cosine(share / 2, high, low) * 2 - high)),
        (
            "quarter of a period",
            schedule_by(lambda share, high, low: low + (high - low) * math.cos(math.pi / 2 * share)),
        ),
        ("straight line", schedule_by(lambda share, high, low: high + (low - high) * share)),
        ("lowest on top", schedule_by(lambda share, high, low: half_cosine(share, high, 0) + low)),
        ("lowest as a floor", schedule_by(lambda share, high, low: max(low, half_cosine(share, high, 0)))),
        ("down to 0", schedule_by(lambda share, high, low: half_cosine(share, high, 0))),
        ("counted from step 0", schedule_from_step_0),
        ("late end", schedule_with_a_later_end),
        ("rises again", schedule_rising_again),
        ("smallest case", schedule_as_in_the_lesson),
        ("smallest case", schedule_stopping_one_early),
    ],
    "3.11": [
        ("each number", clip_each_number),
        ("each array", clip_each_array),
        ("lengthened", clip_always),
        ("maximum for minimum", clip_with_maximum),
        ("no root", clip_by(lambda gradients: sum(np.sum(gradient**2) for gradient in gradients))),
        ("lengths added", clip_by(lambda gradients: sum(np.linalg.norm(gradient) for gradient in gradients))),
        ("sizes added", clip_by(lambda gradients: sum(np.abs(gradient).sum() for gradient in gradients))),
        ("largest number", clip_by(lambda gradients: max(np.abs(gradient).max() for gradient in gradients))),
        ("longest array", clip_by(lambda gradients: max(np.linalg.norm(gradient) for gradient in gradients))),
        ("to length 1", clip_to_length_one),
        ("to nothing", clip_to_nothing),
        ("first array only", clip_by(lambda gradients: np.linalg.norm(gradients[0]))),
        ("stops with an error", clip_stacked),
        ("changes its input", clip_in_place),
        ("smallest case", clip_lazily),
        ("smallest case", lambda gradients, largest: gradients),
    ],
    "3.12": [
        ("one optimizer", compare_with_one_optimizer),
        ("other starts", compare_by(lambda run, number, runs: number * runs + run)),
        ("starts far apart", compare_by(lambda run, number, runs: 100 * number + run)),
        ("one seed", compare_by(lambda run, number, runs: 0)),
        ("seed for each optimizer", compare_by(lambda run, number, runs: number)),
        ("best run", compare_by(table=max)),
        ("mean only", compare_by(table=np.mean)),
        (
            "standard deviation",
            compare_by(
                table=lambda scores: (
                    np.mean(scores),
                    np.mean(scores) - np.std(scores),
                    np.mean(scores) + np.std(scores),
                )
            ),
        ),
        ("all scores", compare_by(table=list)),
        ("order", compare_by(table=lambda scores: (min(scores), np.mean(scores), max(scores)))),
        ("highest before lowest", compare_by(table=lambda scores: (np.mean(scores), max(scores), min(scores)))),
        ("stops with an error", compare_without_making),
        ("differs between calls", compare_by_calls),
        ("smallest case", compare_by(lambda run, number, runs: run + 1)),
    ],
    "3.13": [
        ("no correction", adamw_by(correct_mean=False, correct_square=False)),
        ("only the mean corrected", adamw_by(correct_square=False)),
        ("only the square corrected", adamw_by(correct_mean=False)),
        ("counted from 0", adamw_by(first=0)),
        ("divided by 0", adamw_dividing_by_0),
        ("always the first step", adamw_by(count=0)),
        ("betas swapped", adamw_swapped),
        (
            "square of the mean",
            adamw_by(
                square=lambda square, gradient, beta, mean: beta * square + (1 - beta) * gradient,
                root=lambda square, epsilon: np.sqrt(square**2) + epsilon,
            ),
        ),
        (
            "average of squared means",
            adamw_by(square=lambda square, gradient, beta, mean: beta * square + (1 - beta) * mean**2),
        ),
        ("epsilon inside, not corrected", adamw_with_epsilon_inside),
        ("epsilon inside", adamw_by(root=lambda square, epsilon: np.sqrt(square + epsilon))),
        ("no root", adamw_by(root=lambda square, epsilon: square + epsilon)),
        ("sums", adamw_by(mean=lambda mean, gradient, beta: beta * mean + gradient)),
        (
            "decay in the gradient",
            adamw_by(
                gradient=lambda gradient, weights, decay: gradient + decay * weights,
                shrink=lambda weights, rate, decay: weights,
            ),
        ),
        ("decay without the rate", adamw_by(shrink=lambda weights, rate, decay: weights * (1 - decay))),
        ("no decay", adamw_by(shrink=lambda weights, rate, decay: weights)),
        ("decay adds", adamw_by(shrink=lambda weights, rate, decay: weights * (1 + rate * decay))),
        (
            "decay of the new weights",
            adamw_by(
                shrink=lambda weights, rate, decay: weights,
                move=lambda weights, step, rate, decay: (weights - step) * (1 - rate * decay),
            ),
        ),
        ("uphill", adamw_by(move=lambda weights, step, rate, decay: weights + step)),
        ("from the start each time", adamw_from_the_start),
        ("start among them", adamw_with_the_start),
        ("steps, not weights", adamw_steps),
        ("smallest case", adamw_last_weights),
        ("smallest case", adamw_as_adagrad),
    ],
}
