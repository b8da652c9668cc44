"""The head model: a mesh that every person shares, the ways in which it can be deformed, and the map of its skin.

Units are decimetres; x points to the picture's right (the person's left), y up, z towards the camera.  Places on the
face are named by their coordinates in the undeformed mesh, so that a brow or a beard stays where it belongs on every
face.  The mesh and its targets come from the asset pack; see ``assets/LICENCES.md``.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy import ndimage, sparse

from face_renderer import kernels
from face_renderer.vectors import bell, unit

PACK = Path(__file__).parent / "assets"
SKIN, EYE, LASH, TEETH, TONGUE, CLOTH, NECK, FRAME, DARK_LENS, COVER = range(10)  # what a triangle is made of
EYE_HEIGHT, EYE_DEPTH, EYE_DISTANCE = 7.284, 1.245, 0.6155  # where every person's eyes are put, decimetres
EYE_TO_MOUTH = 0.665  # of the undeformed mesh


def triangles_of(quads: np.ndarray) -> np.ndarray:
    """Return two triangles (2 n, 3) for each quadrilateral (n, 4)."""
    return np.ascontiguousarray(quads[:, [[0, 1, 2], [0, 2, 3]]].reshape(-1, 3).astype(np.int32))


@dataclass(frozen=True, eq=False)
class HeadModel:
    """Everything about the head that no person changes.

    Attributes
    ----------
    vertices : ndarray, shape (m, 3)
        The coarse mesh, undeformed.
    targets : dict of str to ndarray, shape (m, 3)
        Displacements: ``expression/...``, ``macro/...`` and the parts of the face.
    subdivision : sparse matrix, shape (n, m)
        Makes the fine mesh from the coarse one.
    rest : ndarray, shape (n, 3)
        The fine mesh, undeformed.
    triangles, material, texture_points : ndarray, shapes (t, 3), (t,), (t, 3, 2)
        Fine triangles, what they are made of, and their corners in the skin texture, in texels.
    shadow_triangles : ndarray
        Coarse triangles, which cast shadows.
    smoothing : sparse matrix, shape (n, n)
        Averages each fine vertex with its neighbours.
    skin_map : ndarray, shape (h, w, 3)
        The place on the undeformed face of every texel.
    masks : dict of str to ndarray, shape (h, w), 0..1
    """

    vertices: np.ndarray
    targets: dict[str, np.ndarray]
    subdivision: sparse.csr_matrix
    rest: np.ndarray
    triangles: np.ndarray
    material: np.ndarray
    texture_points: np.ndarray
    shadow_triangles: np.ndarray
    smoothing: sparse.csr_matrix
    skin_map: np.ndarray
    masks: dict[str, np.ndarray]
    joints: tuple[np.ndarray, np.ndarray]

    def eyes(self, coarse: np.ndarray) -> np.ndarray:
        """Return the centres of the right and left eyeball, shape (2, 3)."""
        return np.stack([coarse[joint].mean(0) for joint in self.joints])

    @property
    def mouth(self) -> np.ndarray:
        """The fine vertices in the middle of the mouth."""
        x, y, z = self.rest.T
        return np.flatnonzero((np.abs(x) < 0.05) & (np.abs(y - 6.62) < 0.06) & (z > 1.3))


@cache
def head_model() -> HeadModel:
    """Read the head model from the asset pack."""
    pack = np.load(PACK / "head.npz")
    vertices = pack["vertices"].astype(np.float64)
    targets = dict(zip(pack["target_names"].tolist(), pack["targets"] * float(pack["target_unit"]), strict=True))
    shape = (len(pack["subdivision_indptr"]) - 1, len(vertices))
    parts = (pack["subdivision_data"].astype(np.float64), pack["subdivision_indices"], pack["subdivision_indptr"])
    subdivision = sparse.csr_matrix(parts, shape=shape)
    rest = subdivision @ vertices
    masks = {name.removeprefix("mask_"): pack[name] / 255 for name in pack.files if name.startswith("mask_")}
    shape = masks["face"].shape
    left, right, _, top = pack["texture_window"]
    scale = shape[1] / (right - left)
    faces, materials, coordinates = _fine_faces(pack, rest)
    texels = np.stack([(coordinates[..., 0] - left) * scale, (top - coordinates[..., 1]) * scale], axis=-1)
    triangles = triangles_of(faces)
    materials = np.repeat(materials, 2)
    texels = texels[:, [[0, 1, 2], [0, 2, 3]]].reshape(-1, 3, 2)
    # The inside of the mouth is seen from both sides.
    inner = np.isin(materials, (TEETH, TONGUE))
    turned = [0, 2, 1]
    triangles = np.concatenate([triangles, triangles[inner][:, turned]])
    texels = np.concatenate([texels, texels[inner][:, turned]])
    materials = np.concatenate([materials, materials[inner]])
    outer = np.isin(materials, (SKIN, CLOTH, NECK))
    return HeadModel(
        vertices=vertices,
        targets=targets,
        subdivision=subdivision,
        rest=rest,
        triangles=triangles,
        material=materials,
        texture_points=np.ascontiguousarray(texels.astype(np.float64)),
        shadow_triangles=triangles_of(pack["faces"][pack["parts"] != LASH]),
        smoothing=_smoothing(triangles[outer], len(rest)),
        skin_map=_skin_map(texels[materials == SKIN], triangles[materials == SKIN], rest, shape),
        masks=masks,
        joints=(pack["joint_right_eye"], pack["joint_left_eye"]),
    )


@cache
def vertices_of(*materials: int) -> np.ndarray:
    """Return the numbers of the fine vertices that triangles of these materials use."""
    model = head_model()
    return np.unique(model.triangles[np.isin(model.material, materials)])


def _fine_faces(pack, rest: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the faces of the fine mesh without the flat lashes, their materials and texture coordinates."""
    kept = pack["fine_parts"] != LASH
    faces, materials, coordinates = pack["fine_faces"][kept], pack["fine_parts"][kept].copy(), pack["fine_coordinates"][kept]  # fmt: skip # noqa: E501
    # Below the window of the texture the body begins: bare around the neck, clothed further down.
    below = (materials == SKIN) & (coordinates[..., 0].mean(1) < float(pack["texture_window"][0]) - 0.005)
    x, y, z = rest[faces].mean(1).T
    neckline = 5.62 - 0.25 * np.clip(z, 0, 1) + 0.35 * np.clip(np.abs(x) - 0.5, 0, 2)
    materials[below] = np.where(y > neckline, NECK, CLOTH)[below]
    return faces, materials, coordinates


