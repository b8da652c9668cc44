"""Answers to 3.10: right ones, and wrong ones with the hint that each must get."""

import functools
import math

import numpy as np

from course_utils.from_scratch import optimizers


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


def half_cosine(share, highest, lowest):
    return lowest + (highest - lowest) * (1 + math.cos(math.pi * share)) / 2


def schedule_as_in_the_lesson(step, steps, warmup_steps, highest, lowest):
    return max(lowest, optimizers.cosine_decay(step, steps, highest, warmup_steps))


def schedule_stopping_one_early(step, steps, warmup_steps, highest, lowest):
    if step < warmup_steps:
        return highest * step / warmup_steps
    return half_cosine(min((step - warmup_steps) / (steps - warmup_steps - 1), 1), highest, lowest)


RIGHT = [
    schedule_clipped,
    schedule_by_parts,
    schedule_with_squared_cosine,
    Schedule(),
    functools.partial(schedule_by_parts),
]

WRONG = [
    ("smallest case", schedule_as_in_the_lesson),
    ("smallest case", schedule_stopping_one_early),
]
