"""9.10: the template of another network, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def search(gallery, network, probe, threshold):
    """Return a right answer to 9.10."""
    for name, made_by, _ in gallery:
        if made_by != network:
            raise ValueError(f"The template of {name} was made by {made_by}, and the probe by {network}.")
    scores = [float(template @ probe) for _, _, template in gallery]
    best = int(np.argmax(scores))
    return gallery[best][0] if scores[best] >= threshold else "nobody"


def first_only(gallery, network, probe, threshold):
    """Look at the network of the first template only."""
    others = [(name, network, template) for name, _, template in gallery[1:]]
    return search([gallery[0], *others], network, probe, threshold)


def best_only(gallery, network, probe, threshold):
    """Look at the network of the most similar template only."""
    scores = [float(template @ probe) for _, _, template in gallery]
    best = int(np.argmax(scores))
    if gallery[best][1] != network:
        raise ValueError("Another network.")
    return gallery[best][0] if scores[best] >= threshold else "nobody"


def left_out(gallery, network, probe, threshold):
    """Leave templates of other networks out."""
    own = [entry for entry in gallery if entry[1] == network]
    return search(own, network, probe, threshold) if own else "nobody"


def nobody_found(gallery, network, probe, threshold):
    """Return nobody where a template is of another network."""
    if any(entry[1] != network for entry in gallery):
        return "nobody"
    return search(gallery, network, probe, threshold)


def only_if_all(gallery, network, probe, threshold):
    """Raise only where no template is of the probe's network."""
    if all(entry[1] != network for entry in gallery):
        raise ValueError("Another network.")
    return search([(name, network, template) for name, _, template in gallery], network, probe, threshold)


ADA, BEN, CEM = np.array([1.0, 0.0]), np.array([0.6, 0.8]), np.array([0.0, 1.0])
LONG = np.array([0.0, 0.6, 0.8])

exercise = Function(
    search,
    given=[("made_by != network", "len(_) != len(probe)")],
    cases=[
        Case([("Ada", "one", ADA)], "one", ADA, 0.5, shown='search(gallery, "one", probe, 0.5) of Ada, by network one'),
        Case([("Ada", "one", ADA)], "one", CEM, 0.5, shown="the same with a probe at a right angle to Ada"),
        Case([("Ada", "two", ADA)], "one", ADA, 0.5, shown='search(gallery, "one", probe, 0.5) of Ada, by network two'),
        Case(
            [("Ada", "one", ADA), ("Ben", "one", BEN), ("Cem", "one", CEM)],
            "one",
            np.array([0.28, 0.96]),
            0.9,
            shown='search(gallery, "one", probe, 0.9) of Ada, Ben and Cem, all by network one',
        ),
        Case(
            [("Ada", "one", ADA), ("Ben", "one", BEN)],
            "one",
            BEN,
            1.0,
            shown="search(...) with a score that equals the threshold",
        ),
        Case(
            [("Ada", "one", ADA), ("Ben", "two", BEN)],
            "one",
            np.array([0.8, 0.6]),
            0.7,
            shown='search(gallery, "one", probe, 0.7) of Ada, by network one, and Ben, by network two, who is nearer',
        ),
        Case(
            [("Ada", "one", ADA), ("Ben", "two", BEN)],
            "one",
            ADA,
            0.7,
            shown='search(gallery, "one", probe, 0.7) of Ada, by network one, who is nearer, and Ben, by network two',
        ),
        Case(
            [("Ada", "two", ADA), ("Ben", "one", BEN)],
            "one",
            BEN,
            0.7,
            shown='search(gallery, "one", probe, 0.7) of Ada, by network two, and Ben, by network one, who is nearer',
        ),
        Case([("Ada", "two", LONG)], "one", ADA, 0.5, shown="search(...) of Ada, with longer templates"),
    ],
)
