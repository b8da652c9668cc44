"""Exercises of lesson 03, optimizers."""

from __future__ import annotations

import itertools
import math

import numpy as np

from course_utils.checks.forms import Case, Choice, Custom, Function, Mistake, entries_of, words_of
from course_utils.checks.values import as_array, show

# --- 3.1: the gradient of what? ---

gradient_of_what = Choice(
    "3.1",
    options="abcdef",
    right="ace",
    chosen={
        "b": "one of your statements does not hold. The optimizer subtracts a multiple of the gradient from something: "
        "how many numbers does that have?",
        "d": "one of your statements does not hold. The gradient says how *what* changes? And what does one need to "
        "compute that, beside the weights?",
        "f": "one of your statements does not hold. Think of the saddle in section 2 of the lesson, and of a walk that "
        "starts on its ridge.",
    },
    missing={
        "a": "one more statement holds. With respect to what is the gradient taken, and how many of these are there?",
        "c": "one more statement holds. The loss is a mean over the pictures of a batch. Which pictures are these in "
        "the next step?",
        "e": "one more statement holds. Read the sign: the loss of the line in section 1 of the lesson has the "
        "gradient -17 with respect to the slope, and the best slope is 2.",
    },
    explanation="Of the loss, with respect to the weights: one number for each weight, for this batch, at this place.",
)

# --- 3.2: creep, work, swing, diverge ---

WORDS = ("creeps", "works", "swings", "diverges")
FATES = {0.002: "creeps", 0.06: "works", 0.15: "swings", 0.19: "swings", 0.25: "diverges"}


def judge_fates(fates):
    """Look at the words, then for a wrong limit that explains several of them, then at one rate after the other."""
    said = yield from words_of(fates, FATES, WORDS)
    if (said[0.15], said[0.19], said[0.25]) == ("works", "works", "swings"):
        yield "coefficient for curvature"
    if said[0.15] == said[0.19] == said[0.25] == "diverges":
        yield "limit at 1 / curvature"
    if said[0.15] == said[0.19] == "works":
        yield "crossing is no loss"
    for rate, word in FATES.items():
        if said[rate] != word:
            yield str(rate), [f"fates[{rate}] = {show(said[rate])}"]


fates = Custom(
    "3.2",
    judge_fates,
    right=[(FATES,)],
    hints={
        "not a dictionary": "keep the dictionary `fates` as it is, and put words in place of the dots.",
        "keys": "the dictionary has the five learning rates as its keys: keep them as they are.",
        "words": 'each rate gets one of the four words: "creeps", "works", "swings" or "diverges".',
        "coefficient for curvature": "your words fit a loss that is half as curved. The curvature says how fast the "
        "*gradient* changes. What is the gradient at w = 1, and at w = 2?",
        "limit at 1 / curvature": "at the rate that you take for the limit, one step leads to the minimum itself. What "
        "becomes of w at a rate a little above it: is it farther from 0 than before?",
        "crossing is no loss": "two of these walks come nearer and nearer, and how? Take one step from w = 1 by hand, "
        "and look at the sign of w.",
        "0.002": "by which factor does one step at this rate multiply w? And twenty of them?",
        "0.06": "work out two steps from w = 1 at this rate. Is 0 crossed? How much is left?",
        "0.15": "work out two steps from w = 1 at this rate. Is 0 crossed? How far away is w then?",
        "0.19": "at this rate a step multiplies w by a negative number. Is that number below -1, or above it?",
        "0.25": "work out two steps from w = 1 at this rate. Is w nearer to 0 than before?",
    },
    explanation="A step multiplies w by 1 - learning rate x curvature; the curvature is twice the factor before w².",
)

# --- 3.3: the price of half the noise ---


def judge_batch(pictures, steps):
    """Look at the size of the batch, then at the steps."""
    pictures, steps = as_array(pictures), as_array(steps)
    if pictures.size != 1 or steps.size != 1:
        yield "one number"
        return
    pictures, steps = float(np.real(pictures.item())), float(np.real(steps.item()))
    for value, name in ((48, "in proportion"), (24, "root turned round"), (16, "times instead of pictures")):
        if abs(pictures - value) < 0.5:
            yield name
    if pictures == 1920:
        yield "whole set"
    if pictures < 12:
        yield "fewer pictures"
    if not abs(pictures - 192) < 0.5:
        yield "other pictures"
    for value, name in (
        (160, "steps as before"),
        (1920, "one step for each picture"),
        (192, "pictures, not steps"),
        (16, "how many times fewer"),
    ):
        if abs(steps - value) < 0.5:
            yield name
    if not abs(steps - 10) < 0.05:
        yield "other steps"


batch = Custom(
    "3.3",
    judge_batch,
    answers=2,
    right=[(192, 10)],
    hints={
        "one number": "`pictures` and `steps` are one number each.",
        "in proportion": "with `pictures` as you have it, the error would be 0.4: halved. By what factor does it fall "
        "when the pictures are four times as many? Look at the table in section 3 of the lesson.",
        "root turned round": "the root is at work here, and at the other end: the *error* falls with the root of the "
        "pictures. Twice the pictures make the error smaller by a factor of 1.4 only.",
        "times instead of pictures": "this says how many *times* as many pictures are needed. As many as what?",
        "whole set": "with all pictures in a batch nothing is left to chance. How many are needed for an error of 0.2?",
        "fewer pictures": "`pictures` is smaller than before. Does a poll become more precise when fewer are asked?",
        "other pictures": "`pictures` is not it yet. Make the question small: in section 3 of the lesson, from how "
        "many pictures to how many does the error halve? Then halve it once more.",
        "steps as before": "`pictures` is right. These are the steps of the old batches: how many of the new ones does "
        "it take to show each picture once?",
        "one step for each picture": "`pictures` is right. How many pictures does *one* step take, and how many are "
        "there in an epoch?",
        "pictures, not steps": "`pictures` is right. `steps` counts the batches of an epoch, not what is in them.",
        "how many times fewer": "`pictures` is right. By this factor the steps become fewer: fewer than how many?",
        "other steps": "`pictures` is right. An epoch shows each of the 1,920 pictures once. How many batches is that?",
    },
    explanation="A quarter of the noise costs fifteen of sixteen steps: small batches are the better bargain.",
)

# --- 3.4: the first step of Adam and of AdamW ---


