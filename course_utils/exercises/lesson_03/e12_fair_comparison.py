"""3.12: a fair comparison of optimizers, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def compare(train, makers, rates, search_seeds, seeds):
    """Return a right answer to 3.12."""
    table = {}
    for name, make in makers.items():
        means = [np.mean([train(make(rate), seed) for seed in search_seeds]) for rate in rates[name]]
        found = rates[name][int(np.argmin(means))]
        losses = [train(make(found), seed) for seed in seeds]
        table[name] = (found, np.mean(losses), min(losses), max(losses))
    return table


class Optimizer:
    """Remembers its rate, and how many runs it has been used for, as a velocity would."""

    def __init__(self, best: float, rate: float):
        self.best, self.rate, self.runs = best, rate, 0


def train(optimizer, seed):
    """Return the loss of a pretended run: by the rate, by luck with rate and seed, and worse if it is used again."""
    optimizer.runs += 1
    luck = (seed * 37 + round(100 * optimizer.rate) * 5) % 11 / 20
    return abs(optimizer.rate - optimizer.best) + luck + 0.3 * (optimizer.runs - 1)


def case(search_seeds, seeds, **kinds):
    """Return a comparison of optimizers, each with its best rate and the rates that are tried."""
    makers = {name: lambda rate, best=best: Optimizer(best, rate) for name, (best, _) in kinds.items()}
    rates = {name: tried for name, (_, tried) in kinds.items()}
    names = ", ".join(f'"{name}": ...' for name in kinds)
    shown = f"compare(train, {{{names}}}, {rates}, {search_seeds}, {seeds}) with a pretended train"
    return Case(train, makers, rates, search_seeds, seeds, shown=shown)


exercise = Function(
    compare,
    given=[
        ("for seed in search_seeds", "for seed in seeds"),
        ("[train(make(found), seed) for", "[train(new, seed) for new in [make(found)] for"),
    ],
    cases=[
        case([7], [0], SGD=(0.1, [0.1])),
        case([7], [0], SGD=(0.1, [0.1, 0.5])),
        case([7, 8], [0, 1], SGD=(0.5, [0.1, 0.5, 0.9])),
        case([7, 8, 9], [0, 1, 2, 3], SGD=(0.5, [0.1, 0.5, 0.9]), Adam=(0.8, [0.7, 0.8])),
        case([20, 21], [0, 1, 2], SGD=(0.3, [0.1, 0.3, 0.5]), Adam=(0.2, [0.2, 0.4]), RMSprop=(0.25, [0.25])),
        case([10, 6, 12], [26, 28, 4, 16], SGD=(0.2, [0.1, 0.2, 0.3])),
    ],
)
