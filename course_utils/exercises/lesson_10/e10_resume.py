"""10.10: a checkpoint that forgets, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def continue_training(checkpoint, gradient, steps):
    """Return a right answer to 10.10."""
    weights = checkpoint["weights"]
    mean, mean_square = checkpoint["mean"], checkpoint["mean_square"]
    done = checkpoint["step"]
    for step in range(done + 1, done + steps + 1):
        slope = gradient(weights)
        mean = 0.9 * mean + 0.1 * slope
        mean_square = 0.99 * mean_square + 0.01 * slope**2
        size = np.sqrt(mean_square / (1 - 0.99**step)) + 1e-3
        weights = weights - 0.1 * mean / (1 - 0.9**step) / size
    return {"weights": weights, "mean": mean, "mean_square": mean_square, "step": done + steps}


def bowl(weights):
    """Return the gradient of the sum of the squares, each with its own steepness."""
    return np.arange(1, len(weights) + 1) * weights


def waves(weights):
    """Return a gradient that changes its sign often."""
    return np.sin(3 * weights) + 0.5


def start(*weights):
    """Return the checkpoint of a training that has not begun."""
    weights = np.array(weights)
    return {"weights": weights, "mean": 0 * weights, "mean_square": 0 * weights, "step": 0}


def case(before, gradient, steps):
    """Return a case that continues a training from a checkpoint."""
    done = before["step"]
    shown = f"continue_training(...) of {len(before['weights'])} weights, {steps} steps after the first {done}"
    return Case(before, gradient, steps, shown=shown)


BOWL, WAVES = start(1.0, -2.0), start(0.5, -1.5, 3.0)

exercise = Function(
    continue_training,
    given=[
        ('checkpoint["mean"], checkpoint["mean_square"]', "np.zeros_like(weights), np.zeros_like(weights)"),
        ('checkpoint["step"]', "0"),
    ],
    cases=[
        case(continue_training(BOWL, bowl, 1), bowl, 1),
        case(continue_training(BOWL, bowl, 4), bowl, 0),
        case(continue_training(BOWL, bowl, 3), bowl, 2),
        case(BOWL, bowl, 3),
        case(continue_training(WAVES, waves, 7), waves, 5),
        case(continue_training(WAVES, waves, 40), waves, 20),
    ],
)
