"""Answers to 2.11: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def slopes(loss, logits, step=1e-5, width=2e-5):
    found = np.zeros_like(logits)
    for place in np.ndindex(logits.shape):
        move = np.zeros_like(logits)
        move[place] = step
        found[place] = (loss(logits + move) - loss(logits - move)) / width
    return found


def gap_of_one_side(loss, gradient, logits):
    derived, at_the_start, gaps = gradient(logits), loss(logits), []
    for place in np.ndindex(logits.shape):
        moved = logits.copy()
        moved[place] += 1e-6
        gaps.append(abs(derived[place] - (loss(moved) - at_the_start) / 1e-6))
    return max(gaps)


def gap_as_in_the_lesson(loss, gradient, logits):
    moves = 1e-4 * np.eye(logits.size).reshape(-1, *logits.shape)
    measured = [(loss(logits + move) - loss(logits - move)) / 2e-4 for move in moves]
    return np.linalg.norm(np.ravel(gradient(logits)) - measured, ord=np.inf)


def gap_with_a_step_of_1(loss, gradient, logits):
    return np.abs(gradient(logits) - slopes(loss, logits, step=1, width=2)).max()


def gap_with_a_coarse_step(loss, gradient, logits):
    derived, gaps = gradient(logits), []
    moved = logits.copy()
    for place in np.ndindex(logits.shape):
        before = loss(moved)
        moved[place] += 0.01
        gaps.append(abs(derived[place] - (loss(moved) - before) / 0.01))
    return max(gaps)


def gap_for_each(loss, gradient, logits):
    return np.abs(gradient(logits) - slopes(loss, logits))


def gap_in_place(loss, gradient, logits):
    derived, gaps = gradient(logits), []
    for place in np.ndindex(logits.shape):
        before = loss(logits)
        logits[place] += 1e-6
        gaps.append(abs(derived[place] - (loss(logits) - before) / 1e-6))
    return max(gaps)


def gap_without_calling(loss, gradient, logits):
    return np.abs(gradient - slopes(loss, logits)).max()


RIGHT = [gap_of_one_side, gap_as_in_the_lesson, lambda *given: float(np.max(gap_for_each(*given)))]

WRONG = [
    ("changes its input", gap_in_place),
    ("stops with an error", gap_without_calling),
    ("smallest case", gap_with_a_step_of_1),
    ("smallest case", gap_with_a_coarse_step),
]
