"""Everything made of strands: hair of the head, beards, brows and lashes.

A few guide strands grow along the head as a style combs them; thousands of strands follow their nearest guides.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.spatial import cKDTree

from face_renderer.colors import skin_color
from face_renderer.growth import above_hairline, beard_density, brow_density, brow_line, hair_density, toned
from face_renderer.hairstyles import SHORT, Style, style_of
from face_renderer.head import (
    EYE_DEPTH,
    EYE_DISTANCE,
    EYE_HEIGHT,
    SKIN,
    Roots,
    front_roots,
    head_model,
    noise,
    scatter_roots,
    tangent,
    vertices_of,
)
from face_renderer.kernels import jit
from face_renderer.person import AGED_COLORS
from face_renderer.vectors import UP, bell, smoothstep, unit

N_GUIDES = 1000
SHORT_POINTS = 4  # of a strand of a brow, lash or beard
# Hairs of each kind of beard, and how long they are compared with `Look.beard_length`; stubble has a length of its own.
BEARDS = {"moustache": (2600, 0.7), "goatee": (5000, 0.9), "full": (11_000, 1.0), "stubble": (5000, 0.0),
          "heavy stubble": (8000, 0.0)}  # fmt: skip


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

    def density(places: np.ndarray) -> np.ndarray:
        # The back of the head only shows behind it: most strands are spent on what a camera in front sees.
        behind = 0.1 if hair.style in SHORT else 0.3
        return hair_density(places, hair) * (behind + (1 - behind) * smoothstep(-0.3, 0.2, places[:, 2]))

    trial = scatter_roots(random, N_GUIDES, density)
    style = style_of(hair, random, trial.on(rest), unit(trial.on(normals)))
    guides = _grow_guides(style, random, trial, skin, normals, hair)
    children = scatter_roots(random, style.strands, density)
    at = children.on(rest)
    points = _follow(style, random, guides, children.on(skin), hair.volume)
    edge = smoothstep(-0.06, 0.20, above_hairline(at, hair))
    cut = style.points < 10
    if cut:  # it fades out; long hair is as long at its edge
        points = points[:, :1] + (points - points[:, :1]) * (0.35 + 0.65 * edge)[:, None, None]
    taper = np.linspace(1.0, 0.35 if cut else 0.7, style.points)
    radius = style.radius * (0.35 + 0.65 * edge)[:, None] * taper
    color = toned(hair.light, random, hair.color, at, hair.seed)
    # Hairs at the edge are finer than the strands they are drawn as: skin shines through.
    color += 0.6 * (1 - edge[:, None]) * (0.4 * skin_color(person.ita) - color)
    return Strands(points, radius, color, 0.3 + 0.65 * edge)


def _grow_guides(style: Style, random, roots: Roots, skin, normals, hair) -> np.ndarray:
    """Return guide strands (n, points, 3) that start at roots and stay off the head and the eyes."""
    n, last = len(roots), style.points - 1
    start, normal, place = roots.on(skin), unit(roots.on(normals)), roots.on(head_model().rest)
    length = style.length * random.uniform(0.88, 1.1, n)
    swirl = np.stack([noise(place, 2.5, hair.seed + k) for k in (2, 3, 4)], axis=1)
    comb = unit(style.comb + style.mess * (1.5 * swirl + random.normal(0, 1, (n, 3))))
    layer = random.uniform(0, 1, n)
    on_skin = vertices_of(SKIN)
    tree = cKDTree(skin[on_skin])
    points = np.zeros((n, style.points, 3))
    points[:, 0] = start + 0.004 * normal
    heading, up = unit(np.broadcast_to(style.rise, (n,))[:, None] * normal + comb), normal
    for k in range(1, style.points):
        along = k / last
        led = comb if style.stands else comb - (comb * up).sum(1, keepdims=True) * up
        fading = 1 - 0.55 * along * (style.gravity > 0.3)
        standing = np.broadcast_to(np.maximum(0, 1 - 3 * along) * style.lift, (n,))[:, None] * up
        turned_in = -style.tuck * smoothstep(0.5, 1.0, along) * unit(points[:, k - 1] * [1, 0, 1] - [0, 0, 0.4])
        wanted = unit(led * fading - UP * style.gravity * (0.25 + 2.2 * along) + standing + turned_in)
        heading = unit(0.55 * heading + 0.75 * wanted)
        next_point = points[:, k - 1] + heading * (length / last)[:, None]
        nearest = on_skin[tree.query(next_point)[1]]
        up = normals[nearest]
        height = ((next_point - skin[nearest]) * up).sum(1)
        room = style.clearance * (0.4 + layer) * min(1, 4 * along) * hair.volume + 0.006
        points[:, k] = next_point + up * np.clip(room - height, 0, 0.5)[:, None]
    if style.curl:
        points += _winding(style, random, comb, points, length)
    return _off_the_eyes(points)


def _winding(style: Style, random, comb: np.ndarray, points: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Return how far curls take guides (n, points, 3) off their way."""
    along = np.linspace(0, 1, style.points)[None]
    phase = random.uniform(0, 2 * np.pi, len(points))[:, None]
    winding = unit(np.cross(comb, random.normal(0, 1, comb.shape)))
    across = unit(np.cross(unit(points[:, -1] - points[:, 0]), winding))
    reach = style.curl * np.clip(3 * along, 0, 1)
    turn = along * np.minimum(style.curl_turns * length[:, None] * 2.2, 11.0) + phase
    moved = (np.sin(turn) * reach)[..., None] * winding[:, None] + (np.cos(turn) * reach)[..., None] * across[:, None]
    return moved - moved[:, :1]