def judge_first_steps(steps):
    """Look at the two steps of Adam together, then at that of AdamW."""
    steps = as_array(steps)
    if steps.shape != (3,):
        yield "three numbers"
        return
    small, large, decayed = steps.tolist()

    def are(first, second):
        return np.allclose((small, large), (first, second), rtol=0.02, atol=0)

    known = {
        "as gradient descent": are(-0.0002, 5),
        "uphill": are(0.01, -0.01) or are(0.0002, -5),
        "signs ignored": are(0.01, 0.01) or are(-0.01, -0.01),
        "no correction": are(-0.0316, 0.0316),
        "only one correction": are(-0.316, 0.316) or are(-0.001, 0.001),
        "without the rate": are(-1, 1),
        "other step of Adam": not are(-0.01, 0.01),
    }
    yield from (name for name, holds in known.items() if holds)
    for value, name in (
        (0.01, "no decay"),
        (-0.29, "decay without the rate"),
        (0.013, "decay adds"),
        (3.007, "weight, not step"),
        (0.009, "decay not of the weight"),
    ):
        if np.isclose(decayed, value, rtol=0.01, atol=0):
            yield name
    if not np.isclose(decayed, 0.007, rtol=0.01, atol=0):
        yield "other step of AdamW"


first_steps = Custom(
    "3.4",
    judge_first_steps,
    right=[([-0.01, 0.01, 0.007],)],
    hints={
        "three numbers": "the answer is a list of three numbers, in the order of the table.",
        "as gradient descent": "these are the steps of plain gradient descent. Adam divides the average gradient by "
        "something. By what, and how large is it where there has been one gradient only?",
        "uphill": "these steps go up. The gradient says where the loss rises; where does a step go?",
        "signs ignored": "the lengths are right. Which of the two gradients is negative, and where does each step go?",
        "no correction": "these are the steps of averages that start at 0 and are not corrected. By what does Adam "
        "divide each of its averages after the first step?",
        "only one correction": "one of the two averages is corrected and the other is not. What is each of them after "
        "the first gradient, before and after its correction?",
        "without the rate": "the ratio of the two averages is right. What does Adam multiply it by?",
        "other step of Adam": "look at Adam first, with one gradient g. What is the corrected average of g? And the "
        "root of the corrected average of g²? Then divide.",
        "no decay": "the two steps of Adam are right. The third belongs to AdamW: by what share does it shrink the "
        "weight, which is 3, before the step?",
        "decay without the rate": "the two steps of Adam are right. In AdamW the decay goes too far here: in one step "
        "the weight would lose a tenth. What else is the decay multiplied by?",
        "decay adds": "the two steps of Adam are right. In AdamW, decay brings a weight nearer to 0. Which way is "
        "that from 3?",
        "weight, not step": "the two steps of Adam are right. The third number is the weight after the step; the step "
        "is how much it has changed.",
        "decay not of the weight": "the two steps of Adam are right. The decay takes a share. A share of what?",
        "other step of AdamW": "the two steps of Adam are right. AdamW does two things: Adam's step, and a shrinking "
        "that does not look at the gradient. Work out each alone.",
    },
    explanation="The gradient's size cancels, its sign stays; and the decay looks at the weight only.",
)

# --- 3.5: six troubles, six remedies ---

REMEDIES = {
    "agree": "momentum",
    "overshoots": "nesterov",
    "sizes": "rmsprop",
    "wanders": "schedule",
    "start": "warmup",
    "outlier": "clipping",
}


def _plain(word: str) -> str:
    return word.strip().casefold().replace("-", "").replace(" ", "")


def judge_remedies(remedies):
    """Look at the words, then at one trouble after the other."""
    yield from entries_of(remedies, REMEDIES)
    if not all(isinstance(word, str) and _plain(word) in REMEDIES.values() for word in remedies.values()):
        yield "words"
    for trouble, remedy in REMEDIES.items():
        if _plain(remedies[trouble]) != remedy:
            yield trouble, [f"remedies[{show(trouble)}] = {show(remedies[trouble].strip())}"]


remedies = Custom(
    "3.5",
    judge_remedies,
    right=[(REMEDIES,)],
    hints={
        "not a dictionary": "keep the dictionary `remedies` as it is, and put words in place of the dots.",
        "keys": "the dictionary has the six troubles as its keys: keep them as they are.",
        "words": "each trouble gets one of the six words above, in quotes.",
        "agree": "small pushes in one direction are lost one by one. Which remedy adds up what agrees, and lets cancel "
        "what does not?",
        "overshoots": "here a velocity is already at work, and the push that should brake it comes late. Which remedy "
        "lets the push count at once?",
        "sizes": "neither layer has bad luck: the sizes are what they are, all the time. Which remedy gives each "
        "weight a rate of its own?",
        "wanders": "this is the noise of the batches, and the wandering is as wide as the rate is large. When should "
        "the rate be large, and when small?",
        "start": "only the first steps do harm, while averages have seen next to nothing. Which remedy changes the "
        "rate, and changes it there?",
        "outlier": "one gradient is far too long, and nobody knows when it comes. Which remedy looks at the length of "
        "each gradient before the step?",
    },
    explanation="The first three change how gradients become a step, the last three how long it may be, and when.",
)

# --- 3.6: a range test ---


def judge_rate(rate):
    """Say on which part of the curve the rate lies."""
    rate = as_array(rate)
    if rate.size != 1 or not np.isfinite(rate).all():
        yield "one number"
        return
    rate = float(np.real(rate.item()))
    if rate <= 0:
        yield "exponent"
    if rate > 1 and rate == round(rate):
        yield "position"
    if rate in (0.51, 0.69):
        yield "a loss"
    if rate < 0.005:
        yield "level"
    if 0.07 < rate < 0.15:
        yield "edge"
    if rate >= 0.15:
        yield "beyond"


rate = Custom(
    "3.6",
    judge_rate,
    right=[(0.01,), (0.02,), (0.05,)],
    hints={
        "one number": "the answer is one learning rate.",
        "exponent": "a learning rate is above 0. Is this its exponent?",
        "position": "this is a position in the list, or far beyond it. Which rate stands there?",
        "a loss": "this is a loss, from the upright axis. The learning rates are on the other one.",
        "level": "at this rate the loss has hardly moved: it lies where that of a coin lies. Follow the curve to the "
        "right, until it falls.",
        "edge": "here the loss is about at its lowest, and two steps further it jumps. A run of many steps needs a "
        "distance from that edge: how far to the left does the loss still fall?",
        "beyond": "at this rate the loss has jumped already. Where does it fall, some way before the first jump?",
    },
    explanation="The loss falls there, and the first jump, near 0.16, is some way off.",
)

# --- 3.7: finite differences ---


