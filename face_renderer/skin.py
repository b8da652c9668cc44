"""The skin's texture: its colour, with blood, melanin, wrinkles, lips and make-up, and how much it shines.

Colour is made as in skin itself: a base, and absorbers on top of it (melanin, haemoglobin) as optical densities.
"""

from functools import cache

import cv2
import numpy as np

from face_renderer.colors import melanin, skin_color
from face_renderer.growth import beard_density, brow_density, brow_line, hair_density
from face_renderer.hairstyles import CROPPED
from face_renderer.head import EYE_HEIGHT, hairline, head_model, noise
from face_renderer.vectors import bell, smoothstep

MELANIN = np.array([0.55, 0.80, 1.00])  # optical density in red, green, blue, per unit
BLOOD = np.array([0.08, 0.85, 0.75])
STUBBLE = {
    "none": 0.0,
    "stubble": 0.22,
    "moustache": 0.45,
    "goatee": 0.45,
    "full": 0.50,
    "heavy stubble": 0.40,
}  # of a beard's shade on the skin


@cache
def places() -> dict[str, np.ndarray]:
    """Return how much each texel belongs to a place of the face, 0..1, shapes (h, w)."""
    model = head_model()
    x, y, z = np.moveaxis(model.skin_map, -1, 0)
    side, front = np.abs(x), z > 0.5
    eye = np.sqrt((side - 0.30775) ** 2 + (y - 7.284) ** 2 + (z - 1.245) ** 2)  # distance from the eyeball's centre
    fold = side - (0.21 + 0.35 * np.clip(6.95 - y, 0, 0.5))
    forehead_lines = sum(bell(y - (height + 0.05 * np.cos(x * 3)), 0.010) for height in (7.62, 7.70, 7.78))
    crow = sum(bell((y - 7.284) - (side - 0.52) * slope, 0.010) for slope in (-0.5, 0.0, 0.5))
    return {
        "front": front,
        "cheek": np.exp(-((side - 0.42) ** 2 / 0.03 + (y - 6.93) ** 2 / 0.03)) * front,
        "nose": np.exp(-(x**2 / 0.012 + (y - 6.93) ** 2 / 0.012)) * (z > 1.25),
        "chin": np.exp(-(x**2 / 0.06 + (y - 6.28) ** 2 / 0.02)) * front,
        "under eye": np.exp(-((side - 0.29) ** 2 / 0.02 + (y - 7.12) ** 2 / 0.003)) * front,
        "forehead": np.exp(-(x**2 / 0.15 + (y - 7.7) ** 2 / 0.04)) * front,
        "nose fold": bell(fold, 0.020) * smoothstep(6.45, 6.55, y) * smoothstep(7.0, 6.9, y) * front,
        "forehead lines": forehead_lines * bell(x, 0.35) * front,
        "crow's feet": crow * smoothstep(0.52, 0.56, side) * smoothstep(0.72, 0.62, side) * front,
        "lid rim": smoothstep(0.165, 0.150, eye) * front,
        "eye line": smoothstep(0.185, 0.16, eye) * front,
        "eye shadow": np.exp(-((side - 0.32) ** 2 / 0.02 + (y - 7.37) ** 2 / 0.003)) * front,
    }


def grain(seed: int, width: float) -> np.ndarray:
    """Return noise between texels, standard normal, blurred to ``width`` texels; shape (h, w)."""
    shape = head_model().masks["face"].shape
    fine = cv2.GaussianBlur(np.random.default_rng(seed).normal(size=shape), (0, 0), width)
    return fine / fine.std()


