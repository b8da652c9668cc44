"""The shape of a face: from a person's age, build and chance to a mesh; and expressions on it."""

import re
from collections import defaultdict
from functools import cache

import numpy as np

from face_renderer.head import EYE_DEPTH, EYE_DISTANCE, EYE_HEIGHT, EYE_TO_MOUTH, head_model

YOUNG, OLD = 25.0, 90.0  # the ages in years of the head model's two extremes
REGIONS = ("african", "asian", "caucasian")  # the head model's own names of three directions of head shape
OPPOSITES = ("decr", "incr"), ("down", "up"), ("in", "out"), ("backward", "forward"), ("concave", "convex"), ("compress", "uncompress")  # fmt: skip # noqa: E501

# How far, as a standard deviation, chance moves a part of the face; 1 is the head model's extreme.  The first pattern
# that fits counts.
SPREAD = (
    (r"^head/head-age|^asym/asymm", 0.0),
    (r"^asym", 0.07),
    (r"^(head/head-trans|neck/neck-trans|mouth/mouth-trans)", 0.05),
    (r"^neck", 0.12),
    (r"^ears", 0.22),
    (r"head-(triang|oval|round|square|diamond|rectang|inverted)|cleft", 0.20),
    (r"head-scale|head-fat|head-angle|back-scale", 0.20),
    (r"eye-(trans|scale|push)", 0.24),
    (r"epicanthus|eyefold", 0.30),
    (r"eye-height|eye-corner|eye-bag", 0.24),
    (r"nose-trans|prognathism|jaw-drop|chin-height", 0.22),
    (r"mouth-(angles|laugh|dimples|scale-depth)|lip-(ext|middle)", 0.22),
    (r"forehead", 0.28),
    (r"", 0.28),
)
# Where the middle of everybody lies: the head model's mouth hangs and its eyes are small.
CENTRE = {
    "neck/measure-neck-height": -0.9,
    "eyes/eye-trans:in": 0.20,
    "mouth/mouth-angles:down": 0.30,
    "eyes/eye-scale": 0.22,
    "eyes/eye-height2": 0.16,
    "eyes/eye-bag": -0.15,
}
# What goes together: the same hidden number moves several parts, per unit of it.
TOGETHER = (
    {"nose/nose-scale-horiz": 0.22, "nose/nose-width1": 0.15, "nose/nose-width2": 0.2, "nose/nose-width3": 0.2},
    {"nose/nose-scale-depth": 0.2, "nose/nose-hump": 0.15, "nose/nose-volume": 0.1, "nose/nose-greek": 0.1},
    {"mouth/mouth-lowerlip-volume": 0.2, "mouth/mouth-upperlip-volume": 0.2, "mouth/mouth-lowerlip-height": 0.15,
     "mouth/mouth-upperlip-height": 0.15},
    {"mouth/mouth-scale-horiz": 0.2, "chin/chin-width": 0.15, "head/head-scale-horiz": 0.1},
    {"chin/chin-prominent": 0.2, "chin/chin-bones": 0.2, "head/head-square": 0.12},
    {"head/head-scale-vert": 0.2, "forehead/forehead-scale-vert": 0.15, "chin/chin-height": 0.15},
    {"eyes/eye-height1": 0.16, "eyes/eye-height2": 0.16, "eyes/eye-height3": 0.16, "eyes/eye-scale": 0.1},
    {"eyes/eye-corner1:down": 0.15, "eyes/eye-corner2:down": -0.15, "eyebrows/eyebrows-angle:down": -0.15},
)  # fmt: skip
BUILD = {"head/head-fat": 0.42, "cheek/cheek-volume": 0.42, "neck/neck-double": 0.4, "cheek/cheek-inner": 0.25,
         "neck/neck-scale-horiz": 0.3, "eyes/eye-bag": 0.1}  # fmt: skip
MASCULINE = {"chin/chin-bones": 0.12, "forehead/forehead-nubian": 0.1, "chin/chin-width": 0.12,
             "nose/nose-scale-depth": 0.06, "neck/neck-scale-horiz": 0.15}  # fmt: skip

EXPRESSIONS = {  # name -> strengths of the facial units at full strength; "Left" and "Right" are added where both have
    "neutral": {},
    "smile": {"mouthSmile": 0.75, "cheekSquint": 0.5, "eyeSquint": 0.25, "mouthDimple": 0.2},
    "laugh": {"mouthSmile": 0.85, "cheekSquint": 0.6, "eyeSquint": 0.3, "jawOpen": 0.07, "mouthUpperUp": 1.0,
              "mouthLowerDown": 0.35},
    "talk": {"jawOpen": 0.30, "mouthFunnel": 0.25, "mouthUpperUp": 0.15},
    "frown": {"mouthFrown": 0.6, "browDown": 0.7, "mouthPress": 0.3},
    "surprise": {"browInnerUp": 0.8, "browOuterUp": 0.7, "eyeWide": 0.5, "jawOpen": 0.3},
    "pucker": {"mouthPucker": 0.7, "mouthFunnel": 0.2},
    "smirk": {"mouthSmileLeft": 0.7, "cheekSquintLeft": 0.3, "mouthLeft": 0.15},
    "pressed": {"mouthPress": 0.6, "mouthRollLower": 0.35, "mouthRollUpper": 0.3, "mouthSmile": 0.2},
    "squint": {"eyeSquint": 0.8, "browDown": 0.3, "cheekSquint": 0.4, "noseSneer": 0.2},
}  # fmt: skip