def numerical_gradient(loss, weights, step):
    """Return a right answer to 3.7."""
    gradient = []
    for place in range(len(weights)):
        moved = np.zeros(len(weights))
        moved[place] = step
        gradient.append((loss(weights + moved) - loss(weights - moved)) / (2 * step))
    return np.array(gradient)


def _differences(formula, alone=True):
    """Return a function like `numerical_gradient`: a formula of three losses, one weight moved, or all of them."""

    def numerical_gradient(loss, weights, step):
        gradient = []
        for row in np.eye(len(weights)) if alone else np.ones((len(weights), len(weights))):
            gradient.append(formula(loss(weights + step * row), loss(weights), loss(weights - step * row), step))
        return np.array(gradient)

    return numerical_gradient


def differences_not_moved_back(loss, weights, step):
    """Leave each weight below its place when the next one is moved."""
    weights, gradient = np.array(weights), []
    for place in range(len(weights)):
        weights[place] += step
        above = loss(weights)
        weights[place] -= 2 * step
        gradient.append((above - loss(weights)) / (2 * step))
    return np.array(gradient)


def _difference_case(loss, text, weights, step):
    weights = np.array(weights, dtype=float)
    return Case(loss, weights, step, shown=f"numerical_gradient(lambda w: {text}, np.array({show(weights)}), {step})")


