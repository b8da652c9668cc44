"""Losses of embeddings, slowly and in 64 bits, one pair or triplet at a time: what Keras's have to give."""

import itertools

import numpy as np

PEOPLE = np.array([0, 0, 0, 1, 1, 2, 2, 2, 3])  # person 3 has one picture only


def embeddings(seed: int = 0) -> np.ndarray:
    """Return nine embeddings of four numbers, none of them of length 1."""
    return np.random.default_rng(seed).normal(size=(9, 4))


def cosines(seed: int = 0) -> np.ndarray:
    """Return cosines of nine pictures with four people."""
    return np.random.default_rng(seed).uniform(-0.999, 0.999, (9, 4))


def squared_distances(vectors: np.ndarray) -> np.ndarray:
    """Return all squared distances between vectors of length 1."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return ((unit[:, np.newaxis] - unit) ** 2).sum(axis=2)


def arcface(values: np.ndarray, margin: float, scale: float, labels: np.ndarray = PEOPLE) -> float:
    """Cross-entropy with the true person's angle enlarged; a straight line where the sum is above pi."""
    losses = []
    for row, label in zip(values, labels, strict=True):
        logits = row.copy()
        angle = np.arccos(row[label])
        enlarged = angle + margin
        logits[label] = np.cos(enlarged) if enlarged <= np.pi else row[label] - margin * np.sin(margin)
        losses.append(np.log(np.exp(scale * (logits - logits[label])).sum()))
    return float(np.mean(losses))


def contrastive(vectors: np.ndarray, margin: float, labels: np.ndarray = PEOPLE) -> float:
    """Mean over mated pairs of their squared distance, plus mean over non-mated pairs of what they lack, squared."""
    squares = squared_distances(vectors)
    pairs = list(itertools.combinations(range(len(labels)), 2))
    mated = [squares[pair] for pair in pairs if labels[pair[0]] == labels[pair[1]]]
    lacking = [max(0, margin - squares[pair] ** 0.5) ** 2 for pair in pairs if labels[pair[0]] != labels[pair[1]]]
    return float(np.mean(mated) + np.mean(lacking))


def triplets(vectors: np.ndarray, margin: float, mining: str, labels: np.ndarray = PEOPLE) -> float:
    """Mean over the triplets that the mining chooses."""
    squares = squared_distances(vectors)
    costs = []
    for anchor, label in enumerate(labels):
        own = [other for other in np.flatnonzero(labels == label) if other != anchor]
        others = squares[anchor, labels != label]
        if mining == "batch_hard" and own:
            costs.append(max(0, squares[anchor, own].max() - others.min() + margin))
        if mining == "semi_hard":
            for positive in squares[anchor, own]:
                farther = others[others > positive]
                costs.append(max(0, positive - (farther.min() if len(farther) else others.max()) + margin))
    return float(np.mean(costs))


def slope(function, values: np.ndarray, step: float = 1e-6) -> np.ndarray:
    """Return the gradient of a function of an array by central differences."""
    gradient = np.zeros_like(values)
    for place in np.ndindex(values.shape):
        moved = [values.copy() for _ in range(2)]
        moved[0][place] += step
        moved[1][place] -= step
        gradient[place] = (function(moved[0]) - function(moved[1])) / (2 * step)
    return gradient


# For each loss: what it is given, and the same by hand.
CASES = {
    "ArcFace": (cosines, lambda values: arcface(values, 0.4, 8.0)),
    "Contrastive": (embeddings, lambda values: contrastive(values, 1.2)),
    "Triplet, batch hard": (embeddings, lambda values: triplets(values, 0.6, "batch_hard")),
    "Triplet, semi-hard": (embeddings, lambda values: triplets(values, 0.6, "semi_hard")),
}


def of_keras(name: str):
    """Return the loss of a case as Keras has it."""
    from course_utils import losses

    return {
        "ArcFace": lambda: losses.ArcFace(margin=0.4, scale=8.0),
        "Contrastive": lambda: losses.Contrastive(margin=1.2),
        "Triplet, batch hard": lambda: losses.Triplet(margin=0.6, mining="batch_hard"),
        "Triplet, semi-hard": lambda: losses.Triplet(margin=0.6, mining="semi_hard"),
    }[name]()


def values_and_gradients() -> dict[str, tuple[float, np.ndarray]]:
    """Return each case's loss and gradient, by Keras's automatic differentiation on the backend that runs."""
    import keras

    from course_utils.training import gradients

    found = {}
    for name, (given, _by_hand) in CASES.items():
        values = given().astype("float32")
        rows = keras.layers.Dense(values.shape[1], use_bias=False)  # its weights are the values, a row per picture
        model = keras.Sequential([keras.Input((len(values),)), rows])
        rows.set_weights([values])
        loss = of_keras(name)
        value = float(loss(PEOPLE, model(np.eye(len(values), dtype="float32"))))
        (gradient,) = gradients(model, loss, np.eye(len(values), dtype="float32"), PEOPLE)
        found[name] = value, gradient
    return found
