"""Answers to 9.11: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def withdraw_by_loop(gallery, name):
    if name not in gallery["names"]:
        raise KeyError(f"Nobody is enrolled as {name}.")
    names, rows = [], []
    for other, template in zip(gallery["names"], gallery["templates"], strict=True):
        if other != name:
            names.append(other)
            rows.append(template)
    log = [*gallery["log"], ("withdrawn", name)]
    return {"names": names, "templates": np.reshape(rows, (len(rows), 2)), "log": log}


def withdraw_by_delete(gallery, name):
    places = np.flatnonzero(np.array(gallery["names"]) == name)
    if not len(places):
        raise KeyError(name)
    left = [other for other in gallery["names"] if other != name]
    templates = np.delete(gallery["templates"], places, axis=0)
    return dict(log=gallery["log"] + [("withdrawn", name)], templates=templates, names=left)  # noqa: C408


def withdraw_in_place(gallery, name):
    new = withdraw_by_loop(gallery, name)
    gallery["log"].append(("withdrawn", name))
    return new


def withdraw_everybody(gallery, name):
    return {"names": [], "templates": np.zeros((0, 2)), "log": []}


RIGHT = [withdraw_by_loop, withdraw_by_delete]

WRONG = [
    ("smallest case", withdraw_everybody),
    ("changes its input", withdraw_in_place),
    ("arguments", lambda gallery: gallery),
    ("returns nothing", lambda gallery, name: print(name)),
]
