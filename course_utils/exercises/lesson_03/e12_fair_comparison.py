"""3.12: a fair comparison of optimizers, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def compare(train, makers, runs):
    """Return a right answer to 3.12."""
    table = {}
    for name, make in makers.items():
        scores = [train(make(), seed) for seed in range(runs)]
        table[name] = (np.mean(scores), min(scores), max(scores))
    return table


class Optimizer:
    """Remembers how many runs it has been used for, as a velocity would."""

    def __init__(self, skill: float):
        self.skill, self.runs = skill, 0


def train(optimizer, seed):
    """Return the score of a pretended run: by skill, by luck with the seed, and worse for an optimizer that is used."""
    optimizer.runs += 1
    return optimizer.skill + seed * 37 % 11 / 100 - 0.1 * (optimizer.runs - 1)


def case(runs, **skills):
    """Return a comparison of optimizers with these skills."""
    makers = {name: lambda skill=skill: Optimizer(skill) for name, skill in skills.items()}
    names = ", ".join(f'"{name}": ...' for name in skills)
    return Case(train, makers, runs, shown=f"compare(train, {{{names}}}, runs={runs}) with a pretended train")


exercise = Function(
    compare,
    given=[("scores =", "optimizer = make(); scores ="), ("make(), seed", "optimizer, len(table) * runs + seed")],
    cases=[case(1, SGD=0.8), case(2, SGD=0.8), case(1, SGD=0.8, Adam=0.9), case(3, SGD=0.8, Adam=0.9, RMSprop=0.7)],
)
