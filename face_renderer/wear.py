"""What is worn on a head: glasses, caps, scarves and masks, as meshes that follow the face they are worn on."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import sparse

from face_renderer.head import CLOTH, COVER, DARK_LENS, FRAME, NECK, SKIN, head_model
from face_renderer.vectors import smoothstep, unit

CAP_EDGE = 7.56  # decimetres: how low a cap is worn, at the ears
RING = 40  # points round a lens
FRAMES = {  # half width, half height, squareness (2: an ellipse), radius of the frame's wire; decimetres
    "metal": (0.245, 0.165, 3.2, 0.008),
    "thick": (0.255, 0.185, 3.4, 0.021),
    "round": (0.215, 0.205, 2.1, 0.009),
    "sun": (0.275, 0.215, 2.8, 0.018),
}


COLLAR_HEIGHTS = {"shirt": 5.98, "high": 6.05}  # decimetres, at the side of the neck


@dataclass(frozen=True, eq=False)
class Worn:
    """A mesh on a head: points (n, 3), normals (n, 3), triangles (t, 3) and their material (t,)."""

    points: np.ndarray
    normals: np.ndarray
    triangles: np.ndarray
    material: np.ndarray


def _tube(path: np.ndarray, radius: float, closed: bool, sides: int = 6) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return points, normals and triangles of a tube round a path (n, 3)."""
    n = len(path)
    ahead = np.roll(path, -1, 0) - np.roll(path, 1, 0)
    if not closed:
        ahead[0], ahead[-1] = path[1] - path[0], path[-1] - path[-2]
    ahead = unit(ahead)
    across = np.cross(ahead, [0, 0, 1.0])
    parallel = np.linalg.norm(across, axis=1) < 0.2
    across[parallel] = np.cross(ahead[parallel], [0, 1.0, 0])
    across = unit(across)
    other = np.cross(ahead, across)
    angle = (np.arange(sides) / sides * 2 * np.pi)[None, :, None]
    normals = np.cos(angle) * across[:, None] + np.sin(angle) * other[:, None]
    points = path[:, None] + radius * normals
    i = np.arange(n if closed else n - 1)[:, None]
    j, k = (i + 1) % n, np.arange(sides)[None]
    following = (k + 1) % sides
    a, b, c, d = i * sides + k, i * sides + following, j * sides + following, j * sides + k
    triangles = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    both = np.concatenate([triangles, triangles[:, ::-1]])
    return points.reshape(-1, 3), normals.reshape(-1, 3), both


def glasses(kind: str, skin: np.ndarray, eyes: np.ndarray) -> tuple[Worn, np.ndarray, np.ndarray]:
    """Return glasses for a face; and the points and triangles of their lenses.

    Parameters
    ----------
    kind : str
        One of `FRAMES`.
    skin : ndarray, shape (n, 3)
        The fine mesh.
    eyes : ndarray, shape (2, 3)
        Centres of the eyeballs.
    """
    half_width, half_height, squareness, wire = FRAMES[kind]
    x, y, z = skin.T
    centre_y = eyes[:, 1].mean() - 0.035
    bridge = skin[(np.abs(x) < 0.06) & (np.abs(y - centre_y - 0.005) < 0.05)]
    front = max(eyes[0, 2] + 0.20, bridge[:, 2].max() if len(bridge) else 1.45)
    temple = np.abs(x[(z > 0.45) & (z < 0.8) & (np.abs(y - centre_y) < 0.13)]).max() + 0.015
    centre_x = abs(eyes[0, 0] - eyes[1, 0]) / 2 + 0.02
    angle = np.arange(RING) / RING * 2 * np.pi
    cosine, sine = np.cos(angle), np.sin(angle)

    def depth(at):
        return front - 0.10 * (np.asarray(at) / 0.55) ** 2

    meshes, lens_points, lens_triangles = [], [], []
    fan = np.array([[k, (k + 1) % RING, RING] for k in range(RING)])
    for sign in (1, -1):
        ring_x = np.sign(cosine) * np.abs(cosine) ** (2 / squareness) * half_width + sign * centre_x
        ring_y = np.sign(sine) * np.abs(sine) ** (2 / squareness) * half_height + centre_y
        ring = np.stack([ring_x, ring_y, depth(ring_x)], axis=1)
        meshes.append((*_tube(ring, wire, closed=True), FRAME))
        middle = [[sign * centre_x, centre_y, depth(centre_x) + 0.012]]
        lens_triangles.append(np.concatenate([fan, fan[:, ::-1]]) + sum(len(part) for part in lens_points))
        lens_points.append(np.concatenate([ring, middle]))
        edge = sign * (centre_x + half_width)
        arm = [[edge, centre_y + 0.065, depth(edge)],
               [sign * max(abs(edge) + 0.01, temple - 0.02), centre_y + 0.065, depth(edge) - 0.12],
               [sign * temple, centre_y + 0.055, 0.35], [sign * temple, centre_y + 0.015, 0.15]]  # fmt: skip
        meshes.append((*_tube(np.array(arm), max(0.8 * wire, 0.007), closed=False), FRAME))
    inner = centre_x - half_width
    nose = [[inner, centre_y + 0.035, depth(inner)], [0, centre_y + 0.065, depth(0) + 0.02],
            [-inner, centre_y + 0.035, depth(inner)]]  # fmt: skip
    meshes.append((*_tube(np.array(nose), 0.9 * wire, closed=False), FRAME))
    lens_points, lens_triangles = np.concatenate(lens_points), np.concatenate(lens_triangles)
    if kind == "sun":
        normals = unit(lens_points - [0, 7.2, 0.2])
        meshes.append((lens_points, normals, lens_triangles, DARK_LENS))
    return _join(meshes), lens_points, lens_triangles