def _smoothing(triangles: np.ndarray, n: int) -> sparse.csr_matrix:
    """Return the matrix that averages each vertex with those it shares an edge with."""
    start = triangles[:, [0, 1, 2, 1, 2, 0]].ravel()
    end = triangles[:, [1, 2, 0, 0, 1, 2]].ravel()
    linked = sparse.coo_matrix((np.ones(len(start)), (start, end)), shape=(n, n)).tocsr()
    linked.data[:] = 1
    linked = linked + sparse.eye(n)
    return (sparse.diags(1 / np.asarray(linked.sum(1)).ravel()) @ linked).tocsr()


def _skin_map(texels: np.ndarray, triangles: np.ndarray, rest: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return for every texel the point of the undeformed face that it colours; gaps take their nearest neighbour."""
    flat = np.concatenate([texels.reshape(-1, 2), np.zeros((texels.size // 2, 1))], axis=1)
    corners = np.arange(len(flat), dtype=np.int32).reshape(-1, 3)
    places, filled = np.zeros((*shape, 3)), np.zeros(shape, bool)
    for order in ([0, 2, 1], [0, 1, 2]):  # islands of the texture may be mirrored
        _, number, weights = kernels.nearest_triangles(flat, corners[:, order], shape)
        hit = number >= 0
        a, b, c = rest[triangles[number[hit]][:, order].T]
        w1, w2 = weights[hit].T[..., None]
        places[hit] = a * (1 - w1 - w2) + b * w1 + c * w2
        filled |= hit
    nearest = ndimage.distance_transform_edt(~filled, return_distances=False, return_indices=True)
    return places[tuple(nearest)]


def hairline(places: np.ndarray, raised: float = 0.0, temples: float = 0.0) -> np.ndarray:
    """Return how far above the hairline places on the undeformed head are, decimetres; negative: bare skin.

    ``raised`` lifts the middle of the hairline, ``temples`` its receding corners.
    """
    angle = np.arctan2(np.abs(places[..., 0]), places[..., 2] - 0.15)  # 0: forehead, pi: back of the head
    around = [0, 0.35, 0.6, 0.85, 1.05, 1.22, 1.36, 1.5, 1.62, 2.0, 2.3, 2.7, 3.15]
    heights = [7.77, 7.80, 7.79, 7.64, 7.40, 7.15, 6.98, 7.12, 7.5, 7.15, 6.72, 6.6, 6.6]
    line = np.interp(angle, around, heights) + raised * bell(angle, 0.7) + temples * bell(angle - 0.62, 0.25)
    return places[..., 1] - line


@cache
def _noise_volume() -> np.ndarray:
    """Return the random volume behind `noise`: the same for everybody, entered at another place by each."""
    volume = ndimage.gaussian_filter(np.random.default_rng(7).normal(size=(48, 48, 48)), 0.7, mode="wrap")
    return volume / volume.std()


def noise(places: np.ndarray, frequency: float, seed: int) -> np.ndarray:
    """Return smooth noise, about standard normal, that varies ``frequency`` times in a decimetre; shape of places."""
    offset = np.random.default_rng(seed).uniform(0, 48, 3)
    flat = np.ascontiguousarray(places.reshape(-1, 3), dtype=np.float64)
    return kernels.sample_noise(flat, _noise_volume(), frequency, offset).reshape(places.shape[:-1])


class Roots:
    """Places on the skin where something grows, fixed to the mesh so that they move with an expression.

    Parameters
    ----------
    triangle : ndarray of int, shape (n,)
        Rows of the head model's triangles.
    weights : ndarray, shape (n, 3)
        Barycentric weights in them.
    """

    def __init__(self, triangle: np.ndarray, weights: np.ndarray):
        self.corners = head_model().triangles[triangle]
        self.weights = weights

    def __len__(self) -> int:
        return len(self.corners)

    def on(self, points: np.ndarray) -> np.ndarray:
        """Return values given at fine vertices, shape (n_vertices, k), at the roots."""
        return np.einsum("nc,nck->nk", self.weights, points[self.corners])

    def take(self, chosen: np.ndarray) -> "Roots":
        """Return some of the roots."""
        part = object.__new__(Roots)
        part.corners, part.weights = self.corners[chosen], self.weights[chosen]
        return part


@cache
def _growing_skin() -> tuple[np.ndarray, ...]:
    """Return the skin triangles, their centres, areas, and how much each is ear, inside of the mouth, and lip."""
    model = head_model()
    skin = np.flatnonzero(model.material == SKIN)
    a, b, c = (model.rest[model.triangles[skin][:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    height, width = model.masks["face"].shape
    x, y = model.texture_points[skin].mean(1).astype(int).T
    at = y.clip(0, height - 1), x.clip(0, width - 1)
    return skin, (a + b + c) / 3, area, *(model.masks[name][at] for name in ("ears", "inside_mouth", "lips"))


def scatter_roots(random: np.random.Generator, n: int, density) -> Roots:
    """Return ``n`` roots on skin, as dense as the function ``density(places)`` says; none in ears, mouth or lips."""
    skin, centre, area, ear, mouth, lip = _growing_skin()
    weight = density(centre) * area * (ear < 0.3) * (mouth < 0.3) * (lip < 0.5)
    triangle = skin[random.choice(len(skin), n, p=weight / weight.sum())]
    place = random.random((n, 2))
    outside = place.sum(1) > 1
    place[outside] = 1 - place[outside]
    return Roots(triangle, np.column_stack([1 - place.sum(1), place]))


@cache
def _front_view() -> tuple[np.ndarray, np.ndarray]:
    """Return which skin triangle a viewer in front sees, 260 pixels for a decimetre, and the weights in it."""
    model, scale = head_model(), 260
    shape = int(2.8 * scale), 2 * scale
    x, y, z = model.rest.T
    seen = np.stack([(x + 1) * scale, (8.6 - y) * scale, -z], axis=1)
    triangles = np.where((model.material == SKIN)[:, None], model.triangles, 0)
    return kernels.nearest_triangles(seen, triangles, shape)[1:]


def front_roots(x: np.ndarray, y: np.ndarray) -> tuple[Roots, np.ndarray]:
    """Return roots on the skin that a viewer in front sees at x, y of the undeformed face, and which of them hit it."""
    number, weights = _front_view()
    row, column = ((8.6 - y) * 260).astype(int), ((x + 1) * 260).astype(int)
    triangle, weight = number[row, column], weights[row, column]
    hit = triangle >= 0
    return Roots(triangle[hit], np.column_stack([1 - weight.sum(1), weight])[hit]), hit


def tangent(directions: np.ndarray, normals: np.ndarray) -> np.ndarray:
    """Return unit vectors along the surface: the directions without their part along the normals."""
    return unit(directions - (directions * normals).sum(-1, keepdims=True) * normals)
