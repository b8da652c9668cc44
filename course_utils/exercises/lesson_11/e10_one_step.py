"""11.10: one step of an attack, to complete."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def one_step(picture, gradient, budget, aim):
    """Return a right answer to 11.10."""
    direction = 1 if aim == "impersonation" else -1
    change = direction * np.floor(budget) * np.sign(gradient)
    return (picture.astype(float) + change).clip(0, 255).astype(np.uint8)


def wraps_round(picture, gradient, budget, aim):
    """Add in eight bits, where 256 is 0."""
    direction = 1 if aim == "impersonation" else -1
    change = direction * np.floor(budget) * np.sign(gradient)
    return (picture.astype(int) + change.astype(int)) % 256


def whole_budget_over_length(picture, gradient, budget, aim):
    """Take a step along the gradient whose length is the budget."""
    direction = 1 if aim == "impersonation" else -1
    length = np.linalg.norm(gradient)
    change = direction * budget * gradient / (length if length > 0 else 1)
    return (picture + change).clip(0, 255).round()


def case(seed, side, budget, aim):
    """Return a case of a random picture, with black and white places, and places where the gradient is zero."""
    random = np.random.default_rng(seed)
    picture = random.choice([0, 2, 3, 90, 171, 252, 254, 255], (side, side, 3)).astype(np.uint8)
    gradient = random.normal(size=picture.shape) * 1e-3 * (random.random(picture.shape) < 0.8)
    shown = f'one_step(...) of a picture of {side} x {side} pixels, budget {budget}, "{aim}"'
    return Case(picture, gradient, budget, aim, shown=shown)


def few(levels, gradient, budget, aim):
    """Return a case of a few pixels."""
    return np.array(levels, np.uint8), np.array(gradient), budget, aim


exercise = Function(
    one_step,
    cases=[
        few([100, 100, 100], [0.02, -0.01, 0.0], 4, "impersonation"),
        few([100, 100], [0.02, -0.01], 4, "evasion"),
        few([1, 254, 3, 252], [-0.5, 0.5, -2.0, 3.0], 4, "impersonation"),
        few([100, 101], [0.3, -0.3], 2.5, "impersonation"),
        few([100, 101], [0.3, -0.3], 0.75, "evasion"),
        case(1, 4, 3, "impersonation"),
        case(2, 5, 8, "evasion"),
        case(3, 4, 1.75, "evasion"),
        case(4, 4, 0, "impersonation"),
    ],
)