def _off_the_eyes(points: np.ndarray) -> np.ndarray:
    """Return guides with no hair before brows and eyes: it ends above them, or hangs beside them."""
    x, y, z = np.moveaxis(points, -1, 0)
    before = (z > 0.85) & (y < EYE_HEIGHT + 0.25) & (np.abs(x) < 0.52)
    first = np.where(before.any(1), before.argmax(1), points.shape[1])
    n, k, _ = points.shape
    share = np.clip((first - 1) / (k - 1), 0.05, 1)
    at = np.linspace(0, 1, k)[None] * share[:, None] * (k - 1)
    lower = np.minimum(at.astype(int), k - 2)
    rows = np.arange(n)[:, None]
    between = (at - lower)[..., None]
    return points[rows, lower] * (1 - between) + points[rows, lower + 1] * between


def _follow(style: Style, random, guides: np.ndarray, start: np.ndarray, volume: float) -> np.ndarray:
    """Return strands (n, points, 3) that start at points (n, 3) and follow the guides nearby."""
    n = len(start)
    distance, nearest = cKDTree(guides[:, 0]).query(start, k=3)
    weight = 1 / (distance + 0.01)
    chosen = np.zeros((n, 3))
    chosen[np.arange(n), random.choice(3, n, p=[0.6, 0.25, 0.15])] = 1
    # Smooth hair lies between its guides; a mean of curls would be straight.
    share = 0.65 if style.curl < 0.04 else 0.0
    weight = share * weight / weight.sum(1, keepdims=True) + (1 - share) * chosen
    astray = (random.random(n) < 0.015) * 0.05 * volume * np.mean(style.length)
    return _led_strands(
        guides - guides[:, :1], nearest, weight, start, guides[nearest[:, 0], 0] - start,
        random.uniform(0.82, 1.06, n), style.clump, style.spread, random.normal(0, 1, (n, 3)),
        random.normal(0, 1, (n, 3)), random.uniform(0, 2 * np.pi, n), astray[:, None] * random.normal(0, 1, (n, 3)),
    )  # fmt: skip


