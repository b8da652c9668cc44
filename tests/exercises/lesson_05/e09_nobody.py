"""Answers to 5.9: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def name_by_a_loop(embedding, enrolled, names, threshold):
    best, who = -2.0, None
    for name, row in zip(names, enrolled, strict=True):
        cosine = sum(a * b for a, b in zip(embedding, row, strict=True))
        cosine /= sum(a * a for a in embedding) ** 0.5 * sum(b * b for b in row) ** 0.5
        if cosine > best:
            best, who = cosine, name
    return who if best >= threshold - 1e-9 else "nobody"


def name_by_unit_rows(embedding, enrolled, names, threshold):
    rows = enrolled / np.linalg.norm(enrolled, axis=1, keepdims=True)
    cosines = rows @ (embedding / np.linalg.norm(embedding))
    if cosines.max() < threshold:
        return "nobody"
    return names[cosines.argmax()]


def name_by_dictionary(embedding, enrolled, names, threshold):
    cosines = {
        name: float(row @ embedding / np.linalg.norm(row) / np.linalg.norm(embedding))
        for name, row in zip(names, enrolled, strict=True)
    }
    who = max(cosines, key=cosines.get)
    return who if cosines[who] >= threshold else "nobody"


def only_strangers(embedding, enrolled, names, threshold):
    return "nobody"


RIGHT = [name_by_a_loop, name_by_unit_rows, name_by_dictionary]

WRONG = [
    ("smallest case", only_strangers),
    ("arguments", lambda embedding, enrolled: "nobody"),
    ("not a function", "nobody"),
]