def bare_skin(person) -> tuple[np.ndarray, np.ndarray]:
    """Return the face's own colour, linear light (h, w, 3), and its shine (h, w), about 1."""
    model, at, skin = head_model(), places(), person.skin
    seed, dark = skin.seed, melanin(person.ita)
    coarse, middle, fine = (noise(model.skin_map, f, seed + k) for k, f in enumerate((3, 9, 30)))
    pores = grain(seed + 3, 0.9)
    wrinkles = float(np.clip((person.age - 32) / 45, 0, 1)) * skin.wrinkles
    blood = skin.redness * (1 - 0.5 * dark) * (
        0.20 * at["cheek"] + 0.24 * at["nose"] + 0.08 * at["chin"] + 0.20 * model.masks["ears"]
        + 0.04 * coarse + 0.02 * middle + 0.01 * fine + 0.08 * model.masks["eyelids"]
    )  # fmt: skip
    pigment = (
        0.03 * coarse + 0.02 * middle + 0.015 * fine + 0.028 * pores * (1 + wrinkles)
        + skin.shadowed_eyes * (0.25 * at["under eye"] + 0.08 * model.masks["eyelids"])
        + dark * (0.05 * at["forehead"] + 0.15 * (1 - model.masks["face"]) * at["front"])
        + wrinkles * (0.20 * at["nose fold"] + 0.14 * at["forehead lines"] * (1 + 0.4 * middle)
                      + 0.13 * at["crow's feet"])
        + 0.07 * at["nose fold"]
    )  # fmt: skip
    if skin.freckles:
        spots = smoothstep(1.2, 1.8, noise(model.skin_map, 24, seed + 9))
        small = smoothstep(1.3, 1.9, noise(model.skin_map, 38, seed + 10))
        area = np.clip(1.5 * at["cheek"] + 1.5 * at["nose"] + 0.4 * at["forehead"] + 0.15, 0, 1) * at["front"]
        pigment += skin.freckles * 0.35 * (spots + 0.8 * small) * area
    if wrinkles > 0.5:  # age spots
        pigment += 0.22 * wrinkles * smoothstep(1.6, 2.2, noise(model.skin_map, 10, seed + 12))
    pigment += _moles(np.random.default_rng(seed + 13), skin.moles)
    color = skin_color(person.ita) * np.exp(-(blood[..., None] * BLOOD + pigment[..., None] * MELANIN))
    color = _blend(color, _lips(person, fine), 0.85 * model.masks["lips"])
    color = _blend(color, np.array([0.20, 0.045, 0.04]), model.masks["inside_mouth"])
    color *= (1 - 0.42 * at["lid rim"])[..., None]
    shine = skin.oiliness * (1 + 0.5 * at["nose"] + 0.35 * at["forehead"] + 0.2 * at["chin"] - 0.2 * at["cheek"])
    shine = shine * (1 + 0.12 * pores) + 0.4 * model.masks["lips"]
    return color, shine * (1 - 0.6 * at["lid rim"])