@jit
def _led_strands(ways, nearest, weight, start, to_guide, scale, clump, spread, drift, ripple, phase, stray):
    """Return strands (n, k, 3): each a mean of three guides' ways (g, k, 3), drawn to them and scattered."""
    n, k = len(start), ways.shape[1]
    points = np.empty((n, k, 3))
    for i in range(n):
        a, b, c = nearest[i]
        for j in range(k):
            along = j / (k - 1)
            wander, curve = 0.4 * np.sin(5 * along + phase[i]), along * np.sqrt(along)
            for d in range(3):
                way = weight[i, 0] * ways[a, j, d] + weight[i, 1] * ways[b, j, d] + weight[i, 2] * ways[c, j, d]
                loose = spread * along * (0.9 * drift[i, d] + wander * ripple[i, d]) + curve * stray[i, d]
                points[i, j, d] = start[i, d] + scale[i] * way + clump * along * to_guide[i, d] + loose
    return points


@dataclass(frozen=True, eq=False)
class ShortStrands:
    """Strands that grow on moving skin: their roots, and where they point.

    Attributes
    ----------
    roots : Roots
    direction : ndarray, shape (n, 3)
        Bent into the skin's plane.
    bend : ndarray, shape (n,)
        How far a strand's tip is off to one side, in its lengths.
    length, radius : float arrays, shape (n,), decimetres
    color : ndarray, shape (n, 3), linear light
    cover : ndarray, shape (n,)
        How much a strand covers what lies below, 0..1.
    """

    roots: Roots
    direction: np.ndarray
    bend: np.ndarray
    length: np.ndarray
    radius: np.ndarray
    color: np.ndarray
    cover: np.ndarray

    def on(self, skin: np.ndarray, normals: np.ndarray) -> np.ndarray:
        """Return the strands, (n, SHORT_POINTS, 3), on a fine mesh."""
        start, normal = self.roots.on(skin), unit(self.roots.on(normals))
        lie = tangent(self.direction, normal)
        along = np.linspace(0, 1, SHORT_POINTS)[None, :, None]
        length = self.length[:, None, None]
        off = 0.004 + 0.21 * length * (along - 0.5 * along**2)
        bent = self.bend[:, None, None] * along**2 * np.cross(normal, lie)[:, None]
        return start[:, None] + off * normal[:, None] + length * (along * lie[:, None] + bent)


def grow_brows(person) -> ShortStrands:
    """Return both eyebrows."""
    brow = person.brows
    random = np.random.default_rng([23, person.seed])
    n = int(90 + 420 * brow.density * brow.thickness)
    xs, ys, directions, lengths = [], [], [], []
    for sign in (1, -1):
        along = random.uniform(0, 1, n)
        along = along[random.random(n) < brow_density(brow, along)]
        m = len(along)
        across = random.normal(0, 0.62 + 0.3 * brow.ragged, m).clip(-2.2, 2.2)
        middle, thick = brow_line(brow, along)
        angle = np.interp(along, [0, 0.15, 0.5, 0.8, 1], [1.25, 0.75, 0.25, -0.10, -0.35])
        angle = angle + random.normal(0, 0.10 + 0.25 * brow.ragged, m) - 0.22 * across
        xs.append(sign * (brow.inner + (brow.outer - brow.inner) * along))
        ys.append(EYE_HEIGHT + middle + across * thick - 0.010)
        directions.append(np.stack([sign * np.cos(angle), np.sin(angle), 0 * angle], axis=1))
        lengths.append(random.uniform(0.045, 0.085, m) * (1 - 0.35 * along) * (0.75 + 0.25 * brow.thickness))
    roots, hit = front_roots(np.concatenate(xs), np.concatenate(ys))
    direction, length = np.concatenate(directions)[hit], np.concatenate(lengths)[hit]
    n = len(roots)
    color = brow.light * np.exp(random.normal(0, 0.2, (n, 1)))
    return ShortStrands(roots, direction, random.normal(0, 0.25, n), length, np.full(n, 0.0011), color, np.full(n, 0.8))


