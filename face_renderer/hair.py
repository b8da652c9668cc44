"""Everything made of strands: hair of the head, beards, brows and lashes.

A few guide strands grow along the head as a style combs them; thousands of strands follow their nearest guides.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from face_renderer.head import (
    EYE_DEPTH,
    EYE_DISTANCE,
    EYE_HEIGHT,
    SKIN,
    Roots,
    beard_areas,
    front_roots,
    hairline,
    head_model,
    noise,
    scatter_roots,
    tangent,
    vertices_of,
)
from face_renderer.person import AGED_COLORS
from face_renderer.vectors import smoothstep, unit

POINTS = 14  # of a strand of head hair
SHORT_POINTS = 4  # of a strand of a brow, lash or beard
N_GUIDES = 900
UP, FRONT, SIDE = np.array([0.0, 1, 0]), np.array([0.0, 0, 1]), np.array([1.0, 0, 0])


@dataclass(frozen=True, eq=False)
class Strands:
    """Strands that do not move with an expression.

    Attributes
    ----------
    points : ndarray, shape (n, k, 3)
    radius : ndarray, shape (n, k), decimetres
    color : ndarray, shape (n, 3), linear light
    opacity : ndarray, shape (n,), 0..1
    """

    points: np.ndarray
    radius: np.ndarray
    color: np.ndarray
    opacity: np.ndarray


@dataclass(frozen=True, eq=False)
class Style:
    """How a style combs its guides; lengths in decimetres.

    ``comb`` (n, 3) is where a strand is led along the head, ``gravity`` how much it falls, ``lift`` how far it stands
    up at its root, ``clearance`` how far the hair stays off the head.  ``curl`` and ``curl_turns`` wind it; ``clump``
    (0..1) draws strands to their guide and ``spread`` scatters them.
    """

    length: np.ndarray
    comb: np.ndarray
    gravity: float = 0.0
    lift: np.ndarray | float = 0.25
    clearance: float = 0.03
    curl: float = 0.0
    curl_turns: float = 9.0
    clump: float = 0.5
    spread: float = 0.03
    strands: int = 11_000
    radius: float = 0.0062
    stands: bool = False  # along the normal, not along the head


def _style(hair, random: np.random.Generator, place: np.ndarray, normal: np.ndarray) -> Style:
    """Return the style of guides that grow at places (n, 3) of the undeformed head."""
    x, y, z = place.T
    n = len(place)
    top = smoothstep(7.75, 8.1, y)
    parting = {"long side": 0.22, "side part": 0.25, "bob": 0.18, "wavy": 0.15}.get(hair.style, 0.0)
    side = np.sign(random.normal())
    away = np.where(x > parting * side, 1.0, -1.0)[:, None] * SIDE  # from the parting
    wave, volume = hair.wave, hair.volume
    column = top[:, None]
    match hair.style:
        case "long centre" | "long side" | "wavy":
            wavy = hair.style == "wavy"
            comb = away - 0.35 * FRONT * (z < 0.6)[:, None] - 0.15 * FRONT
            length = np.full(n, random.uniform(1.6, 2.4) if wavy else random.uniform(2.2, 3.2))
            curl = 0.02 + 0.05 * wave * (2.5 if wavy else 1)
            return Style(length, comb, 0.55, 0.35 * volume, 0.05 * volume, curl, 5 + 4 * wave, 0.75, 0.035)
        case "bob":
            length = np.full(n, random.uniform(1.2, 1.7))
            return Style(length, away - 0.15 * FRONT, 0.6, 0.4 * volume, 0.06 * volume, 0.015, 9, 0.6, 0.035)
        case "fringe":
            front = (z > 0.45) & (y > 7.6)
            length = np.where(front, random.uniform(0.55, 0.70), random.uniform(1.4, 2.8))
            comb = np.where(front[:, None], 1.2 * FRONT + 0.25 * x[:, None] * SIDE, away - 0.2 * FRONT)
            return Style(length, comb, 0.55, 0.35 * volume, 0.05, 0.015 + 0.03 * wave, 9, 0.6, 0.03)
        case "pulled back":
            comb = -FRONT + 0.35 * UP * column + (0.3 * (1 - column) - 0.1) * UP
            return Style(np.full(n, 0.9), comb, 0.0, 0.06, 0.025, clump=0.3, spread=0.015, radius=0.0068)
        case "curly" | "afro" | "short curls" | "short afro":
            length, gravity, curl = {"curly": (1.1, 0.35, 0.16), "afro": (0.65, 0.02, 0.12),
                                     "short curls": (0.42, 0.1, 0.12), "short afro": (0.20, 0.0, 0.05)}[hair.style]  # fmt: skip # noqa: E501
            off_face = (0.5 * UP - 0.55 * FRONT) * ((z > 0.3) & (y > 7.5))[:, None]
            comb = normal + 0.25 * away + off_face
            length = np.full(n, length * random.uniform(0.8, 1.2))
            return Style(length, comb, gravity, 0.8, 0.06, curl, 14, 0.55, 0.05, stands=hair.style != "curly")
        case "side part" | "short":
            comb = away - 0.35 * FRONT + 0.35 * FRONT * ((z > 0.6) * wave)[:, None] + 0.15 * UP
            length = 0.34 + 0.42 * top - 0.18 * (1 - top) * smoothstep(7.6, 7.2, y)
            length = length * (1.6 if hair.style == "short" else 1)
            return Style(length, comb, 0.12, 0.35 * volume * top + 0.1, 0.03, 0.012, 9, 0.6, 0.03)
        case "swept back" | "receding":
            swept = hair.style == "swept back"
            length = 0.30 + (0.54 if swept else 0.12) * top
            comb = -FRONT + 0.15 * away + 0.25 * UP * column - 0.3 * UP * (1 - column)
            return Style(length, comb, 0.03, 0.4 * volume * top + 0.08, 0.03, 0.01, 9, 0.55, 0.025,
                         strands=11_000 if swept else 7_500)  # fmt: skip
        case "crew" | "spiky" | "buzz":
            spiky = hair.style == "spiky"
            length = {"crew": 0.12 + 0.14 * top, "spiky": 0.16 + 0.24 * top, "buzz": 0.05 + 0.02 * top}[hair.style]
            comb = 0.6 * normal + 0.5 * FRONT * (0.3 + 0.5 * column) + 0.35 * UP * column - 0.4 * UP * (1 - column)
            comb = comb + 0.6 * normal * spiky
            clump = 0.5 if spiky else 0.2
            return Style(length, comb, 0.02, 0.8 if spiky else 0.5, 0.01, clump=clump, spread=0.025, strands=14_000,
                         radius=0.0048, stands=True)  # fmt: skip
        case "short fringe":
            front = (z > 0.35) & (y > 7.6)
            length = np.where(front, 0.48, 0.34 + 0.2 * top)
            back = 0.6 * away - 0.3 * FRONT - 0.4 * UP * (1 - column)
            comb = np.where(front[:, None], FRONT + 0.35 * side * SIDE, back)
            return Style(length, comb, 0.25, 0.25 * volume, 0.03, 0.015, 9, 0.6, 0.03)
    raise ValueError(f"There is no hairstyle {hair.style!r}.")


def grow_hair(person, skin: np.ndarray, normals: np.ndarray) -> Strands | None:
    """Return the hair of a person's head, None for a bald one.

    Parameters
    ----------
    person : Person
    skin, normals : ndarray, shape (n, 3)
        The fine mesh without expression.
    """
    hair = person.look.hair
    if hair.style == "bald":
        return None
    random = np.random.default_rng(hair.seed)
    rest = head_model().rest
    raised, temples = hair.hairline

    def density(places: np.ndarray) -> np.ndarray:
        ragged = 0.02 * noise(places, 8, hair.seed) + 0.012 * noise(places, 40, hair.seed + 1)
        return smoothstep(-0.05, 0.16, hairline(places, raised, temples) + ragged)

    roots = scatter_roots(random, N_GUIDES, density)
    style = _style(hair, random, roots.on(rest), unit(roots.on(normals)))
    guides = _grow_guides(style, random, roots.on(skin), unit(roots.on(normals)), skin, normals, hair.volume)
    children = scatter_roots(random, style.strands, density)
    points = _follow(style, random, guides, children.on(skin), hair.volume)
    at_edge = smoothstep(-0.05, 0.18, hairline(children.on(rest), raised, temples))
    radius = style.radius * (0.45 + 0.55 * at_edge)[:, None] * np.linspace(1.0, 0.7, POINTS)
    color = hair.light * _variety(random, hair.color, len(points))
    return Strands(points, radius, color, 0.6 + 0.33 * at_edge)


def _grow_guides(style: Style, random, start, normal, skin, normals, volume: float) -> np.ndarray:
    """Return guide strands (n, POINTS, 3) that start at points (n, 3) and stay off the head."""
    n = len(start)
    length = style.length * random.uniform(0.85, 1.12, n)
    comb = unit(style.comb + random.normal(0, 0.10, (n, 3)))
    layer = random.uniform(0, 1, n)
    phase = random.uniform(0, 2 * np.pi, n)[:, None]
    winding = unit(np.cross(comb, random.normal(0, 1, (n, 3))))
    on_skin = vertices_of(SKIN)
    tree = cKDTree(skin[on_skin])
    points = np.zeros((n, POINTS, 3))
    points[:, 0] = start + 0.004 * normal
    heading, up = unit(0.6 * normal + comb), normal
    for k in range(1, POINTS):
        along = k / (POINTS - 1)
        led = comb if style.stands else comb - (comb * up).sum(1, keepdims=True) * up
        fading = 1 - 0.55 * along * (style.gravity > 0.3)
        standing = np.broadcast_to(np.maximum(0, 1 - 3 * along) * style.lift, (n,))[:, None] * up
        wanted = unit(led * fading - UP * style.gravity * (0.25 + 2.2 * along) + standing)
        heading = unit(0.55 * heading + 0.75 * wanted)
        next_point = points[:, k - 1] + heading * (length / (POINTS - 1))[:, None]
        nearest = on_skin[tree.query(next_point)[1]]
        up = normals[nearest]
        height = ((next_point - skin[nearest]) * up).sum(1)
        room = style.clearance * (0.4 + layer) * min(1, 4 * along) * volume + 0.008
        points[:, k] = next_point + up * np.clip(room - height, 0, 0.5)[:, None]
    if style.curl:
        along = np.linspace(0, 1, POINTS)[None]
        reach = style.curl * np.clip(3 * along, 0, 1)
        turn = along * np.minimum(style.curl_turns * length[:, None] * 2.2, 11.0) + phase
        across = unit(np.cross(unit(points[:, -1] - points[:, 0]), winding))
        points += (np.sin(turn) * reach)[..., None] * winding[:, None] + (np.cos(turn) * reach)[..., None] * across[:, None]  # fmt: skip # noqa: E501
        points[:, 0] = start
    return points


def _follow(style: Style, random, guides: np.ndarray, start: np.ndarray, volume: float) -> np.ndarray:
    """Return strands (n, POINTS, 3) that start at points (n, 3) and follow the guides nearby."""
    n = len(start)
    nearest = cKDTree(guides[:, 0]).query(start, k=3)[1]
    chosen = guides[nearest[np.arange(n), random.choice(3, n, p=[0.6, 0.25, 0.15])]]
    along = np.linspace(0, 1, POINTS)[None, :, None]
    path = (chosen - chosen[:, :1]) * random.uniform(0.86, 1.06, (n, 1, 1))
    points = chosen[:, :1] + path + (start - chosen[:, 0])[:, None] * (1 - style.clump * along)
    drift, ripple = random.normal(0, 1, (n, 1, 3)), random.normal(0, 1, (n, 1, 3))
    phase = random.uniform(0, 2 * np.pi, (n, 1, 1))
    points += style.spread * along * (0.9 * drift + 0.5 * np.sin(6 * along + phase) * ripple)
    astray = random.random(n) < 0.03
    stray = 0.06 * volume * style.length.mean() * random.normal(0, 1, (astray.sum(), 1, 3))
    points[astray] += along**1.5 * stray
    points[:, 0] = start
    return points


def _variety(random, color: str, n: int) -> np.ndarray:
    """Return factors (n, 1) by which strands of one colour differ."""
    width = {"grey": 0.30, "white": 0.25, "greying": 0.16, "blond": 0.24, "dark blond": 0.24, "light brown": 0.22}
    factors = np.exp(random.normal(0, width.get(color, 0.16), n))
    if color == "greying":
        factors[random.random(n) < 0.45] *= 4.0
    return factors[:, None]


@dataclass(frozen=True, eq=False)
class ShortStrands:
    """Strands that grow on moving skin: their roots, and where they point.

    Attributes
    ----------
    roots : Roots
    direction : ndarray, shape (n, 3)
        Bent into the skin's plane.
    length, radius : float arrays, shape (n,), decimetres
    color : ndarray, shape (n, 3), linear light
    blend : ndarray, shape (n,)
        How much a strand covers what lies below, 0..1.
    """

    roots: Roots
    direction: np.ndarray
    length: np.ndarray
    radius: np.ndarray
    color: np.ndarray
    blend: np.ndarray

    def on(self, skin: np.ndarray, normals: np.ndarray) -> np.ndarray:
        """Return the strands, (n, SHORT_POINTS, 3), on a fine mesh."""
        start, normal = self.roots.on(skin), unit(self.roots.on(normals))
        lie = tangent(self.direction, normal)
        along = np.linspace(0, 1, SHORT_POINTS)[None, :, None]
        length = self.length[:, None, None]
        off = 0.004 + 0.21 * length * (along - 0.5 * along**2)
        return start[:, None] + off * normal[:, None] + length * along * lie[:, None]


def grow_brows(person) -> ShortStrands:
    """Return both eyebrows."""
    brow = person.brows
    random = np.random.default_rng([23, person.seed])
    n = int(1300 * brow.density)
    xs, ys, directions, lengths = [], [], [], []
    for sign in (1, -1):
        along = random.beta(1.25, 1.25, n)  # 0: at the nose, 1: at the temple
        across = random.normal(0, 0.85, n).clip(-2.2, 2.2)
        peak = 0.62
        rise = (0.012 + brow.arch) * np.sin(np.clip(along / peak, 0, 1) * np.pi / 2)
        fall = (0.040 + brow.arch) * np.clip(along - peak, 0, 1) / (1 - peak)
        middle = EYE_HEIGHT + 0.188 + brow.height + brow.tilt * (along - 0.3) + rise - fall
        thick = 0.030 * brow.thickness * (1.0 - 0.72 * along**1.3) * (0.55 + 0.45 * np.clip(4 * along, 0, 1))
        angle = np.interp(along, [0, 0.15, 0.5, 0.8, 1], [1.3, 0.7, 0.25, -0.10, -0.30])
        angle = angle + random.normal(0, 0.18, n) - 0.18 * across
        xs.append(sign * (brow.inner + (brow.outer - brow.inner) * along))
        ys.append(middle + across * thick)
        directions.append(np.stack([sign * np.cos(angle), np.sin(angle), 0 * angle], axis=1))
        lengths.append(random.uniform(0.035, 0.075, n) * (1 - 0.3 * along))
    roots, hit = front_roots(np.concatenate(xs), np.concatenate(ys))
    direction, length = np.concatenate(directions)[hit], np.concatenate(lengths)[hit]
    color = 0.7 * brow.light * np.exp(random.normal(0, 0.2, (len(roots), 1)))
    return ShortStrands(roots, direction, length, np.full(len(roots), 0.0020), color, np.full(len(roots), 0.68))


def grow_beard(person) -> ShortStrands | None:
    """Return the beard of a person, None where it is shaven or stubble (which is colour)."""
    kind = person.look.beard
    n = {"moustache": 2400, "goatee": 4500, "full": 12_000}.get(kind)
    if n is None:
        return None
    random = np.random.default_rng([29, person.look.hair.seed])

    def density(places: np.ndarray) -> np.ndarray:
        moustache, beard = beard_areas(places)
        if kind == "moustache":
            beard = 0 * beard
        elif kind == "goatee":
            beard = beard * smoothstep(0.34, 0.26, np.abs(places[:, 0]))
        both = moustache + beard
        return np.where(both > 0.2, both, 0)

    roots = scatter_roots(random, n, density)
    place = roots.on(head_model().rest)
    direction = random.normal(0, 0.35, (n, 3)) + np.array([0, -0.9, 0.2])
    direction[:, 0] += 0.25 * np.sign(place[:, 0]) * (place[:, 1] > 6.55)
    length = person.look.beard_length * random.uniform(0.7, 1.2, n) * (0.8 if kind == "moustache" else 1)
    color = person.brows.light * 1.1 * np.exp(random.normal(0, 0.25, (n, 1)))
    if person.hair_color in AGED_COLORS:
        color[random.random(n) < 0.5] *= 3
    return ShortStrands(roots, direction, length, np.full(n, 0.0030), color, np.full(n, 0.70))


def _lid_margins() -> list[np.ndarray]:
    """Return the fine vertices at the edge of the lids, of the right and the left eye."""
    rest = head_model().rest
    skin = vertices_of(SKIN)
    margins = []
    for side in (-1, 1):
        centre = np.array([side * EYE_DISTANCE / 2, EYE_HEIGHT, EYE_DEPTH])
        near = np.linalg.norm(rest[skin] - centre, axis=1) < 0.166
        margins.append(skin[near & (rest[skin][:, 2] > EYE_DEPTH + 0.03)])
    return margins


def lashes(person, skin: np.ndarray, eyes: np.ndarray, radius: float) -> tuple[np.ndarray, np.ndarray]:
    """Return lashes (n, SHORT_POINTS, 3) on a fine mesh with its eyes (2, 3), and the fine vertices they grow from."""
    along = np.linspace(0, 1, SHORT_POINTS)[None, :, None]
    strands, vertices = [], []
    for margin, centre in zip(_lid_margins(), eyes, strict=True):
        out = skin[margin] - centre
        distance = np.linalg.norm(out, axis=1)
        chosen = (distance < 1.16 * radius) & (out[:, 2] > 0.02)
        start, out = skin[margin][chosen], unit(out[chosen])
        upper = out[:, 1] > np.median(out[:, 1])
        pointing = unit(np.stack([0.9 * out[:, 0], np.where(upper, 0.55, -0.45), out[:, 2] + 0.5], axis=1))
        long = 0.026 + 0.016 * person.femininity + 0.012 * person.look.eye_makeup
        length = np.where(upper, long, 0.010)[:, None, None]
        strand = start[:, None] + 0.004 * out[:, None] + length * along * pointing[:, None]
        strand[..., 1] += 0.018 * upper[:, None] * along[..., 0] ** 2
        strands.append(strand)
        vertices.append(margin[chosen])
    return np.concatenate(strands), np.concatenate(vertices)