def _blend(below: np.ndarray, above: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return ``above`` laid over ``below`` where ``share``, (h, w), 0..1, says so."""
    share = share[..., None]
    return below * (1 - share) + above * share


def _moles(random: np.random.Generator, n: int) -> np.ndarray:
    """Return the pigment of ``n`` moles, (h, w)."""
    x, y, _ = np.moveaxis(head_model().skin_map, -1, 0)
    pigment = np.zeros(x.shape)
    for _ in range(n):
        at, radius = (random.uniform(-0.6, 0.6), random.uniform(6.3, 7.8)), random.uniform(0.010, 0.020)
        spot = smoothstep(1.2 * radius, 0.7 * radius, np.hypot(x - at[0], y - at[1]))
        pigment += random.uniform(0.4, 1.0) * spot * places()["front"]
    return pigment


def _lips(person, fine: np.ndarray) -> np.ndarray:
    """Return the colour of bare lips, (h, w, 3)."""
    dark = melanin(person.ita)
    density = np.array([0.16, 0.60, 0.48]) * (1 - 0.35 * dark) * person.skin.lip_color
    return skin_color(person.ita) * np.exp(-density) * np.exp(-0.08 * fine[..., None])


def dressed_skin(person, color: np.ndarray, shine: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return bare skin with what a look adds: stubble, the scalp's shade under hair, make-up."""
    model, at, look = head_model(), places(), person.look
    dark, hair = melanin(person.ita), look.hair.light
    if look.lipstick is not None:
        lips = model.masks["lips"]
        painted = np.array(look.lipstick) * (1 - 0.35 * dark)
        color = _blend(color, painted, 0.65 * lips)
        shine = shine + 0.5 * lips
    if look.eye_makeup:
        shade = at["eye shadow"] * max(0.0, look.eye_makeup - 0.4)
        color = color * np.exp(-shade[..., None] * np.array([0.6, 0.8, 0.55]))
        color = color * (1 - 0.40 * look.eye_makeup * at["eye line"])[..., None]
    color = _shaded_brows(person, color)
    color = _stubble(person, color)
    covered, own = _scalp(person)
    scalp = own * hair + (0.40 if own < 0.3 else 0.12) * color
    color = _blend(color, scalp, covered * (1 - model.masks["ears"]))
    return np.clip(color, 0.003, 0.95).astype(np.float32), np.clip(shine, 0, 4).astype(np.float32)


@cache
def _around(low: float, high: float, depth: float) -> tuple[np.ndarray, np.ndarray]:
    """Return which texels lie between two heights and in front of a depth, (h, w), and their places, (n, 3)."""
    skin_map = head_model().skin_map
    near = (skin_map[..., 1] > low) & (skin_map[..., 1] < high) & (skin_map[..., 2] > depth)
    return near, skin_map[near]


def _shaded_brows(person, color: np.ndarray) -> np.ndarray:
    """Return skin with the part of the brows that is too fine to be drawn as hairs."""
    brow, (near, places_near) = person.brows, _around(EYE_HEIGHT, EYE_HEIGHT + 0.4, 0.8)
    x, y, _ = places_near.T
    along = (np.abs(x) - brow.inner) / (brow.outer - brow.inner)
    middle, thick = brow_line(brow, np.clip(along, 0, 1))
    shade = bell((y - EYE_HEIGHT - middle) / thick, 0.75) * brow_density(brow, along) * smoothstep(1.12, 0.95, along)
    uneven = 1 + 0.25 * noise(places_near, 22, person.seed)
    share = (0.10 + 0.45 * brow.density) * np.clip(shade * uneven, 0, 1)
    color = color.copy()
    color[near] = _blend(color[near], 0.35 * color[near] + 0.65 * brow.light, share)
    return color


def _stubble(person, color: np.ndarray) -> np.ndarray:
    """Return skin with the shade of shaven or growing beard; the stubble's single hairs are strands."""
    look, dark = person.look, melanin(person.ita)
    shaven, grown = (0.05 + 0.10 * (1 - dark)) * person.shaves, STUBBLE[look.beard]
    if not shaven and not grown:
        return color
    seed, (near, places_near) = look.hair.seed, _around(0.0, 7.2, 0.2)
    everywhere = _blurred(beard_density(places_near, "full", seed), near, 4.0)
    share = everywhere * shaven
    if grown:
        kind = look.beard if look.beard in ("moustache", "goatee") else "full"
        share = share + _blurred(beard_density(places_near, kind, seed), near, 1.5) * grown
    share = np.clip(share * (1 + 0.15 * grain(seed, 0.7)[near]), 0, 0.85)
    color = color.copy()
    # Hair below light skin looks blue, as skin scatters red furthest.
    below = 0.30 * color[near] + 0.45 * person.brows.light + (1 - dark) * np.array([0.004, 0.010, 0.016])
    color[near] = _blend(color[near], np.minimum(below, 1.1 * color[near]), share)
    return color


def _blurred(values: np.ndarray, where: np.ndarray, width: float) -> np.ndarray:
    """Return values (n,) of the texels ``where`` (h, w), blurred over the texture."""
    layer = np.zeros(where.shape, np.float32)
    layer[where] = values
    return cv2.GaussianBlur(layer, (0, 0), width)[where]


def _scalp(person) -> tuple[np.ndarray, float]:
    """Return how much hair shades the skin it grows from, (h, w), 0..1, and how much of the shade is the hair's own."""
    hair, skin_map = person.look.hair, head_model().skin_map
    if hair.style == "bald":
        rough = 0.03 * noise(skin_map, 9, person.skin.seed + 1) + 0.02 * noise(skin_map, 30, hair.seed)
        return 0.22 * smoothstep(-0.05, 0.09, hairline(skin_map, 0.1, 0.1) + rough), 0.2
    dense = hair_density(skin_map, hair)
    if hair.style in CROPPED:
        return (0.35 + 0.5 * smoothstep(7.0, 7.7, skin_map[..., 1])) * dense, 0.45
    return 0.88 * dense, 0.45