def grow_beard(person) -> ShortStrands | None:
    """Return the beard of a person, stubble too; None where it is shaven."""
    kind, seed = person.look.beard, person.look.hair.seed
    if kind not in BEARDS:
        return None
    n, share = BEARDS[kind]
    random = np.random.default_rng([29, seed])
    roots = scatter_roots(random, n, lambda places: np.maximum(beard_density(places, kind, seed) - 0.04, 0))
    side, y, _ = roots.on(head_model().rest).T
    moustache = (y > 6.55) & (np.abs(side) < 0.34)
    # A moustache is combed apart, a beard down the cheeks and forward at the chin.
    outward = np.sign(side) * np.where(moustache, 0.25 + 1.5 * np.abs(side), -0.15 * smoothstep(6.3, 6.8, y))
    direction = np.stack([outward, np.full(n, -0.9), np.full(n, 0.15)], axis=1) + random.normal(0, 0.28, (n, 3))
    length = np.where(moustache, 0.75, 1.0) * person.look.beard_length * share if share else np.full(n, 0.011)
    length = np.minimum(length, np.where(moustache, 0.065, 1.0)) * random.uniform(0.6, 1.25, n)
    color = person.brows.light * np.exp(random.normal(0, 0.22, (n, 1)))
    if person.hair_color in AGED_COLORS:
        # Beards whiten from the chin.
        pale = random.random(n) < {"greying": 0.25, "grey": 0.5, "white": 0.85}[person.hair_color] + 0.2 * bell(
            side, 0.2
        )
        color[pale] = 0.3 * color[pale] + 0.7 * np.array([0.40, 0.39, 0.375])
    radius, cover = (0.0014, 0.6) if share else (0.0013, 0.6)
    return ShortStrands(
        roots, direction, random.normal(0, 0.5, n), length, np.full(n, radius), color, np.full(n, cover)
    )


@jit
def blend_strands(points, radius, light, cover, depth, scene, covered):
    """Draw short strands over the scene, each as transparent as it is thin.

    Unlike `kernels.draw_strands` nothing is left to chance, so that brows and beards keep soft edges; strands lie so
    flat on the skin that their order does not show.

    Parameters
    ----------
    points : ndarray, shape (n, k, 3)
        x, y in pixels and depth.
    radius : ndarray, shape (n, k), pixels
    light : ndarray, shape (n, 3)
    cover : ndarray, shape (n,)
        How much a strand covers where it is wider than a pixel, 0..1.
    depth : ndarray, shape (h, w)
    scene, covered : ndarray, shapes (h, w, 3) and (h, w)
        Changed: the scene, and how much of each pixel strands cover.
    """
    height, width = depth.shape
    for s in range(points.shape[0]):
        for k in range(points.shape[1] - 1):
            x0, y0, z0 = points[s, k]
            dx, dy, dz = points[s, k + 1, 0] - x0, points[s, k + 1, 1] - y0, points[s, k + 1, 2] - z0
            steep = abs(dy) > abs(dx)
            reach = max(abs(dx), abs(dy))
            steps = int(reach) + 1
            half = max(radius[s, k], 0.5)
            # A step shorter than a pixel covers only its share of it.
            strength = cover[s] * min(1.0, 2 * radius[s, k]) * min(1.0, reach / steps)
            for j in range(steps):
                t = (j + 0.5) / steps
                cx, cy, z = x0 + dx * t, y0 + dy * t, z0 + dz * t
                across = cx if steep else cy
                for q in range(int(np.floor(across - half)), int(np.floor(across + half)) + 1):
                    x, y = (q, int(np.floor(cy))) if steep else (int(np.floor(cx)), q)
                    if x < 0 or y < 0 or x >= width or y >= height or z > depth[y, x]:
                        continue
                    share = strength * (min(q + 1.0, across + half) - max(float(q), across - half))
                    for c in range(3):
                        scene[y, x, c] = scene[y, x, c] * (1 - share) + light[s, c] * share
                    covered[y, x] = covered[y, x] * (1 - share) + share


@cache
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
