"""Exercises of lesson 02, loss functions."""

from __future__ import annotations

import math

import numpy as np

from course_utils.checks.forms import Case, Choice, Custom, Function, Mistake, Value, words_of
from course_utils.checks.values import show


def _sigmoid(logit):
    return 1 / (1 + math.exp(-logit))


# --- 2.1: a step of the logit ---

_STEP = math.log(8)

step = Value(
    "2.1",
    answer=2 / 3,
    rtol=0,
    atol=0.007,
    mistakes=[
        Mistake(
            "odds",
            2,
            "these are odds now, and they are right. A probability of one half has odds of 1: which probability has "
            "yours?",
        ),
        Mistake(
            "logit",
            math.log(2),
            "this is the logit after the step, and it is right. Two moves lead from a logit to a probability.",
        ),
        Mistake(
            "probability times 8",
            0.2 * 8,
            "a probability above 1? A step of the logit multiplies something, but not the probability.",
        ),
        Mistake(
            "probability plus the step",
            0.2 + _STEP,
            "you add the step to the probability. To what does the program add it?",
        ),
        Mistake(
            "probability taken for odds",
            1.6 / 2.6,
            "you take the first probability for odds. What is divided by what in odds?",
        ),
        Mistake(
            "probability taken for a logit",
            _sigmoid(0.2 + _STEP),
            "you take the first probability for a logit. Which logit belongs to it? Is it above zero or below?",
        ),
        Mistake(
            "odds upside down",
            32 / 33,
            "the odds at the start stand upside down: do they belong to something probable or to something improbable?",
        ),
        Mistake(
            "starts at one half",
            8 / 9,
            "this is where the step leads from a logit of 0. Where does this picture start?",
        ),
        Mistake(
            "of the other answer",
            1 / 3,
            "the odds are right. Is this the probability of *face*, or that of *no face*?",
        ),
        Mistake(
            "base 10",
            _sigmoid(math.log10(0.25) + _STEP),
            "you mix logarithms to base 10 with powers of e. Which does the lesson mean by log, and NumPy by `np.log`?",
        ),
        Mistake(
            "base 2",
            _sigmoid(-2 + _STEP),
            "you mix logarithms to base 2 with powers of e. Which does the lesson mean by log, and NumPy by `np.log`?",
        ),
        Mistake(
            "step divides",
            1 / 33,
            "the probability falls here. A larger logit: is *face* more probable then, or less?",
        ),
    ],
    otherwise="make the question small: at a logit of 0 the odds are 1 to 1, and a step of log 3 makes them 3 to 1, "
    "which is a probability of three quarters. What are the odds of this picture before the step?",
    explanation="A sum of logits is a product of odds, so no calculator is needed: a quarter, eight times.",
)

# --- 2.2: cross-entropy by hand ---

by_hand = Value(
    "2.2",
    answer=math.log(32) / 3,
    rtol=0,
    atol=0.006,
    mistakes=[
        Mistake("sum", math.log(32), "this is the sum for all pictures. With ten times as many pictures, what then?"),
        Mistake(
            "base 10",
            math.log10(32) / 3,
            "these are logarithms to base 10 (`np.log10`, or the key *log* of a calculator). Which base does the "
            "lesson take?",
        ),
        Mistake(
            "base 2",
            5 / 3,
            "these are logarithms to base 2, so this is the loss in bits. Which base does the lesson take?",
        ),
        Mistake(
            "sign",
            -math.log(32) / 3,
            "the size is right. A loss is made small: should a likelihood of 1 be its smallest value, or its largest?",
        ),
        Mistake(
            "only label 1",
            math.log(8) / 3,
            "the picture without a face costs nothing here. Which probability did the network give to the truth of it?",
        ),
        Mistake(
            "only label 1, mean of two",
            math.log(8) / 2,
            "this is the mean over the two faces. There are three pictures, and the network said something of each.",
        ),
        Mistake(
            "label 0 like label 1",
            -np.log([0.5, 0.75, 0.25]).mean(),
            "of the second picture you took the probability of *face*. What is the truth there, and how probable does "
            "the network find it?",
        ),
        Mistake(
            "labels exchanged",
            -np.log([0.5, 0.75, 0.75]).mean(),
            "label 1 and label 0 have changed places here: for a face, the truth is *face*.",
        ),
        Mistake(
            "likelihood",
            1 / 32,
            "this is the likelihood, the first half of the way. Now its logarithm, its sign, and how many pictures "
            "share it.",
        ),
        Mistake(
            "logarithm of the mean",
            math.log(3),
            "you take the mean first and the logarithm of it then. The likelihood is a product: which of the two, "
            "mean or logarithm, belongs to each picture?",
        ),
        Mistake(
            "mean distance",
            2 / 3,
            "this is the mean distance of probability and label. The cross-entropy has a logarithm in it.",
        ),
        Mistake(
            "mean squared error",
            (0.25 + 0.5625 + 0.5625) / 3,
            "this is the mean squared error. The cross-entropy comes from the likelihood.",
        ),
        Mistake(
            "probability",
            32 ** (-1 / 3),
            "this is a probability: the one that, given to the truth of each picture, has the same likelihood. The "
            "loss is minus a logarithm.",
        ),
    ],
    otherwise="make it smaller: two pictures, and the truth of each got one half. Their likelihood is one quarter, and "
    "their loss is log 4 shared by two: 0.693. Which three probabilities did the truth get here?",
    explanation="The likelihood is 1 in 32; its logarithm is a sum, which the pictures share.",
)

# --- 2.3: one threshold, written twice ---