@cache
def traits() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what chance can change: trait -> (target below zero, target above zero), for left and right alike.

    An empty name stands for no target on that side of zero.
    """
    sided = defaultdict(dict)
    for name in head_model().targets:
        if name.startswith(("macro/", "expression/")):
            continue
        stem, _, end = name.rpartition("-")
        for low, high in OPPOSITES:
            if end in (low, high):
                axis = f"{stem}" if end in ("decr", "incr") else f"{stem}:{low}"
                sided[axis][end == high] = name
                break
        else:
            sided[name][True] = name
    result = defaultdict(list)
    for axis, ends in sorted(sided.items()):
        trait = re.sub(r"/[lr]-", "/", axis)
        result[trait].append((ends.get(False, ""), ends.get(True, "")))
    return {trait: tuple(pairs) for trait, pairs in result.items()}


def spread_of(trait: str) -> float:
    """Return the standard deviation of a trait."""
    return next(spread for pattern, spread in SPREAD if re.search(pattern, trait))


def draw_traits(random: np.random.Generator, femininity: float, build: float) -> tuple[tuple[str, float], ...]:
    """Draw the shape of a face: (trait, value from -1 to 1) for every trait that is not zero."""
    middle = defaultdict(float, CENTRE)
    steps = [(group, random.normal()) for group in TOGETHER] + [(BUILD, build), (MASCULINE, 0.5 - femininity)]
    for group, amount in steps:
        for trait, step in group.items():
            middle[trait] += amount * step
    drawn = [(trait, random.normal(middle[trait], spread_of(trait))) for trait in traits()]
    return tuple((trait, round(float(np.clip(value, -1, 1)), 4)) for trait, value in drawn if value)


def macro_weights(femininity: float, age: float, build: float, muscle: float, ancestry) -> dict[str, float]:
    """Return the weights of the head model's targets for a whole body: product of the weights of each ingredient."""
    old = float(np.clip((age - YOUNG) / (OLD - YOUNG), 0, 1))
    sexes = {"female": femininity, "male": 1 - femininity}
    ages = {"young": 1 - old, "old": old}
    muscles = {"minmuscle": max(0, -muscle), "averagemuscle": 1 - abs(muscle), "maxmuscle": max(0, muscle)}
    weights = {"minweight": max(0, -build), "averageweight": 1 - abs(build), "maxweight": max(0, build)}
    result = {}
    for sex, share in sexes.items():
        for years, part in ages.items():
            for region, amount in zip(REGIONS, ancestry, strict=True):
                result[f"macro/{region}-{sex}-{years}"] = amount * share * part
            for muscle_name, m in muscles.items():
                for weight_name, w in weights.items():
                    result[f"macro/universal-{sex}-{years}-{muscle_name}-{weight_name}"] = share * part * m * w
    return {name: weight for name, weight in result.items() if weight and name in head_model().targets}


def face_vertices(person) -> np.ndarray:
    """Return the coarse mesh of a person, shape (m, 3), eyes at their place and the face at its size."""
    model = head_model()
    weights = macro_weights(person.femininity, person.age, person.build, person.muscle, person.ancestry)
    table = traits()
    for trait, value in person.shape:
        for below, above in table[trait]:
            name = above if value > 0 else below
            if name:
                weights[name] = weights.get(name, 0.0) + abs(value)
    points = model.vertices.copy()
    for name, weight in weights.items():
        points += weight * model.targets[name]
    # Targets for a whole body move the head by up to 18 cm; and pictures are framed by the face, whatever its size.
    eyes = model.eyes(points)
    middle = eyes.mean(0)
    mouth = (model.subdivision @ points)[model.mouth].mean(0)
    size = 0.5 * np.linalg.norm(eyes[0] - eyes[1]) / EYE_DISTANCE + 0.5 * (middle[1] - mouth[1]) / EYE_TO_MOUTH
    return (points - middle) / size + np.array([0, EYE_HEIGHT, EYE_DEPTH])


def expression_units(expression: str, strength: float, closed: float, asymmetry: float) -> dict[str, float]:
    """Return the strength of each facial unit.

    Parameters
    ----------
    expression : str
        One of `EXPRESSIONS`.
    strength : float
        0..1.
    closed : float
        How far the eyes are closed: 0 open, 1 shut; slightly negative: wide open.
    asymmetry : float
        -1..1: the left side takes part more, or less.
    """
    units = {}
    names = head_model().targets
    for unit_name, full in EXPRESSIONS[expression].items():
        both = f"expression/{unit_name}Left" in names
        for side, sign in (("Left", 1), ("Right", -1)) if both else (("", 0),):
            units[f"expression/{unit_name}{side}"] = full * strength * (1 + 0.25 * sign * asymmetry)
    for side in ("Left", "Right"):
        units[f"expression/eyeBlink{side}"] = closed
    return {name: weight for name, weight in units.items() if weight}


def express(points: np.ndarray, units: dict[str, float]) -> np.ndarray:
    """Return the coarse mesh with an expression."""
    moved = points.copy()
    for name, strength in units.items():
        moved += strength * head_model().targets[name]
    return moved