def _join(meshes: list) -> Worn:
    """Return one mesh of several (points, normals, triangles, material)."""
    start = np.cumsum([0] + [len(points) for points, *_ in meshes])
    return Worn(
        np.concatenate([points for points, *_ in meshes]),
        np.concatenate([normals for _, normals, *_ in meshes]),
        np.concatenate([triangles + first for (_, _, triangles, _), first in zip(meshes, start, strict=False)]),
        np.concatenate([np.full(len(triangles), material) for _, _, triangles, material in meshes]),
    )


@cache
def _covered(kind: str) -> tuple[np.ndarray, np.ndarray, sparse.csr_matrix]:
    """Return the skin triangles that a cover lies on, how far off the skin it stands at every fine vertex, its hem."""
    model = head_model()
    x, y, z = model.rest.T
    side = np.abs(x)
    if kind == "cap":
        edge = y - (CAP_EDGE + 0.10 * np.clip(z, 0, 1.2))
        off = 0.10 * smoothstep(-0.02, 0.10, edge) + 0.10 * smoothstep(0.2, 0.7, edge)
    elif kind == "headscarf":
        opening = np.sqrt((side / 0.66) ** 2 + ((y - 7.0) / 0.86) ** 2)
        edge = np.where(z > 0.35, (opening - 1) * 0.6, 0.3 + 0 * y) - 2.0 * (y < 5.75)
        off = 0.05 + 0.12 * smoothstep(0.0, 0.3, edge)
    elif kind in COLLAR_HEIGHTS:
        # A shirt's collar is open in front and rises towards the back.
        opening = 0.30 * smoothstep(0.42, 0.0, side) * (z > 0.4) * (kind == "shirt")
        edge = COLLAR_HEIGHTS[kind] + 0.16 * smoothstep(0.8, -0.2, z) - opening - y
        off = 0.03 + 0.10 * smoothstep(0.35, 0.0, edge)
    else:
        nose = 6.98 - 0.22 * smoothstep(0.05, 0.45, side)
        edge = np.minimum.reduce([nose - y, y - 6.02, z - 0.62])
        off = 0.05 + 0.06 * smoothstep(0.0, 0.2, edge)
    skin = model.triangles[np.isin(model.material, (SKIN, NECK, CLOTH))]
    triangles = skin[(edge[skin] > 0).any(1)]
    return triangles, off, _hem(edge, np.unique(triangles))


def _hem(edge: np.ndarray, used: np.ndarray) -> sparse.csr_matrix:
    """Return the matrix (n, n) that moves vertices just outside a cover (``edge`` < 0) to where ``edge`` is 0."""
    outside = used[edge[used] <= 0]
    inside_neighbours = head_model().smoothing[outside].multiply((edge > 0)[None]).tocsr()
    mean = sparse.diags(1 / np.maximum(np.asarray(inside_neighbours.sum(1)).ravel(), 1e-9)) @ inside_neighbours
    share = np.zeros(len(edge))
    share[outside] = -edge[outside] / (mean @ edge - edge[outside])
    place = sparse.csr_matrix((np.ones(len(outside)), (outside, np.arange(len(outside)))), (len(edge), len(outside)))
    return (sparse.diags(1 - share) + sparse.diags(share) @ (place @ mean)).tocsr()


def shell(kind: str, skin: np.ndarray, normals: np.ndarray) -> Worn:
    """Return a cap, headscarf, mask or collar: a shell over part of the fine mesh, smoothed."""
    triangles, off, hem = _covered(kind)
    model = head_model()
    points = skin + off[:, None] * normals
    for _ in range(12 if kind == "mask" else 4):
        points = model.smoothing @ points
    points = hem @ points
    used, local = np.unique(triangles, return_inverse=True)
    triangles = local.reshape(-1, 3)
    material = CLOTH if kind in COLLAR_HEIGHTS else COVER
    return Worn(points[used], unit(normals[used]), triangles, np.full(len(triangles), material))