threshold = Value(
    "2.3",
    answer=0.28,
    rtol=0,
    atol=0.004,
    mistakes=[
        Mistake(
            "one minus distance",
            1 - 1.2,
            "try this rule on two opposite embeddings of length 1, which are 2 apart: it gives -1, as it must. Now try "
            "a right angle: how far apart are these two?",
        ),
        Mistake(
            "square not halved",
            1 - 1.2**2,
            "try this rule on two opposite embeddings of length 1, which are 2 apart. Can a cosine be that small?",
        ),
        Mistake(
            "half of the square",
            1.2**2 / 2,
            "this grows with the distance. What does a cosine do when two faces move apart?",
        ),
        Mistake(
            "not squared",
            1 - 1.2 / 2,
            "try this rule on two opposite embeddings, which are 2 apart: it gives 0. Look at the left side of the "
            "identity in section 7: is it the distance?",
        ),
        Mistake(
            "cosine of the distance",
            math.cos(1.2),
            "you take the distance for an angle. The angle is measured along the circle, and the distance across.",
        ),
        Mistake(
            "2 minus the square",
            2 - 1.2**2,
            "nearly there: this is how often the cosine? Write the identity down and solve it for the cosine.",
        ),
        Mistake(
            "2 minus twice the distance",
            2 - 2 * 1.2,
            "you put the distance in the place of the cosine. Which of the two is known here?",
        ),
        Mistake(
            "square taken twice",
            2 - 2 * 1.2**2,
            "you put the squared distance in the place of the cosine. On which side of the identity does it stand?",
        ),
        Mistake(
            "same number",
            1.2,
            "no cosine is larger than 1.",
        ),
    ],
    otherwise="make it smaller: two embeddings of length 1 at a right angle have a cosine of 0, and Pythagoras says "
    "that they are 1.41 apart. Solve the identity in section 7 for the cosine, and try it on these two.",
    explanation="At length 1 both thresholds draw the same line, so they accept and refuse the same pairs.",
)

# --- 2.4: what do the numbers say? ---

CAUSES = {"forty": "numbers", "glasses": "single", "four": "twice", "crowd": "shuffled", "ages": "each"}
_WORDS = {*CAUSES.values(), "rows"}


def judge_causes(causes):
    """Look at the words, then at one run after the other."""
    said = yield from words_of(causes, CAUSES, _WORDS)
    for run, word in said.items():
        if word == "rows":
            yield "rows", [f"causes[{show(run)}] = {show(word)}"]
    for run, word in said.items():
        if word != CAUSES[run]:
            yield run, [f"causes[{show(run)}] = {show(word)}"]


causes = Custom(
    "2.4",
    judge_causes,
    right=[(CAUSES,)],
    hints={
        "not a dictionary": "keep the dictionary `causes` as it is, and put words in place of the dots.",
        "keys": "the dictionary has the five runs as its keys: forty, glasses, four, crowd, ages.",
        "words": "each run gets one word of the list, in quotes.",
        "rows": "does this mistake let a training run at all? Section 6 tries it.",
        "forty": "minus the logarithm of a probability is never below zero. In which formula does a factor turn "
        "negative if a label is not between 0 and 1?",
        "glasses": "look at the answers: all alike, and as certain as can be. Which function gives that, whatever it "
        "is given?",
        "four": "nearly all answers are right and certain, so the loss should be near zero. How is it computed from "
        "these answers? Try it for a perfect one: 1, 0, 0, 0.",
        "crowd": "compare the loss with log 40. How much does the network know of the labels, and what would keep it "
        "from finding more?",
        "ages": "the network says one number to everybody, and the loss is what the ages spread around it. To which "
        "ages is each answer compared?",
    },
    explanation="None of the five raises an error. The numbers give each of them away.",
)

# --- 2.5: why it stalls ---

stalling = Choice(
    "2.5",
    options="abcde",
    right="bc",
    chosen={
        "a": "one of your statements does not hold. At a logit of -6 the probability is nearly 0 and the label is 1: "
        "how large is the squared difference?",
        "d": "one of your statements does not hold. Steps a hundred times as large, for every example: what do they do "
        "to one at a logit of 0? And at -12, where the slope is 400 times smaller than at -6?",
        "e": "one of your statements does not hold. Which function's slope makes the gradient small, and does it stand "
        "behind the last unit there?",
    },
    missing={
        "b": "one more statement holds. Look at both ends of the dashed curve: at one end the answer is right.",
        "c": "one more statement holds. Write the gradient as a product, by the chain rule: the slope of the loss for "
        "p, times the slope of p for the logit. What is left for label 1?",
    },
    explanation="The slope of the sigmoid is in both gradients; in one, the slope of the logarithm makes up for it.",
)

# --- 2.6: smoothing and weights ---

smoothing_and_weights = Choice(
    "2.6",
    options="abcdef",
    right="bdf",
    chosen={
        "a": "one of your statements does not hold. With smoothing, what is the wanted probability of the true class? "
        "And what does a probability of 0 cost for a class of which a little is wanted?",
        "c": "one of your statements does not hold. Compare the column *found* of the lesson's table, section 6, for "
        "plain training and for smoothing.",
        "e": "one of your statements does not hold. What else makes a detector find more, with the very same network? "
        "Which column of the lesson's table, section 6, tells the two apart?",
    },
    missing={
        "b": "one more statement holds. Look at the column *sure* of the lesson's table, section 6, or ask where the "
        "gradient of a smoothed label is 0.",
        "d": "one more statement holds. Compare *found* and *mistaken* of the lesson's table, section 6: plain "
        "training, and weights.",
        "f": "one more statement holds. Multiply the loss of every example by the same number: which weights of a "
        "network have the smallest loss then?",
    },
    explanation="Smoothing changes how certain the answers are, weights change which mistakes cost most.",
)

