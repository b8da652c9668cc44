"""Answers to 9.10: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def search_by_set(gallery, network, probe, threshold):
    if {made_by for _, made_by, _ in gallery} != {network}:
        raise ValueError("The gallery and the probe come from different networks.")
    score, name = max((np.dot(template, probe), name) for name, _, template in gallery)
    return name if score >= threshold else "nobody"


def search_by_loop(gallery, network, probe, threshold):
    answer, highest = "nobody", threshold
    for name, made_by, template in gallery:
        if made_by != network:
            raise ValueError(f"{name} was enrolled with another network.")
        if template @ probe >= highest:
            answer, highest = name, template @ probe
    return answer


def search_that_says_no(gallery, network, probe, threshold):
    return "no"


RIGHT = [search_by_set, search_by_loop]

WRONG = [
    ("smallest case", search_that_says_no),
    ("not a function", "nobody"),
    ("arguments", lambda gallery, probe: "nobody"),
]