differences = Function(
    "3.7",
    call="numerical_gradient",
    reference=numerical_gradient,
    given=_differences(lambda up, here, down, step: (up - down) / step, alone=False),
    cases=[
        _difference_case(lambda w: w[0] ** 3, "w[0] ** 3", [1], 0.5),
        _difference_case(lambda w: w[0] ** 2 + 10 * w[1], "w[0] ** 2 + 10 * w[1]", [3, 1], 0.1),
        _difference_case(lambda w: w[0] ** 2 * w[1], "w[0] ** 2 * w[1]", [2, 3], 0.1),
        _difference_case(lambda w: np.sum(w**3) + w[0] * w[2], "np.sum(w ** 3) + w[0] * w[2]", [1, -2, 0.5], 0.01),
    ],
    mistakes=[
        Mistake(
            "all at once",
            _differences(lambda up, here, down, step: (up - down) / (2 * step), alone=False),
            "the division is right now. And all numbers of a gradient come out alike: how many weights move when the "
            "loss is measured, and how many should?",
        ),
        Mistake(
            "divided by one step",
            _differences(lambda up, here, down, step: (up - down) / step),
            "each weight moves alone now. The results are too large by a fixed factor: how far apart are the two "
            "places where the loss is measured?",
        ),
        Mistake(
            "one side only",
            _differences(lambda up, here, down, step: (up - here) / step),
            "this compares the loss above with the loss here. On a curved loss that is the slope half a step further. "
            "Where does the docstring want it measured?",
        ),
        Mistake(
            "one side only, below",
            _differences(lambda up, here, down, step: (here - down) / step),
            "this compares the loss here with the loss below. On a curved loss that is the slope half a step before. "
            "Where does the docstring want it measured?",
        ),
        Mistake(
            "one side, two steps",
            _differences(lambda up, here, down, step: (up - here) / (2 * step)),
            "the loss is measured on one side only, and divided as if on both: about half of the slope is left.",
        ),
        Mistake(
            "not divided",
            _differences(lambda up, here, down, step: up - down),
            "this is how much the loss changes on the way. A slope is that change, for how long a way?",
        ),
        Mistake(
            "times the step",
            _differences(lambda up, here, down, step: (up - down) / 2 * step),
            "the result shrinks with the step. Python divides and multiplies from left to right: where are brackets "
            "missing?",
        ),
        Mistake(
            "other way round",
            _differences(lambda up, here, down, step: (down - up) / (2 * step)),
            "the sign is the other way round: where the loss rises with the weight, the gradient is positive.",
        ),
        Mistake(
            "curvature",
            _differences(lambda up, here, down, step: (up - 2 * here + down) / step**2),
            "this is the curvature: how fast the gradient changes. The gradient itself needs two losses, not three.",
        ),
        Mistake(
            "not moved back",
            differences_not_moved_back,
            "the first number is right, and the later ones are a little off. Where does the first weight stand while "
            "the second one moves?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Move one weight by hand, up and down.",
    explanation="One weight at a time, two losses for each: slow, and good for a check of any gradient.",
)

# --- 3.8: momentum ---


def momentum_steps(gradients, learning_rate, momentum, nesterov):
    """Return a right answer to 3.8."""
    velocity, steps = 0.0, []
    for gradient in gradients:
        velocity = momentum * velocity - learning_rate * gradient
        steps.append(momentum * velocity - learning_rate * gradient if nesterov else velocity)
    return steps


def _momentum(velocity_of=None, step_of=None):
    """Return a function like `momentum_steps` with other formulas."""
    velocity_of = velocity_of or (lambda velocity, push, momentum: momentum * velocity + push)
    step_of = step_of or (lambda velocity, push, momentum: momentum * velocity + push)

    def steps_of(gradients, learning_rate, momentum, nesterov):
        velocity, steps = 0.0, []
        for gradient in gradients:
            push = -learning_rate * gradient
            velocity = velocity_of(velocity, push, momentum)
            steps.append(step_of(velocity, push, momentum) if nesterov else velocity)
        return steps

    return steps_of


_momentum_steps = Function(
    "3.8",
    call="momentum_steps",
    reference=momentum_steps,
    cases=[
        ([1.0], 0.1, 0.8, False),
        ([1.0, 1.0], 0.1, 0.8, False),
        ([2.0, -1.0, 0.0], 0.5, 0.5, False),
        ([1.0], 0.1, 0.8, True),
        ([1.0, 1.0, -2.0], 0.1, 0.8, True),
        (np.array([[1.0, 10.0], [1.0, -10.0], [0.5, 10.0]]), 0.2, 0.9, False),
        (np.array([[1.0, 10.0], [1.0, -10.0], [0.5, 10.0]]), 0.2, 0.9, True),
    ],
    mistakes=[
        Mistake(
            "not kept",
            _momentum(lambda velocity, push, momentum: push),
            "a step knows nothing of the gradients before it. Where does the velocity live between two of them?",
        ),
        Mistake(
            "push alone",
            _momentum(lambda velocity, push, momentum: push, lambda velocity, push, momentum: push),
            "these are the steps of plain gradient descent. What does a step still know of the gradients before it?",
        ),
        Mistake(
            "average",
            _momentum(lambda velocity, push, momentum: momentum * velocity + (1 - momentum) * push),
            "this velocity is an average: with equal gradients it never becomes longer than one push. Section 5 of the "
            "lesson finds steps ten times as long. What is added up there?",
        ),
        Mistake(
            "average without Nesterov",
            _momentum(
                lambda velocity, push, momentum: momentum * velocity + (1 - momentum) * push,
                lambda velocity, push, momentum: velocity,
            ),
            "the velocity is an average here. With equal gradients, how long do the steps become in section 5 of the "
            "lesson, and how long do yours?",
        ),
        Mistake(
            "rate twice",
            lambda gradients, learning_rate, momentum, nesterov: (
                learning_rate * np.array(momentum_steps(gradients, learning_rate, momentum, nesterov))
            ),
            "the learning rate comes in twice: once with the push, and once more with the step.",
        ),
        Mistake(
            "no rate",
            lambda gradients, learning_rate, momentum, nesterov: momentum_steps(gradients, 1.0, momentum, nesterov),
            "the pushes are summed up as they should be. How long is a push: which argument is not used?",
        ),
        Mistake(
            "uphill",
            lambda gradients, learning_rate, momentum, nesterov: momentum_steps(
                gradients, -learning_rate, momentum, nesterov
            ),
            "these steps go up. The gradient says where the loss rises.",
        ),
        Mistake(
            "uphill without Nesterov",
            lambda gradients, learning_rate, momentum, nesterov: momentum_steps(
                gradients, -learning_rate, momentum, False
            ),
            "these steps go up, whether Nesterov's form is asked for or not. Where does the loss rise?",
        ),
        Mistake(
            "push minus momentum",
            _momentum(lambda velocity, push, momentum: push - momentum * velocity),
            "the first step is right, and the second one brakes where it should go on. With which sign does the old "
            "velocity come in?",
        ),
        Mistake(
            "momentum on the push too",
            _momentum(
                lambda velocity, push, momentum: momentum * (velocity + push), lambda velocity, push, momentum: velocity
            ),
            "already the first step is too short. A share is taken of the old velocity; of the new push too?",
        ),
        Mistake(
            "all kept",
            _momentum(lambda velocity, push, momentum: velocity + push, lambda velocity, push, momentum: velocity),
            "the old velocity is kept whole, so nothing is ever forgotten. How much of it goes on?",
        ),
        Mistake(
            "weights, not steps",
            lambda *arguments: np.cumsum(momentum_steps(*arguments), axis=0),
            "these are the places of a walk that starts at 0. The function returns its steps.",
        ),
        Mistake(
            "never Nesterov",
            _momentum(step_of=lambda velocity, push, momentum: velocity),
            "momentum is right. Where Nesterov's form is asked for, the steps are the same as without. The *new* "
            "velocity's part of a step is taken first, and then the gradient's push.",
        ),
        Mistake(
            "always Nesterov",
            lambda gradients, learning_rate, momentum, nesterov: momentum_steps(
                gradients, learning_rate, momentum, True
            ),
            "these are Nesterov's steps, also where they are not asked for. What is the argument `nesterov` for?",
        ),
        Mistake(
            "Nesterov without the push",
            _momentum(step_of=lambda velocity, push, momentum: momentum * velocity),
            "momentum is right. In Nesterov's form the first step is too short: what counts at once, beside the "
            "velocity's part?",
        ),
        Mistake(
            "Nesterov on top",
            _momentum(step_of=lambda velocity, push, momentum: velocity + momentum * velocity),
            "momentum is right. In Nesterov's form the velocity is taken whole, and a share of it once more. One of "
            "the two parts is a push alone.",
        ),
        Mistake(
            "Nesterov without momentum",
            _momentum(step_of=lambda velocity, push, momentum: velocity + push),
            "momentum is right. In Nesterov's form the steps are too long: only a share of the velocity is taken.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Follow the velocity by hand, from 0.",
    explanation="Pushes that agree add up, pushes that do not cancel; with a share of .9, to ten times a push.",
)

# --- 3.9: RMSprop ---


def rmsprop_steps(gradients, learning_rate, rho, epsilon):
    """Return a right answer to 3.9."""
    average, steps = 0.0, []
    for gradient in gradients:
        average = rho * average + (1 - rho) * gradient**2
        steps.append(-learning_rate * gradient / np.sqrt(average + epsilon))
    return steps


def _square(mean, gradient, rho):
    return rho * mean + (1 - rho) * gradient**2


def _rmsprop(average, divisor=lambda mean, epsilon, rho, step: np.sqrt(mean + epsilon)):
    """Return a function like `rmsprop_steps` with other formulas."""

    def steps_of(gradients, learning_rate, rho, epsilon):
        mean, steps = 0.0, []
        for step, gradient in enumerate(gradients, start=1):
            mean = average(mean, gradient, rho)
            steps.append(-learning_rate * gradient / divisor(mean, epsilon, rho, step))
        return steps

    return steps_of


def rmsprop_with_mean(gradients, learning_rate, rho, epsilon):
    """Divide the average gradient, not the gradient."""
    mean, square, steps = 0.0, 0.0, []
    for gradient in gradients:
        mean, square = rho * mean + (1 - rho) * gradient, _square(square, gradient, rho)
        steps.append(-learning_rate * mean / np.sqrt(square + epsilon))
    return steps


def _root_of_square(mean, epsilon, rho, step):
    return np.sqrt(mean**2 + epsilon)


rmsprop = Function(
    "3.9",
    call="rmsprop_steps",
    reference=rmsprop_steps,
    given=_rmsprop(lambda mean, gradient, rho: (1 - rho) * mean + rho * gradient, _root_of_square),
    cases=[
        ([1.0], 0.1, 0.75, 0.01),
        ([1.0, 1.0], 0.1, 0.75, 0.01),
        ([1.0, -1.0, 1.0], 0.1, 0.75, 0.01),
        ([3.0, 0.0, -0.5], 0.1, 0.9, 0.25),
        (np.array([[0.1, 10.0], [0.1, -10.0], [0.2, 5.0]]), 0.01, 0.9, 0.001),
    ],
    mistakes=[
        Mistake(
            "square of the mean",
            _rmsprop(lambda mean, gradient, rho: rho * mean + (1 - rho) * gradient, _root_of_square),
            "one fault is gone. Now let the gradient be 1, -1, 1, -1, ... What is the average of these, and what is "
            "the average of their squares? Which one tells their size?",
        ),
        Mistake(
            "swapped",
            _rmsprop(lambda mean, gradient, rho: (1 - rho) * mean + rho * gradient**2),
            "one fault is gone. With `rho` = .9 the average should keep nine tenths of what it was. How much of the "
            "past is left in yours after one step?",
        ),
        Mistake(
            "no root",
            _rmsprop(_square, lambda mean, epsilon, rho, step: mean + epsilon),
            "the average is that of squares, so for a gradient ten times as large it is a hundred times as large. "
            "What makes a size of it again?",
        ),
        Mistake(
            "epsilon outside",
            _rmsprop(_square, lambda mean, epsilon, rho, step: np.sqrt(mean) + epsilon),
            "one detail is left, the place of `epsilon`. Read the docstring: is it added before the root is taken, or "
            "after?",
        ),
        Mistake(
            "corrected",
            _rmsprop(_square, lambda mean, epsilon, rho, step: np.sqrt(mean / (1 - rho**step) + epsilon)),
            "the average is corrected for its start at 0. Adam does that; the function here does not.",
        ),
        Mistake(
            "not kept",
            _rmsprop(lambda mean, gradient, rho: (1 - rho) * gradient**2),
            "the first step is right, and all others look as if they were first. Where does the average live between "
            "two gradients?",
        ),
        Mistake(
            "sum",
            _rmsprop(lambda mean, gradient, rho: rho * mean + gradient**2),
            "with a gradient of 1 all the time, an average of squares comes to 1. To what does yours come?",
        ),
        Mistake(
            "never forgets",
            _rmsprop(lambda mean, gradient, rho: mean + gradient**2),
            "all squares are summed up and none is forgotten (that is an optimizer of its own, Adagrad), so the steps "
            "become shorter for ever. What is `rho` for?",
        ),
        Mistake(
            "one rate for all",
            _rmsprop(lambda mean, gradient, rho: rho * mean + (1 - rho) * np.mean(gradient**2)),
            "with one weight it is right. With two, both are divided by the same number. How many averages are there?",
        ),
        Mistake(
            "squared length",
            _rmsprop(lambda mean, gradient, rho: rho * mean + (1 - rho) * np.sum(gradient**2)),
            "with one weight it is right. With two, the squares of both are added up. How many averages are there?",
        ),
        Mistake(
            "absolute values",
            _rmsprop(
                lambda mean, gradient, rho: rho * mean + (1 - rho) * np.abs(gradient),
                lambda mean, epsilon, rho, step: mean + epsilon,
            ),
            "the average of the absolute values tells the size too; RMSprop takes another one. What do the letters "
            "R, M and S stand for?",
        ),
        Mistake(
            "mean above",
            rmsprop_with_mean,
            "what you divide by is right. What is divided: the gradient of this step, or an average of several?",
        ),
        Mistake(
            "uphill",
            lambda *arguments: [-step for step in rmsprop_steps(*arguments)],
            "the lengths are right, and the steps go up.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Work out the average by hand, from 0.",
    explanation="The average of the squares knows the size of a gradient whose sign changes.",
)

# --- 3.10: a schedule ---


def learning_rate_at(step, steps, warmup_steps, highest, lowest):
    """Return a right answer to 3.10."""
    if step < warmup_steps:
        return highest * step / warmup_steps
    share = min((step - warmup_steps) / (steps - warmup_steps), 1)
    return lowest + (highest - lowest) * (1 + math.cos(math.pi * share)) / 2


def _cosine(share, highest, lowest):
    return lowest + (highest - lowest) * (1 + math.cos(math.pi * share)) / 2


def _rise(step, warmup_steps, highest, lowest):
    return highest * step / warmup_steps


def _from_the_top(step, steps, warmup_steps):
    return min((step - warmup_steps) / (steps - warmup_steps), 1)


def _schedule(fall=_cosine, rise=_rise, share=_from_the_top):
    """Return a function like `learning_rate_at` with other formulas."""

    def rate_at(step, steps, warmup_steps, highest, lowest):
        if step < warmup_steps:
            return rise(step, warmup_steps, highest, lowest)
        return fall(share(step, steps, warmup_steps), highest, lowest)

    return rate_at


schedule = Function(
    "3.10",
    call="learning_rate_at",
    reference=learning_rate_at,
    cases=[
        (0, 8, 0, 1.0, 0.0),
        (8, 8, 0, 1.0, 0.0),
        (4, 8, 0, 1.0, 0.0),
        (2, 8, 0, 1.0, 0.0),
        (20, 8, 0, 1.0, 0.0),
        (0, 12, 4, 1.0, 0.0),
        (1, 12, 4, 1.0, 0.0),
        (3, 12, 4, 1.0, 0.0),
        (4, 12, 4, 1.0, 0.0),
        (8, 12, 4, 1.0, 0.0),
        (11, 12, 4, 1.0, 0.0),
        (12, 12, 4, 1.0, 0.0),
        (13, 12, 4, 1.0, 0.0),
        (2, 12, 4, 0.5, 0.1),
        (4, 12, 4, 0.5, 0.1),
        (7, 12, 4, 0.5, 0.1),
        (12, 12, 4, 0.5, 0.1),
        (15, 12, 4, 0.5, 0.1),
    ],
    mistakes=[
        Mistake(
            "starts high",
            _schedule(rise=lambda step, warmup_steps, highest, lowest: highest * (1 - step / warmup_steps)),
            "the fall is right. The warm-up begins at the highest rate and ends at 0. Which way should it go?",
        ),
        Mistake(
            "level at first",
            _schedule(rise=lambda step, warmup_steps, highest, lowest: highest),
            "the fall is right. During the warm-up the rate is already the highest one. What is the warm-up for?",
        ),
        Mistake(
            "no warm-up",
            lambda step, steps, warmup_steps, highest, lowest: _cosine(min(step / steps, 1), highest, lowest),
            "without a warm-up it is right. What does the rate do in the first `warmup_steps` steps?",
        ),
        Mistake(
            "one step early",
            _schedule(rise=lambda step, warmup_steps, highest, lowest: highest * (step + 1) / warmup_steps),
            "the fall is right. The warm-up is one step ahead: which rate does the docstring want at step 0?",
        ),
        Mistake(
            "rises from the lowest",
            _schedule(
                rise=lambda step, warmup_steps, highest, lowest: lowest + (highest - lowest) * step / warmup_steps
            ),
            "the fall is right. The warm-up starts at the lowest rate; where does the docstring let it start?",
        ),
        Mistake(
            "whole period",
            _schedule(lambda share, highest, lowest: _cosine(2 * share, highest, lowest)),
            "the rate comes down and goes up again before the end: a whole period. What is the cosine of pi, and of "
            "two pi?",
        ),
        Mistake(
            "below the lowest",
            _schedule(lambda share, highest, lowest: lowest + (highest - lowest) * math.cos(math.pi * share)),
            "the rate falls below its lowest value. From what to what does a cosine go on its way from 0 to pi? It "
            "must go from 1 to 0.",
        ),
        Mistake(
            "bare cosine",
            _schedule(lambda share, highest, lowest: highest * math.cos(math.pi * share)),
            "the rate becomes negative: such a step goes up. A cosine goes from 1 to -1 on its way; what makes that "
            "1 to 0?",
        ),
        Mistake(
            "quarter of a period",
            _schedule(lambda share, highest, lowest: lowest + (highest - lowest) * math.cos(math.pi / 2 * share)),
            "both ends are right, and the way between them bends in one direction only: a quarter of a period. What "
            "rate does the docstring want halfway?",
        ),
        Mistake(
            "straight line",
            _schedule(lambda share, highest, lowest: highest + (lowest - highest) * share),
            "both ends and the middle are right, and the way between them is straight.",
        ),
        Mistake(
            "lowest on top",
            _schedule(lambda share, highest, lowest: _cosine(share, highest, 0) + lowest),
            "where the lowest rate is not 0, the fall begins above the highest one. How far has it to fall?",
        ),
        Mistake(
            "lowest as a floor",
            _schedule(lambda share, highest, lowest: max(lowest, _cosine(share, highest, 0))),
            "the lowest rate cuts the curve off, so it is reached long before the end. How far has the rate to fall in "
            "all?",
        ),
        Mistake(
            "down to 0",
            _schedule(lambda share, highest, lowest: _cosine(share, highest, 0)),
            "the rate falls to 0. What is the argument `lowest` for?",
        ),
        Mistake(
            "counted from step 0",
            _schedule(share=lambda step, steps, warmup_steps: min(step / steps, 1)),
            "after the warm-up the rate jumps. The fall begins there: how many steps of it are done then?",
        ),
        Mistake(
            "late end",
            _schedule(share=lambda step, steps, warmup_steps: min((step - warmup_steps) / steps, 1)),
            "the lowest rate is reached after the end. Of the `steps`, the warm-up has taken some: how many are left "
            "for the fall?",
        ),
        Mistake(
            "rises again",
            _schedule(share=lambda step, steps, warmup_steps: (step - warmup_steps) / (steps - warmup_steps)),
            "up to the end it is right. After it the cosine goes on and the rate rises again. What should it do?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Where on the curve is this step?",
    explanation="Up in a straight line, down along half a cosine, and level from there on.",
)

# --- 3.11: clipping ---


def clip_together(gradients, largest):
    """Return a right answer to 3.11."""
    length = math.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    factor = largest / length if length > largest else 1.0
    return [gradient * factor for gradient in gradients]


def _clip(length_of):
    """Return a function like `clip_together` that measures the length in another way."""

    def clipped(gradients, largest):
        length = length_of(gradients)
        return [gradient * (largest / length if length > largest else 1.0) for gradient in gradients]

    return clipped


def _length(gradients):
    return math.sqrt(sum(np.sum(gradient**2) for gradient in gradients))


clip = Function(
    "3.11",
    call="clip_together",
    reference=clip_together,
    cases=[
        ([np.array([3.0, 4.0])], 2.5),
        ([np.array([3.0, 4.0])], 6.0),
        ([np.array([0.3, 0.4])], 2.0),
        ([np.array([3.0]), np.array([-4.0])], 2.0),
        ([np.array([6.0]), np.array([8.0])], 9.0),
        ([np.array([[1.0, 2.0], [4.0, -2.0]]), np.array([12.0])], 6.5),
        ([np.zeros((2, 2)), np.zeros(1)], 1.0),
    ],
    mistakes=[
        Mistake(
            "each number",
            lambda gradients, largest: [np.clip(gradient, -largest, largest) for gradient in gradients],
            "each number is cut off on its own, which turns the gradient into another direction. By what may all of "
            "its numbers be multiplied?",
        ),
        Mistake(
            "each array",
            lambda gradients, largest: [_clip(_length)([gradient], largest)[0] for gradient in gradients],
            "with one array it is right. With several, each is shortened on its own, so the direction of the whole "
            "changes. How long are all of them together?",
        ),
        Mistake(
            "lengthened",
            lambda gradients, largest: [gradient * largest / max(_length(gradients), 1e-12) for gradient in gradients],
            "a long gradient is shortened as it should be. And what becomes of a short one?",
        ),
        Mistake(
            "maximum for minimum",
            lambda gradients, largest: [
                gradient * max(1.0, largest / max(_length(gradients), 1e-12)) for gradient in gradients
            ],
            "it lengthens short gradients and leaves long ones alone. Which of the two factors should be taken?",
        ),
        Mistake(
            "no root",
            _clip(lambda gradients: sum(np.sum(gradient**2) for gradient in gradients)),
            "the result is too short. For the numbers 3 and 4, what do you take for the length? Pythagoras has one "
            "more step.",
        ),
        Mistake(
            "lengths added",
            _clip(lambda gradients: sum(np.linalg.norm(gradient) for gradient in gradients)),
            "with one array it is right. With several, their lengths are added up. How long is the way from a corner "
            "of a rectangle to the opposite one?",
        ),
        Mistake(
            "sizes added",
            _clip(lambda gradients: sum(np.abs(gradient).sum() for gradient in gradients)),
            "the numbers are added up without their signs. For 3 and 4, how long is the arrow?",
        ),
        Mistake(
            "largest number",
            _clip(lambda gradients: max(np.abs(gradient).max() for gradient in gradients)),
            "the length of the result is still too large. You shorten by the largest of the numbers; what is the "
            "length of all of them?",
        ),
        Mistake(
            "longest array",
            _clip(lambda gradients: max(np.linalg.norm(gradient) for gradient in gradients)),
            "with one array it is right. With several, you look at the longest one alone. How long are all together?",
        ),
        Mistake(
            "first array only",
            _clip(lambda gradients: np.linalg.norm(gradients[0])),
            "with one array it is right. With several, you measure the first one. How long are all together?",
        ),
        Mistake(
            "to length 1",
            lambda gradients, largest: (
                [gradient / _length(gradients) for gradient in gradients] if _length(gradients) > largest else gradients
            ),
            "a long gradient comes out with length 1. How long may it be?",
        ),
        Mistake(
            "to nothing",
            lambda gradients, largest: [gradient * (_length(gradients) <= largest) for gradient in gradients],
            "a long gradient becomes 0, and the step is lost. Its direction may still be of use: what stays of it?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. How long is it, and how long may it be?",
    explanation="One factor for all numbers keeps the direction; Keras calls it `global_clipnorm`.",
)

# --- 3.12: a fair comparison ---


class _Optimizer:
    """Remembers how many runs it has been used for, as a velocity would."""

    def __init__(self, skill: float):
        self.skill, self.runs = skill, 0


def _train(optimizer, seed):
    """Return the score of a pretended run: by skill, by luck with the seed, and worse for an optimizer that is used."""
    optimizer.runs += 1
    return optimizer.skill + seed * 37 % 11 / 100 - 0.1 * (optimizer.runs - 1)


def compare(train, makers, runs):
    """Return a right answer to 3.12."""
    table = {}
    for name, make in makers.items():
        scores = [train(make(), seed) for seed in range(runs)]
        table[name] = (np.mean(scores), min(scores), max(scores))
    return table


def _three(scores):
    return np.mean(scores), min(scores), max(scores)


def _compare(seed_of=lambda run, number: run, table=_three, anew=True):
    """Return a function like `compare` that takes other seeds, reports something else, or uses optimizers again."""

    def comparison(train, makers, runs):
        rows = {}
        for number, (name, make) in enumerate(makers.items()):
            used = make()
            scores = [train(make() if anew else used, seed_of(run, number)) for run in range(runs)]
            rows[name] = table(scores)
        return rows

    return comparison


def compare_as_given(train, makers, runs):
    """Compare as the function of 3.12 does before it is mended."""
    return _running_on(train, makers, runs, anew=False)


def _running_on(train, makers, runs, anew=True):
    return _compare(lambda run, number: number * runs + run, anew=anew)(train, makers, runs)


def _comparison_case(runs, **skills):
    makers = {name: lambda skill=skill: _Optimizer(skill) for name, skill in skills.items()}
    names = ", ".join(f'"{name}": ...' for name in skills)
    return Case(_train, makers, runs, shown=f"compare(train, {{{names}}}, runs={runs}) with a pretended train")


def _mean_and_deviation(scores):
    return np.mean(scores), np.mean(scores) - np.std(scores), np.mean(scores) + np.std(scores)


fair = Function(
    "3.12",
    call="compare",
    reference=compare,
    given=compare_as_given,
    cases=[
        _comparison_case(1, SGD=0.8),
        _comparison_case(2, SGD=0.8),
        _comparison_case(1, SGD=0.8, Adam=0.9),
        _comparison_case(3, SGD=0.8, Adam=0.9, RMSprop=0.7),
    ],
    mistakes=[
        Mistake(
            "one optimizer",
            _compare(anew=False),
            "the starts are right now. Each optimizer remembers a velocity, or averages. With which memory does the "
            "second run begin?",
        ),
        Mistake(
            "other starts",
            _running_on,
            "each run has a fresh optimizer now. With which seeds does the first optimizer run, and with which the "
            "second? Print them.",
        ),
        Mistake(
            "starts far apart",
            _compare(lambda run, number: 100 * number + run),
            "each optimizer has seeds of its own, so one may have the luckier starts. Which seeds does the docstring "
            "name?",
        ),
        Mistake(
            "one seed",
            _compare(lambda run, number: 0),
            "all runs of an optimizer start alike, so the spread is 0 and says nothing. Which seed has the second run?",
        ),
        Mistake(
            "seed for each optimizer",
            _compare(lambda run, number: number),
            "the seed changes with the optimizer and not with the run. It should be the other way round.",
        ),
        Mistake(
            "best run",
            _compare(table=max),
            "this is the best run of each. Whoever has more luck wins. Which three numbers does the docstring name?",
        ),
        Mistake(
            "mean only",
            _compare(table=np.mean),
            "this is the mean of each. How far apart are its runs? The docstring names three numbers.",
        ),
        Mistake(
            "standard deviation",
            _compare(table=_mean_and_deviation),
            "the mean is right. These bounds come from the standard deviation; which two scores does the docstring "
            "name?",
        ),
        Mistake(
            "all scores",
            _compare(table=list),
            "these are the scores themselves. The docstring wants three numbers made of them, however many there are.",
        ),
        Mistake(
            "order",
            _compare(table=lambda scores: (min(scores), np.mean(scores), max(scores))),
            "the three numbers are right. In which order does the docstring name them?",
        ),
        Mistake(
            "highest before lowest",
            _compare(table=lambda scores: (np.mean(scores), max(scores), min(scores))),
            "the three numbers are right, and two of them stand in the other order in the docstring.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Which seeds are used, and how often is each "
    "optimizer made?",
    explanation="The same starts for all, a fresh optimizer for each run, and the spread beside the mean.",
)

# --- 3.13: AdamW ---


def adamw_path(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """Return a right answer to 3.13."""
    mean, square, path = 0.0, 0.0, []
    for step, gradient in enumerate(gradients, start=1):
        mean = beta_1 * mean + (1 - beta_1) * gradient
        square = beta_2 * square + (1 - beta_2) * gradient**2
        size = np.sqrt(square / (1 - beta_2**step)) + epsilon
        weights = weights * (1 - learning_rate * weight_decay)
        weights = weights - learning_rate * mean / (1 - beta_1**step) / size
        path.append(weights)
    return path


def _root(square, epsilon):
    return np.sqrt(square) + epsilon


def _adamw(
    add=lambda mean, gradient, beta: beta * mean + (1 - beta) * gradient,
    square_of=lambda gradient, mean: gradient**2,
    first=1,
    count=1,
    corrected=(True, True),
    root=_root,
    shrink=lambda weights, rate, decay: rate * decay * weights,
    penalty=0.0,
    late_decay=False,
    sign=-1,
):
    """Return a function like `adamw_path` with some of its parts exchanged."""

    def path_of(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        mean, square, step, path = 0.0, 0.0, first, []
        for gradient in gradients:
            gradient = gradient + penalty * weight_decay * weights
            mean = add(mean, gradient, beta_1)
            square = beta_2 * square + (1 - beta_2) * square_of(gradient, mean)
            fair_mean = mean / (1 - beta_1**step) if corrected[0] else mean
            fair_square = square / (1 - beta_2**step) if corrected[1] else square
            move = sign * learning_rate * fair_mean / root(fair_square, epsilon)
            weights = weights + move - shrink(weights + move if late_decay else weights, learning_rate, weight_decay)
            path.append(weights)
            step += count
        return path

    return path_of


def adamw_swapped(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """Exchange the two averages' shares."""
    return adamw_path(weights, gradients, learning_rate, weight_decay, beta_2, beta_1, epsilon)


def adamw_from_the_start(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """Take every step from where the walk began."""
    path = [weights, *adamw_path(weights, gradients, learning_rate, 0.0, beta_1, beta_2, epsilon)]
    return [weights * (1 - learning_rate * weight_decay) + after - before for before, after in itertools.pairwise(path)]


def adamw_with_epsilon_inside(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """Add epsilon to the average square that is not yet corrected."""
    mean, square, path = 0.0, 0.0, []
    for step, gradient in enumerate(gradients, start=1):
        mean = beta_1 * mean + (1 - beta_1) * gradient
        square = beta_2 * square + (1 - beta_2) * gradient**2
        correction = math.sqrt(1 - beta_2**step) / (1 - beta_1**step)
        move = learning_rate * correction * mean / np.sqrt(square + epsilon)
        weights = weights * (1 - learning_rate * weight_decay) - move
        path.append(weights)
    return path


def _dividing_by_0(*arguments):
    raise ZeroDivisionError


adamw = Function(
    "3.13",
    call="adamw_path",
    reference=adamw_path,
    cases=[
        (np.array([0.0]), np.array([[0.1]]), 0.5, 0.0, 0.9, 0.999),
        (np.array([0.0]), np.array([[0.1], [0.1]]), 0.5, 0.0, 0.9, 0.999),
        (np.array([0.0]), np.array([[2.0], [-1.0], [0.5]]), 0.5, 0.0, 0.9, 0.999),
        (np.array([0.0]), np.array([[0.001], [0.002]]), 0.5, 0.0, 0.5, 0.5),
        (np.array([4.0]), np.array([[0.1]]), 0.5, 0.2, 0.9, 0.999),
        (np.array([4.0]), np.array([[1.0], [-2.0], [0.2]]), 0.25, 0.5, 0.5, 0.75),
        (np.array([1.0, -2.0]), np.array([[0.1, -100.0], [0.3, 50.0], [-0.1, 20.0]]), 0.1, 0.3, 0.8, 0.99),
    ],
    mistakes=[
        Mistake(
            "no correction",
            _adamw(corrected=(False, False)),
            "the first step is more than three times as long as the learning rate. Both averages start at 0: what do "
            "they hold after one step, and what should they?",
        ),
        Mistake(
            "only the mean corrected",
            _adamw(corrected=(True, False)),
            "the average gradient is corrected for its start at 0. How many averages are there?",
        ),
        Mistake(
            "only the square corrected",
            _adamw(corrected=(False, True)),
            "the average square is corrected for its start at 0. How many averages are there?",
        ),
        Mistake(
            "counted from 0",
            _adamw(first=0),
            "something is divided by 0, and nan comes out. In the correction of the very first step, what is t?",
        ),
        Mistake(
            "divided by 0",
            _dividing_by_0,
            "the function divides by 0 in its first step. With which number do you count that step?",
        ),
        Mistake(
            "always the first step",
            _adamw(count=0),
            "the first step is right. The later ones are corrected as if they were first: what changes in the "
            "correction from step to step?",
        ),
        Mistake(
            "betas swapped",
            adamw_swapped,
            "the two averages have exchanged their shares. Which of them forgets faster, with .9, and which with .999?",
        ),
        Mistake(
            "square of the mean",
            _adamw(square_of=lambda gradient, mean: gradient, root=lambda square, epsilon: np.abs(square) + epsilon),
            "you square an average. Where the signs of the gradient alternate, that is near 0, whatever their size. "
            "Which comes first, the square or the average?",
        ),
        Mistake(
            "average of squared means",
            _adamw(square_of=lambda gradient, mean: mean**2),
            "the second average is fed with squares of the first one. Of what does Adam average the squares?",
        ),
        Mistake(
            "epsilon inside",
            _adamw(root=lambda square, epsilon: np.sqrt(square + epsilon)),
            "all steps are right up to `epsilon`. RMSprop has it in another place than Adam: read the docstring.",
        ),
        Mistake(
            "epsilon inside, not corrected",
            adamw_with_epsilon_inside,
            "`epsilon` stands where RMSprop has it, and is felt there. Where does the docstring want it?",
        ),
        Mistake(
            "no root",
            _adamw(root=lambda square, epsilon: square + epsilon),
            "the second average is that of squares. What makes a size of it again, before it divides?",
        ),
        Mistake(
            "sums",
            _adamw(add=lambda mean, gradient, beta: beta * mean + gradient),
            "the first average is a sum, as in momentum: the new gradient comes in whole. With which share should it?",
        ),
        Mistake(
            "decay in the gradient",
            _adamw(penalty=1.0, shrink=lambda weights, rate, decay: 0.0),
            "the decay is put into the gradient, and is divided by its size like everything else: that is Adam with a "
            "penalty. Where does AdamW let the decay act?",
        ),
        Mistake(
            "decay without the rate",
            _adamw(shrink=lambda weights, rate, decay: decay * weights),
            "the weights shrink too fast. What else is the decay multiplied by?",
        ),
        Mistake(
            "no decay",
            _adamw(shrink=lambda weights, rate, decay: 0.0),
            "Adam is right. What is the argument `weight_decay` for?",
        ),
        Mistake(
            "decay adds",
            _adamw(shrink=lambda weights, rate, decay: -rate * decay * weights),
            "Adam is right. And the decay makes the weights grow: which way is 0?",
        ),
        Mistake(
            "decay of the new weights",
            _adamw(late_decay=True),
            "Adam is right. The decay is that of the weights after the step; the docstring wants it before.",
        ),
        Mistake("uphill", _adamw(sign=1), "these steps go up. The gradient says where the loss rises."),
        Mistake(
            "from the start each time",
            adamw_from_the_start,
            "the first weights are right. From where does the second step begin?",
        ),
        Mistake(
            "start among them",
            lambda weights, *others: [weights, *adamw_path(weights, *others)],
            "there is one row too many. The docstring wants the weights *after* each gradient.",
        ),
        Mistake(
            "steps, not weights",
            lambda weights, *others: np.diff([weights, *adamw_path(weights, *others)], axis=0),
            "these are the steps. The function returns the weights to which they lead.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Work out both averages by hand, from 0.",
    explanation="These are Keras's steps, to the rounding of `epsilon`.",
)

EXERCISES = [
    gradient_of_what,
    fates,
    batch,
    first_steps,
    remedies,
    rate,
    differences,
    _momentum_steps,
    rmsprop,
    schedule,
    clip,
    fair,
    adamw,
]