# --- 2.7: a softmax that holds ---


def safe_softmax(logits):
    """Return a right answer to 2.7."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def softmax_as_given(logits):
    """Return what the function of 2.7 returns before it is mended."""
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum()


def _softmax(shift, total):
    """Return a softmax whose shift and sum are those of two functions of an array."""

    def made(logits):
        exponentials = np.exp(logits - shift(logits))
        return exponentials / total(exponentials)

    return made


def _each_row(name):
    return lambda array: getattr(array, name)(axis=1, keepdims=True)


holding = Function(
    "2.7",
    call="safe_softmax",
    reference=safe_softmax,
    given=softmax_as_given,
    cases=[
        (np.array([[0.0, 0.0]]),),
        (np.array([[1.0, 2.0, 3.0]]),),
        (np.array([[0.0, 1.0], [2.0, 2.0]]),),
        (np.array([[1.0, 2.0, 3.0], [3.0, 1.0, 1.0]]),),
        (np.array([[1001.0, 1002.0]]),),
        (np.array([[-1001.0, -1002.0]]),),
        (np.array([[-1000.0, 0.0, 1000.0]]),),
        (np.array([[1001.0, 1000.0], [0.0, 1.0]]),),
    ],
    mistakes=[
        Mistake(
            "whole array",
            _softmax(np.max, np.sum),
            "no overflow any more. And what does one row of your result sum to, where there are two?",
        ),
        Mistake(
            "sum of the whole array",
            _softmax(_each_row("max"), np.sum),
            "the maximum is taken in each row now. The sum still runs over the whole array: what must one row of "
            "probabilities sum to?",
        ),
        Mistake(
            "overflow",
            _softmax(lambda logits: 0, _each_row("sum")),
            "each row sums to 1 now, as long as the logits are small. Try a row with 1001 and 1002: the same number "
            "may be taken from all logits of a row.",
        ),
        Mistake(
            "columns, and overflow",
            _softmax(lambda logits: 0, lambda array: array.sum(axis=0)),
            "each column sums to 1 now. One row is one picture: along which axis do its classes lie? The other fault "
            "is there too.",
        ),
        Mistake(
            "columns",
            _softmax(lambda logits: logits.max(axis=0), lambda array: array.sum(axis=0)),
            "each column sums to 1. One row is one picture: along which axis do its classes lie?",
        ),
        Mistake(
            "one maximum",
            _softmax(np.max, _each_row("sum")),
            "one number is taken from the whole array. Try two rows, one of about 1000 and one of about 0: what is "
            "left of the second one after exp?",
        ),
        Mistake(
            "minimum",
            _softmax(_each_row("min"), _each_row("sum")),
            "what you take away makes the smallest logit 0, and what becomes of the largest, in a row with -1000 and "
            "1000? For which numbers may exp be asked?",
        ),
        Mistake(
            "mean",
            _softmax(_each_row("mean"), _each_row("sum")),
            "what you take away moves the middle to 0. In a row with -1000 and 1000, for which numbers is exp asked "
            "then?",
        ),
        Mistake(
            "largest size",
            _softmax(lambda logits: np.abs(logits).max(axis=1, keepdims=True), _each_row("sum")),
            "large positive logits are fine now. Try a row of -1001 and -1002: what is left after exp, and what is "
            "its sum?",
        ),
        Mistake(
            "clipped",
            lambda logits: _softmax(lambda _: 0, _each_row("sum"))(np.clip(logits, -500, 500)),
            "nothing overflows, but 1001 and 1002 become the same number. Which change of the logits leaves all "
            "probabilities as they are?",
        ),
        Mistake(
            "repaired afterwards",
            lambda logits: np.nan_to_num(_softmax(lambda _: 0, _each_row("sum"))(logits)),
            "where exp has overflowed, no repair brings the probabilities back. Can you keep it from overflowing?",
        ),
        Mistake(
            "shape of the sums",
            _softmax(_each_row("max"), lambda array: array.sum(axis=1)),
            "print the shapes on both sides of the division. With two rows and two columns NumPy divides each *column* "
            "by a sum, without a word; `keepdims` is for that.",
        ),
        Mistake(
            "shape of the maxima",
            _softmax(lambda logits: logits.max(axis=1), _each_row("sum")),
            "print the shapes on both sides of the subtraction. With two rows and two columns NumPy takes a maximum "
            "from each *column*, without a word; `keepdims` is for that.",
        ),
        Mistake(
            "logarithm",
            lambda logits: np.log(safe_softmax(logits)) if np.abs(logits).max() < 500 else _log_softmax(logits),
            "these are the logarithms of the probabilities.",
        ),
        Mistake(
            "sigmoid",
            lambda logits: 1 / (1 + np.exp(-logits)),
            "this is a sigmoid for each logit. What do the classes of one picture sum to?",
        ),
        Mistake(
            "sum left out",
            lambda logits: np.exp(logits - logits.max(axis=1, keepdims=True)),
            "the largest of each row is 1 here, whatever the others are. What is missing to make them probabilities?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Print the exponentials and their sums.",
    explanation="Whatever the logits are, exp is asked for nothing above 0, and each picture has its own sum.",
)


def _log_softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


# --- 2.8: the cosines of all pairs ---


def all_cosines(embeddings):
    """Return a right answer to 2.8."""
    units = _units(embeddings)
    return units @ units.T


def _units(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _products_by(lengths):
    """Return the products of all rows after a division by what a function says of the embeddings."""

    def made(embeddings):
        scaled = embeddings / lengths(embeddings)
        return scaled @ scaled.T

    return made


cosines = Function(
    "2.8",
    call="all_cosines",
    reference=all_cosines,
    cases=[
        (np.array([[3.0, 4.0], [6.0, 8.0]]),),
        (np.array([[3.0, 4.0], [8.0, -6.0]]),),
        (np.array([[1.0, 0.0], [3.0, 4.0], [-2.0, 0.0]]),),
        (np.array([[1.0, 2.0, 2.0], [0.0, 3.0, 4.0]]),),
        (np.array([[1.0, 2.0, 2.0], [0.0, 3.0, 4.0], [5.0, 0.0, -12.0]]),),
        Case(np.sin(np.arange(1.0, 41.0)).reshape(4, 10), shown="all_cosines(...) of four embeddings of ten numbers"),
    ],
    mistakes=[
        Mistake(
            "lengths left in",
            lambda embeddings: embeddings @ embeddings.T,
            "(3, 4) and (6, 8) point the same way, and your number for them is 50. What must be taken out of the "
            "embeddings first?",
        ),
        Mistake(
            "length of the whole array",
            _products_by(np.linalg.norm),
            "you divide everything by one number, the length of the whole array. Each embedding has a length of its "
            "own: what does `axis` say to `np.linalg.norm`?",
        ),
        Mistake(
            "columns",
            _products_by(lambda embeddings: np.linalg.norm(embeddings, axis=0)),
            "you divide by the lengths of the columns. One row is one embedding: along which axis do its numbers lie?",
        ),
        Mistake(
            "shape of the lengths",
            _products_by(lambda embeddings: np.linalg.norm(embeddings, axis=1)),
            "the lengths are right, and their shape is (n,). With two embeddings of two numbers NumPy divides each "
            "*column* by a length, without a word; with other shapes it stops. `keepdims` is for that.",
        ),
        Mistake(
            "one side",
            lambda embeddings: _units(embeddings) @ embeddings.T,
            "the result is not symmetric: one of the two faces still comes with its length.",
        ),
        Mistake(
            "squared length",
            _products_by(lambda embeddings: (embeddings**2).sum(axis=1, keepdims=True)),
            "you divide by the *squared* length. How long is (3, 4), and what is 3 * 3 + 4 * 4?",
        ),
        Mistake(
            "coordinates instead of faces",
            lambda embeddings: _units(embeddings).T @ _units(embeddings),
            "the result has a row for each number of an embedding. It should have one for each face: which of the two "
            "arrays is transposed?",
        ),
        Mistake(
            "each with itself",
            lambda embeddings: (_units(embeddings) ** 2).sum(axis=1),
            "this compares each face with itself, which gives 1. Each face with each: which shape has the result?",
        ),
        Mistake(
            "distance",
            lambda embeddings: 1 - all_cosines(embeddings),
            "this is 0 for the same direction: the *cosine distance*. What is the cosine of an angle of 0?",
        ),
        Mistake(
            "sign",
            lambda embeddings: -all_cosines(embeddings),
            "this is -1 for the same direction, as in Keras, where it is a loss. What is the cosine of an angle of 0?",
        ),
        Mistake(
            "euclidean",
            lambda embeddings: np.linalg.norm(embeddings[:, np.newaxis] - embeddings, axis=2),
            "these are the distances. (3, 4) and (6, 8) are far apart and point the same way: which of the two is "
            "asked for?",
        ),
        Mistake(
            "angle",
            lambda embeddings: np.arccos(np.clip(all_cosines(embeddings), -1, 1)),
            "these are the angles. Their cosines are asked for: you had them one step before.",
        ),
        Mistake(
            "centred",
            lambda embeddings: all_cosines(embeddings - embeddings.mean(axis=1, keepdims=True)),
            "this is the correlation, which takes the mean out of each embedding first. The cosine leaves it in.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. How long is each embedding, and what is the sum of "
    "the products of their numbers?",
    explanation="One product of matrices compares each face with each: a gallery is searched like that.",
)

# --- 2.9: class weights ---


def balanced_weights(labels):
    """Return a right answer to 2.9."""
    weights = _weights(labels, lambda count, counts: 1 / count)
    return _times(weights, len(labels) / len(weights))


def _weights(labels, rule):
    """Return what a rule makes of the count of each class, and of all counts."""
    classes, counts = np.unique(labels, return_counts=True)
    return {int(label): float(rule(count, counts)) for label, count in zip(classes, counts, strict=True)}


def _times(weights, factor):
    return {label: weight * factor for label, weight in weights.items()}


def _weights_that_sum_to(labels, total):
    weights = _weights(labels, lambda count, counts: 1 / count)
    return _times(weights, total(weights) / sum(weights.values()))


def _weights_upside_down(labels):
    weights = _weights(labels, lambda count, counts: count)
    return _times(weights, len(labels) / sum(weights[int(label)] for label in labels))


def _weights_from_zero(labels):
    counts = np.bincount(labels)
    return {label: float(len(labels) / (len(counts) * count)) for label, count in enumerate(counts)}


def _weights_for_two(labels):
    yes = np.mean(labels == 1)
    return {0: 0.5 / (1 - yes), 1: 0.5 / yes}


balanced = Function(
    "2.9",
    call="balanced_weights",
    reference=balanced_weights,
    cases=[
        (np.array([0, 1]),),
        (np.array([0, 0, 0, 1]),),
        (np.array([1, 1, 1, 1, 0]),),
        (np.array([0, 1, 1, 2, 2, 2]),),
        (np.array([7, 3, 3, 3]),),
        (np.array([4, 4]),),
    ],
    mistakes=[
        Mistake(
            "mean not 1",
            lambda labels: _weights(labels, lambda count, counts: 1 / count),
            "all classes have the same say now. Add the weights of all examples: the loss becomes far smaller than "
            "before, and with it the steps of the training. What should that sum be?",
        ),
        Mistake(
            "as many times as classes",
            lambda labels: _weights(labels, lambda count, counts: counts.sum() / count),
            "all classes have the same say now. For one example of each of two classes your weights are 2 and 2, so "
            "the loss doubles: how does that grow with the number of classes?",
        ),
        Mistake(
            "shares themselves",
            lambda labels: _weights(labels, lambda count, counts: count / counts.sum()),
            "these are the shares of the classes: the frequent class gets the larger weight. Who should get it?",
        ),
        Mistake(
            "upside down",
            _weights_upside_down,
            "the mean weight is 1, and the frequent class has the larger weight. Who should have it?",
        ),
        Mistake(
            "sum 1",
            lambda labels: _weights_that_sum_to(labels, lambda weights: 1),
            "all classes have the same say, and your weights sum to 1 over the *classes*. Take the mean over the "
            "*examples*: each example brings the weight of its class.",
        ),
        Mistake(
            "sum of the weights is the classes",
            lambda labels: _weights_that_sum_to(labels, len),
            "all classes have the same say, and the mean of your weights is 1 over the *classes*. Take it over the "
            "*examples*: most of them belong to the frequent class.",
        ),
        Mistake(
            "relative to the largest",
            lambda labels: _weights(labels, lambda count, counts: counts.max() / count),
            "all classes have the same say now, as with 1 : 24 in the lesson. Add the weights of all examples: is "
            "their mean 1?",
        ),
        Mistake(
            "share of the others",
            lambda labels: _weights(labels, lambda count, counts: 1 - count / counts.sum()),
            "the rare class gets the larger weight. Multiply the weight of each class by its number of examples: with "
            "three classes, are the products equal? And is the mean over the examples 1?",
        ),
        Mistake(
            "not a dictionary",
            lambda labels: np.array(list(balanced_weights(labels).values())),
            "the numbers are right. Keras's `fit` takes a dictionary: the class, and its weight.",
        ),
        Mistake(
            "one for each example",
            lambda labels: [balanced_weights(labels)[int(label)] for label in labels],
            "this is a weight for each example. It is right, and asked for is a dictionary with one for each class.",
        ),
        Mistake(
            "classes that do not occur",
            _weights_from_zero,
            "the classes of the docstring are those that occur; they need not begin at 0, nor be without gaps. What "
            "does your function do with the numbers that are left out?",
        ),
        Mistake(
            "two classes only",
            _weights_for_two,
            "right for classes 0 and 1. There may be other classes, and more of them.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Multiply each weight by the number of its examples: "
    "what must hold for these products, and for their sum?",
    explanation="Each class has the same say, and the loss keeps its size, so the learning rate can stay.",
)

# --- 2.10: the gradient with smoothed labels ---


def smoothed_gradient(labels, logits, label_smoothing):
    """Return a right answer to 2.10."""
    return _mean_gradient(logits, _smoothed(labels, logits, label_smoothing))


def _one_hot(labels, logits):
    return np.eye(logits.shape[1])[labels]


def _smoothed(labels, logits, label_smoothing):
    return _one_hot(labels, logits) * (1 - label_smoothing) + label_smoothing / logits.shape[1]


def _smoothed_over_others(labels, logits, label_smoothing):
    one_hot = _one_hot(labels, logits)
    return one_hot * (1 - label_smoothing) + (1 - one_hot) * label_smoothing / (logits.shape[1] - 1)


def _mean_gradient(logits, wanted):
    return (safe_softmax(logits) - wanted) / len(logits)


def _squared_error_gradient(labels, logits, label_smoothing):
    probabilities = safe_softmax(logits)
    difference = probabilities - _smoothed(labels, logits, label_smoothing)
    return 2 * probabilities * (difference - (difference * probabilities).sum(axis=1, keepdims=True)) / len(logits)


def _smoothed_loss(labels, logits, label_smoothing):
    return -(_smoothed(labels, logits, label_smoothing) * _log_softmax(logits)).sum(axis=1).mean()


smoothed = Function(
    "2.10",
    call="smoothed_gradient",
    reference=smoothed_gradient,
    cases=[
        (np.array([0]), np.array([[0.0, 0.0]]), 0.0),
        (np.array([1]), np.array([[0.0, 0.0, 0.0]]), 0.3),
        (np.array([2, 0]), np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]), 0.0),
        (np.array([2, 0]), np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]), 0.3),
        (np.array([1, 0, 3]), np.array([[2.0, 1.0, 0.0, -1.0], [0.5, 0.0, 0.0, 3.0], [0.0, 0.0, 1.0, 0.0]]), 0.1),
    ],
    mistakes=[
        Mistake(
            "sign",
            lambda labels, logits, label_smoothing: -smoothed_gradient(labels, logits, label_smoothing),
            "the sizes are right. The loss falls if the logit of the true class grows: which sign has its gradient "
            "then?",
        ),
        Mistake(
            "not divided",
            lambda labels, logits, label_smoothing: len(logits) * smoothed_gradient(labels, logits, label_smoothing),
            "right for one picture. The loss is a mean: with two pictures, how much of it does each have?",
        ),
        Mistake(
            "divided by all numbers",
            lambda labels, logits, label_smoothing: (
                smoothed_gradient(labels, logits, label_smoothing) / logits.shape[1]
            ),
            "you divide by the number of logits. The loss is a mean over the pictures: how many are there?",
        ),
        Mistake(
            "spread over the others",
            lambda labels, logits, label_smoothing: _mean_gradient(
                logits, _smoothed_over_others(labels, logits, label_smoothing)
            ),
            "right without smoothing. With .1 and 4 classes the lesson's label has .025 in three places and .925 in "
            "the fourth. Over how many classes is the tenth spread?",
        ),
        Mistake(
            "not smoothed",
            lambda labels, logits, label_smoothing: _mean_gradient(logits, _one_hot(labels, logits)),
            "right without smoothing. Where does the argument `label_smoothing` come in?",
        ),
        Mistake(
            "label not reduced",
            lambda labels, logits, label_smoothing: _mean_gradient(
                logits, _one_hot(labels, logits) + label_smoothing / logits.shape[1]
            ),
            "your smoothed labels of one picture sum to more than 1. What is spread must be taken from somewhere.",
        ),
        Mistake(
            "not shared",
            lambda labels, logits, label_smoothing: _mean_gradient(
                logits, _one_hot(labels, logits) * (1 - label_smoothing) + label_smoothing
            ),
            "each class gets all that is spread, so the labels of one picture sum to more than 1. How many classes "
            "share it?",
        ),
        Mistake(
            "gradient reduced",
            lambda labels, logits, label_smoothing: (
                (1 - label_smoothing) * _mean_gradient(logits, _one_hot(labels, logits))
            ),
            "you make the gradient of the hard label smaller, so it is still 0 at a probability of 1. Smoothing "
            "changes the *label*: where is the gradient 0 then?",
        ),
        Mistake(
            "logits as probabilities",
            lambda labels, logits, label_smoothing: (logits - _smoothed(labels, logits, label_smoothing)) / len(logits),
            "you compare logits with labels. The gradient has probabilities in that place.",
        ),
        Mistake(
            "sigmoid",
            lambda labels, logits, label_smoothing: (
                (1 / (1 + np.exp(-logits)) - _smoothed(labels, logits, label_smoothing)) / len(logits)
            ),
            "you take a sigmoid of each logit, so the probabilities of one picture do not sum to 1.",
        ),
        Mistake(
            "squared error",
            _squared_error_gradient,
            "this is the gradient of the squared error behind a softmax. That of the cross-entropy is shorter: what "
            "becomes of the slope?",
        ),
        Mistake(
            "true class only",
            lambda labels, logits, label_smoothing: (
                _one_hot(labels, logits) * smoothed_gradient(labels, logits, label_smoothing)
            ),
            "the classes that are not true get 0. If one logit grows, what does softmax do with the probabilities of "
            "the others?",
        ),
        Mistake(
            "added up",
            lambda labels, logits, label_smoothing: smoothed_gradient(labels, logits, label_smoothing).sum(axis=0),
            "you add up the pictures. Each logit has a gradient of its own: which shape has the result?",
        ),
        Mistake(
            "the loss",
            _smoothed_loss,
            "this is the loss, one number. Asked for is how much it changes with each logit.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Write down the probabilities, and the labels after "
    "smoothing.",
    explanation="Whatever the label is, hard or smoothed: what the network says, minus what is wanted.",
)

# --- 2.11: a check of any gradient ---


def largest_gap(loss, gradient, logits):
    """Return a right answer to 2.11, without the noise of the arithmetic: it is shown."""
    return float(np.abs(_differences(loss, gradient, logits)).max().round(6))


def _measured(loss, logits, step=1e-5, width=2e-5):
    slopes = np.zeros_like(logits)
    for place in np.ndindex(logits.shape):
        move = np.zeros_like(logits)
        move[place] = step
        slopes[place] = (loss(logits + move) - loss(logits - move)) / width
    return slopes


def _differences(loss, gradient, logits, **how):
    return gradient(logits) - _measured(loss, logits, **how)


def _gap_with_all_moved(loss, gradient, logits):
    slope = (loss(logits + 1e-5) - loss(logits - 1e-5)) / 2e-5
    return np.abs(gradient(logits) - slope).max()


def _gap_of_moves_that_stay(loss, gradient, logits):
    derived, start, moved, gaps = gradient(logits), loss(logits), logits.copy(), []
    for place in np.ndindex(logits.shape):
        moved[place] += 1e-6
        gaps.append(abs(derived[place] - (loss(moved) - start) / 1e-6))
    return max(gaps)


def _gap_of_rows(loss, gradient, logits):
    """Move one logit in each row at a time, as code does that was written for a single row."""
    moves = 1e-5 * np.eye(logits.shape[-1])[: len(logits)]
    slopes = [(loss(logits + move) - loss(logits - move)) / 2e-5 for move in moves]
    return np.abs(gradient(logits) - slopes).max()


def _case(loss, gradient, logits, words):
    call = f"largest_gap(loss, gradient, np.array({logits.tolist()}))"  # as floats: steps vanish in whole numbers
    return Case(loss, gradient, logits, shown=f"{call}, where {words}")


def _squares(logits):
    return (logits**2).sum()


def _chain(logits):
    return logits[0, 0] ** 2 + 3 * logits[0, 1] * logits[1, 0]


def _chain_gradient(logits):
    return np.array([[2 * logits[0, 0], 3 * logits[1, 0]], [0, 0]])


any_gradient = Function(
    "2.11",
    call="largest_gap",
    reference=largest_gap,
    rtol=1e-3,
    atol=1e-3,
    cases=[
        _case(_squares, lambda z: 2 * z, np.array([1.0]), "loss is z * z, and gradient is 2 * z"),
        _case(_squares, lambda z: z, np.array([3.0]), "loss is z * z, and gradient is z"),
        _case(_squares, lambda z: 3 * z, np.array([4.0]), "loss is z * z, and gradient is 3 * z"),
        _case(
            lambda z: (z**3).sum(), lambda z: 3 * z**2, np.array([2.0]), "loss is z * z * z, and gradient is 3 * z * z"
        ),
        _case(
            _squares,
            lambda z: 2 * z,
            np.array([1.0, -2.0, 0.5]),
            "loss is the sum of z * z, and gradient is 2 * z",
        ),
        _case(
            _squares,
            lambda z: 2 * z + np.array([0.3, -0.5, 0.1]),
            np.array([1.0, -2.0, 0.5]),
            "loss is the sum of z * z, and gradient is 2 * z + [0.3, -0.5, 0.1]",
        ),
        _case(
            _squares,
            lambda z: z[::-1] * 2,
            np.array([3.0, -1.0]),
            "loss is the sum of z * z, and gradient is 2 * z in the order from behind",
        ),
        _case(
            _chain,
            _chain_gradient,
            np.array([[1.0, 2.0], [3.0, 4.0]]),
            "loss is a * a + 3 * b * c of [[a, b], [c, d]], and gradient is [[2 * a, 3 * c], [0, 0]]",
        ),
    ],
    mistakes=[
        Mistake(
            "sign",
            lambda *given: np.max(_differences(*given)),
            "a derived gradient that is too *small* goes unnoticed here: what is the largest of -3 and 0?",
        ),
        Mistake(
            "sign, the other way",
            lambda *given: np.max(-_differences(*given)),
            "a derived gradient that is too *large* goes unnoticed here: what is the largest of -4 and 0?",
        ),
        Mistake(
            "mean",
            lambda *given: np.abs(_differences(*given)).mean(),
            "this is the mean gap: one logit that is off hides among thousands that are not. Which gap is asked for?",
        ),
        Mistake(
            "sum",
            lambda *given: np.abs(_differences(*given)).sum(),
            "this is the sum of the gaps. Which gap is asked for?",
        ),
        Mistake(
            "length",
            lambda *given: np.linalg.norm(_differences(*given)),
            "this is the length of all gaps together, the root of the sum of their squares. Which gap is asked for?",
        ),
        Mistake(
            "squared",
            lambda *given: (_differences(*given) ** 2).max(),
            "the largest gap, and squared: where the gap is 2, this gives 4.",
        ),
        Mistake(
            "two steps apart",
            lambda *given: np.abs(_differences(*given, width=1e-5)).max(),
            "your slopes are twice as large as they are. From one step below to one step above: how wide is that?",
        ),
        Mistake(
            "not divided",
            lambda *given: np.abs(_differences(*given, width=1)).max(),
            "you measure how much the loss changes, which is next to nothing for a small step. A slope is the change "
            "divided by what?",
        ),
        Mistake(
            "all at once",
            _gap_with_all_moved,
            "you move all logits together, so the change of the loss belongs to all of them. How do you find out what "
            "one of them does?",
        ),
        Mistake(
            "moves stay",
            _gap_of_moves_that_stay,
            "right for one logit. With three, the second slope has the move of the first in it: is every logit back in "
            "its place before the next one moves?",
        ),
        Mistake(
            "large step",
            lambda *given: np.abs(_differences(*given, step=0.1, width=0.2)).max(),
            "your step is so large that the loss bends on the way: with z * z * z the slope comes out a little too "
            "steep. Section 4 of the lesson takes a far smaller one.",
        ),
        Mistake(
            "one for each logit",
            lambda *given: np.abs(_differences(*given)),
            "these are the gaps of all logits, and they are right. Asked for is one number.",
        ),
        Mistake(
            "lengths compared",
            lambda loss, gradient, logits: abs(
                np.linalg.norm(gradient(logits)) - np.linalg.norm(_measured(loss, logits))
            ),
            "you compare the lengths of two gradients. Two that point in different directions may be equally long.",
        ),
        Mistake(
            "relative",
            lambda loss, gradient, logits: np.abs(_differences(loss, gradient, logits) / _measured(loss, logits)).max(),
            "you divide by the measured slope. What happens where it is 0? The docstring asks for the difference "
            "itself.",
        ),
        Mistake(
            "rows only",
            _gap_of_rows,
            "right for logits in one row. Those of several pictures have two axes: how many logits are there to be "
            "moved, one at a time? `np.ndindex` lists the places of any array.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Move one logit by hand, up and down, and write down "
    "the loss at both ends.",
    explanation="Ten lines that know no theory: use them on every gradient that you derive.",
)

# --- 2.12: contrastive loss from embeddings ---


def embedding_loss(embeddings, people, margin):
    """Return a right answer to 2.12."""
    same, distances = _pairs(embeddings, people)
    return np.where(same, distances**2, _missing(distances, margin) ** 2).mean()


def _pairs(embeddings, people):
    first, second = np.triu_indices(len(people), k=1)
    return people[first] == people[second], np.linalg.norm(embeddings[first] - embeddings[second], axis=1)


def _missing(distances, margin):
    return np.maximum(margin - distances, 0)


def _costs(mated=np.square, non_mated=lambda d, m: _missing(d, m) ** 2, over=np.mean, select=lambda e, p: (e, p)):
    """Return a loss over all pairs from what a mated and a non-mated pair costs."""

    def made(embeddings, people, margin):
        same, distances = _pairs(*select(embeddings, people))
        return over(np.where(same, mated(distances), non_mated(distances, margin)))

    return made


def _swapped(embeddings, people, margin):
    same, distances = _pairs(embeddings, people)
    return np.where(same, _missing(distances, margin) ** 2, distances**2).mean()


def _over_faces(embeddings, people, margin):
    return _costs(over=np.sum)(embeddings, people, margin) / len(people)


def _with_themselves(embeddings, people, margin):
    return 2 * _costs(over=np.sum)(embeddings, people, margin) / len(people) ** 2


def _with_diagonal(embeddings, people, margin):
    return 2 * _costs(over=np.sum)(embeddings, people, margin) / (len(people) * (len(people) + 1))


def _of_two_means(embeddings, people, margin):
    same, distances = _pairs(embeddings, people)
    parts = [distances[same] ** 2, _missing(distances[~same], margin) ** 2]
    return sum(part.mean() for part in parts if part.size)


def _of_neighbours(embeddings, people, margin):
    distances = np.linalg.norm(embeddings[1:] - embeddings[:-1], axis=1)
    return np.where(people[1:] == people[:-1], distances**2, _missing(distances, margin) ** 2).mean()


def _by_cosine(embeddings, people, margin):
    first, second = np.triu_indices(len(people), k=1)
    distances = 1 - all_cosines(embeddings)[first, second]
    return np.where(people[first] == people[second], distances**2, _missing(distances, margin) ** 2).mean()


contrastive = Function(
    "2.12",
    call="embedding_loss",
    reference=embedding_loss,
    cases=[
        (np.array([[1.0, 0.0], [4.0, 4.0]]), np.array([7, 7]), 1.0),
        (np.array([[1.0, 0.0], [1.0, 0.6]]), np.array([7, 9]), 1.0),
        (np.array([[1.0, 0.0], [4.0, 4.0]]), np.array([7, 9]), 1.0),
        (np.array([[1.0, 0.0], [1.0, 0.6]]), np.array([7, 9]), 2.0),
        (np.array([[1.0, 0.0], [1.0, 0.5], [1.0, 2.0]]), np.array([7, 9, 7]), 1.0),
        (np.array([[1.0, 0.0], [0.2, 0.0], [1.0, 0.5], [0.4, 0.8]]), np.array([7, 9, 7, 9]), 1.5),
    ],
    mistakes=[
        Mistake(
            "swapped",
            _swapped,
            "two pictures of *one* person, far apart, cost little here. Which pairs are to be close?",
        ),
        Mistake(
            "not clipped",
            _costs(non_mated=lambda d, m: (m - d) ** 2),
            "two people who are farther apart than the margin cost something here, and a square hides the sign of "
            "what they lack. What do they lack?",
        ),
        Mistake(
            "not squared",
            _costs(mated=lambda d: d, non_mated=_missing),
            "both kinds of pairs cost a plain distance here. What does the lesson do with it?",
        ),
        Mistake(
            "mated not squared",
            _costs(mated=lambda d: d),
            "non-mated pairs are right. A mated pair at distance 5: what does it cost in section 8 of the lesson?",
        ),
        Mistake(
            "non-mated not squared",
            _costs(non_mated=_missing),
            "mated pairs are right. A non-mated pair that lacks .4 to the margin: what does it cost in section 8 of "
            "the lesson?",
        ),
        Mistake(
            "margin of the square",
            _costs(non_mated=lambda d, m: _missing(d**2, m)),
            "for non-mated pairs you take the square first and compare it with the margin then. Which of the two comes "
            "first?",
        ),
        Mistake(
            "sum",
            _costs(over=np.sum),
            "right for one pair. With more pairs the loss grows, whatever their distances are: sum or mean?",
        ),
        Mistake(
            "divided by faces",
            _over_faces,
            "you divide by the number of faces. How many pairs do three faces make, and four?",
        ),
        Mistake(
            "with themselves",
            _with_themselves,
            "your mean counts each face paired with itself as well, a mated pair at distance 0. How many pairs of "
            "*different* faces do two faces make?",
        ),
        Mistake(
            "diagonal",
            _with_diagonal,
            "each pair counts once, and with them each face paired with itself. Where does the upper triangle of an "
            "array begin? `np.triu_indices` can leave the diagonal out.",
        ),
        Mistake(
            "halved",
            lambda *given: embedding_loss(*given) / 2,
            "this has the factor one half of the original paper. Section 8 of the lesson leaves it out.",
        ),
        Mistake(
            "mated pairs only",
            _costs(non_mated=lambda d, m: 0 * d),
            "non-mated pairs cost nothing here, however close they are. What would a network do with such a loss?",
        ),
        Mistake(
            "non-mated pairs only",
            _costs(mated=lambda d: 0 * d),
            "mated pairs cost nothing here, however far apart they are. Which pairs have this loss, then?",
        ),
        Mistake(
            "mean of each kind",
            _of_two_means,
            "you take one mean over the mated pairs, another over the non-mated ones, and add them. The docstring asks "
            "for one mean over all pairs.",
        ),
        Mistake(
            "neighbours",
            _of_neighbours,
            "you compare each face with the next one. Three faces make three pairs: which one is left out?",
        ),
        Mistake(
            "margin 1",
            lambda embeddings, people, margin: embedding_loss(embeddings, people, 1.0),
            "right for a margin of 1. Where does the argument `margin` come in?",
        ),
        Mistake(
            "cosine",
            _by_cosine,
            "you compare by the cosine. The loss of section 8 takes the distance of the embeddings as they are.",
        ),
        Mistake(
            "unit length",
            lambda embeddings, people, margin: embedding_loss(_units(embeddings), people, margin),
            "you make all embeddings length 1 first. Whoever calls the function may have done so; here they come, and "
            "stay, as they are.",
        ),
        Mistake(
            "each pair",
            _costs(over=lambda costs: costs),
            "this is what each pair costs, and it is right. Asked for is their mean.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Write down each pair: its distance, mated or not, "
    "and what it costs.",
    explanation="Eight lines that train embeddings, once their gradient goes into a network: lesson 08.",
)

EXERCISES = [
    step,
    by_hand,
    threshold,
    causes,
    stalling,
    smoothing_and_weights,
    holding,
    cosines,
    balanced,
    smoothed,
    any_gradient,
    contrastive,
]
