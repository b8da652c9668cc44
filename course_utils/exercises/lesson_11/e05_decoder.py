"""11.5: from a template back to a picture, to complete."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def fit_decoder(templates, pictures, ridge):
    """Return a right answer to 11.5."""
    offset = pictures.mean(axis=0)
    square = templates.T @ templates + ridge * np.eye(templates.shape[1])
    weights = np.linalg.solve(square, templates.T @ (pictures - offset))
    return weights, offset


def other_way(templates, pictures, ridge):
    """Compute templates from pictures."""
    offset = pictures.mean(axis=0)
    centred = pictures - offset
    square = centred.T @ centred + (ridge + 1e-9) * np.eye(pictures.shape[1])
    return np.linalg.solve(square, centred.T @ templates), offset


def templates_centred(templates, pictures, ridge):
    """Subtract the mean template too, and say nothing about it in what is returned."""
    return fit_decoder(templates - templates.mean(axis=0), pictures, ridge)


def as_in_the_lesson(templates, pictures, ridge):
    """Subtract the mean template too, and correct the offset for it, as `privacy.fit_decoder` does."""
    weights, offset = templates_centred(templates, pictures, ridge)
    return weights, offset - templates.mean(axis=0) @ weights


def case(seed, people, numbers, pixels, ridge):
    """Return a case of templates that tell something about the pictures."""
    random = np.random.default_rng(seed)
    templates = random.normal(size=(people, numbers)) + 0.3
    templates /= np.linalg.norm(templates, axis=1, keepdims=True)
    pictures = 120 + 30 * templates @ random.normal(size=(numbers, pixels)) + random.normal(size=(people, pixels))
    shown = f"fit_decoder(...) of {people} templates of {numbers} numbers, {pixels} pixels, ridge {ridge}"
    return Case(templates, pictures, ridge, shown=shown)


exercise = Function(
    fit_decoder,
    cases=[
        (np.array([[1.0], [-1.0]]), np.array([[30.0], [10.0]]), 2.0),
        (np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[50.0, 10.0, 20.0], [30.0, 50.0, 20.0]]), 1.0),
        case(1, 12, 4, 6, 0.5),
        case(2, 30, 8, 5, 1.0),
        case(3, 20, 6, 6, 0.0),
    ],
)
