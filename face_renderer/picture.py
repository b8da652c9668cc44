"""A person and a shot become a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np

from face_renderer import hair, kernels, shading, shape, skin, wear
from face_renderer.colors import linear, skin_color
from face_renderer.head import CLOTH, COVER, DARK_LENS, EYE, FRAME, NECK, SKIN, TEETH, TONGUE, head_model, vertices_of
from face_renderer.light import N_DIRECTIONS, directions, light_from, light_maps
from face_renderer.person import IRIS_COLORS, Person
from face_renderer.photograph import develop, sampled_color
from face_renderer.shot import Shot
from face_renderer.vectors import direction, smoothstep, unit
from face_renderer.viewpoint import NECK_JOINT, Camera, Pose

BACKGROUND, ON_SKIN, ON_HAIR, ON_EYES, ON_WORN, ON_CLOTHES = range(6)  # values of `Picture.mask`
MASK_NAMES = ("background", "skin", "hair", "eyes and mouth", "worn", "clothes")
MASK_OF = {SKIN: ON_SKIN, NECK: ON_SKIN, EYE: ON_EYES, TEETH: ON_EYES, TONGUE: ON_EYES, CLOTH: ON_CLOTHES,
           FRAME: ON_WORN, DARK_LENS: ON_WORN, COVER: ON_WORN}  # fmt: skip
SHADOW_SIZE, SHADOW_WIDTH = 112, 3.6  # pixels and decimetres of the depth buffers that shadows are found with
SEEN_STEP = 5  # light is found at every fifth point of a strand
HEAD_CENTRE = np.array([0, 7.1, 0.5])
SKIN_WRAP = np.array([0.22, 0.10, 0.05])
SCATTER = np.array([1.9, 0.8, 0.4]) / 115.5  # how far red, green and blue travel in skin, decimetres


@dataclass(frozen=True, eq=False)
class Picture:
    """A finished picture and what is known of it.

    Attributes
    ----------
    image : ndarray of uint8, shape (size, size, 3)
    eyes : ndarray, shape (2, 2)
        x and y in pixels of the person's right and left eye.
    mask : ndarray of uint8, shape (size, size)
        What each pixel shows: a number into `MASK_NAMES`.
    """

    image: np.ndarray
    eyes: np.ndarray
    mask: np.ndarray


@dataclass(frozen=True, eq=False)
class _Face:
    """What a person's face needs before any picture, whatever the look."""

    coarse: np.ndarray
    skin: np.ndarray
    normals: np.ndarray
    eyes: np.ndarray
    eye_radius: float
    mouth: np.ndarray
    texture: np.ndarray
    shine: np.ndarray
    brows: hair.ShortStrands
    shadows: tuple[np.ndarray, ...]


@dataclass(frozen=True, eq=False)
class _Head:
    """A face with a look: hair, dressed skin, and how much light reaches every point."""

    face: _Face
    texture: np.ndarray
    shine: np.ndarray
    hair: hair.Strands | None
    beard: hair.ShortStrands | None
    seen: np.ndarray
    hair_seen: np.ndarray | None
    openness: np.ndarray


def _into_light(k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return matrix and offset that take points into the picture seen from direction number ``k``."""
    towards = directions()[k]
    helper = np.array([0, 1.0, 0]) if abs(towards[1]) < 0.95 else np.array([1.0, 0, 0])
    right = unit(np.cross(helper, towards))
    up = np.cross(towards, right)
    scale = SHADOW_SIZE / SHADOW_WIDTH
    matrix = np.stack([right * scale, -up * scale, -towards], axis=1)
    return matrix, np.array([SHADOW_SIZE / 2, SHADOW_SIZE / 2, 0]) - HEAD_CENTRE @ matrix


@lru_cache(maxsize=8)
def _face(person: Person) -> _Face:
    """Prepare a face; ``person`` has no look."""
    model = head_model()
    coarse = shape.face_vertices(person)
    fine = model.subdivision @ coarse
    eyes = model.eyes(coarse)
    eyeballs = fine[vertices_of(EYE)]
    radius = np.linalg.norm(eyeballs - eyes[(eyeballs[:, 0] > 0).astype(int)], axis=1).max()
    shadows = []
    for k in range(N_DIRECTIONS):
        matrix, offset = _into_light(k)
        seen = coarse @ matrix + offset
        shadows.append(kernels.nearest_triangles(seen, model.shadow_triangles, (SHADOW_SIZE, SHADOW_SIZE))[0])
    texture, shine = skin.bare_skin(person)
    return _Face(
        coarse=coarse,
        skin=fine,
        normals=kernels.vertex_normals(fine, model.triangles[: _outer_triangles()]),
        eyes=eyes,
        eye_radius=float(radius),
        mouth=fine[model.mouth].mean(0),
        texture=texture,
        shine=shine,
        brows=hair.grow_brows(person),
        shadows=tuple(shadows),
    )


@lru_cache(maxsize=1)
def _outer_triangles() -> int:
    """Return the number of triangles before the turned copies of the mouth's inside, which would cancel its normals."""
    material = head_model().material
    return len(material) - int(np.isin(material, (TEETH, TONGUE)).sum()) // 2


@lru_cache(maxsize=8)
def _head(person: Person) -> _Head:
    """Prepare a face with its look."""
    model = head_model()
    face = _face(replace(person, look=None))
    strands = hair.grow_hair(person, face.skin, face.normals)
    texture, shine = skin.dressed_skin(person, face.texture, face.shine)
    coarse_normals = face.normals[: len(face.coarse)]  # the coarse vertices come first in the fine mesh
    lifted = face.coarse + 0.02 * coarse_normals
    seen = np.zeros((len(face.coarse), N_DIRECTIONS), np.uint8)
    casting = np.ascontiguousarray(strands.points[::4, ::2]) if strands else None
    points = np.ascontiguousarray(strands.points[:, 1::SEEN_STEP].reshape(-1, 3)) if strands else None
    hair_seen = np.zeros((len(points), N_DIRECTIONS), np.uint8) if strands else None
    clear = np.full((SHADOW_SIZE, SHADOW_SIZE), kernels.FAR)
    for k in range(N_DIRECTIONS):
        matrix, offset = _into_light(k)
        shade = clear
        if strands:
            shade = clear.copy()
            kernels.draw_strand_depth(casting, matrix, offset, shade)
            kernels.see_light(points, matrix, offset, face.shadows[k], shade, 0.01, 5.0, 1, hair_seen[:, k])
        kernels.see_light(lifted, matrix, offset, face.shadows[k], shade, 0.035, 8.0, 1, seen[:, k])
    fine = model.smoothing @ (model.smoothing @ (model.subdivision @ seen.astype(np.float32)))
    fine[vertices_of(TEETH, TONGUE)] = 150
    fine = fine.clip(0, 255)
    facing = np.clip(face.normals @ directions().T, 0, 1)
    openness = (fine / 255 * facing).sum(1) / (facing.sum(1) + 1e-6)
    return _Head(face, texture, shine, strands, hair.grow_beard(person), fine.astype(np.uint8), hair_seen, openness)


class _Canvas:
    """The buffers of a picture being drawn."""

    def __init__(self, size: int):
        self.depth = np.full((size, size), kernels.FAR)
        self.albedo, self.diffuse, self.specular = (np.zeros((size, size, 3), np.float32) for _ in range(3))
        self.material = np.zeros((size, size), np.uint8)
        self.size = size

    def numbers(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return empty buffers: number (-1: nothing), two weights, one weight."""
        shape = self.size, self.size
        return np.full(shape, -1, np.int32), np.zeros((*shape, 2)), np.zeros(shape)


def render(person: Person, shot: Shot, size: int = 112) -> Picture:
    """Draw a picture.

    Parameters
    ----------
    person : Person
    shot : Shot
    size : int
        Edge of the picture in pixels, 16 to 1024.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the size is out of range.
    """
    if not 16 <= size <= 1024:
        raise ValueError(f"size: expected a whole number of pixels from 16 to 1024, got {size!r}.")
    head = _head(person)
    model, face = head_model(), head.face
    canvas = _Canvas(2 * size)
    units = shape.expression_units(shot.expression, shot.strength, shot.eyes_closed, shot.asymmetry)
    moved = model.subdivision @ shape.express(face.coarse, units)
    normals = kernels.vertex_normals(moved, model.triangles[: _outer_triangles()])
    pose = Pose(shot)
    eyes, mouth, centre = (pose.points(points) for points in (face.eyes, face.mouth, np.array([0, 7.0, 0.9])))
    camera = Camera(shot, eyes, mouth, centre, canvas.size)
    maps = light_maps(shot)
    rays = light_from(maps, pose.turn)
    mesh = _Mesh(moved, normals, _skin_light(moved, normals, head, rays), head.openness)
    lenses = _put_on(shot, mesh, moved, normals, face, rays)
    _draw_mesh(canvas, mesh, head, person, shot, units, pose, camera, maps, eyes)
    _scatter(canvas, camera.pixels)
    scene, strands = _draw_strands(canvas, head, person, shot, moved, normals, pose, camera, rays)
    if lenses is not None:
        _draw_lenses(canvas, scene, lenses, pose, camera, maps)
    on_skin = (canvas.material == SKIN + 1) & ~strands
    tone = skin_color(person.ita)
    image = develop(scene, canvas.material > 0, on_skin, canvas.diffuse, tone, shot, size)
    return Picture(image, camera.project(eyes)[:, :2] / 2, _mask(canvas.material))


class _Mesh:
    """The triangles to draw: the head's, and those of what is worn."""

    def __init__(self, points, normals, light, openness):
        model = head_model()
        self.points, self.normals, self.light, self.openness = points, normals, light, openness
        self.triangles, self.material, self.texels = model.triangles, model.material, model.texture_points

    def add(self, worn: wear.Worn, light: np.ndarray, openness: float) -> None:
        """Add a mesh that is evenly open to the light."""
        n = len(self.points)
        self.points = np.concatenate([self.points, worn.points])
        self.normals = np.concatenate([self.normals, worn.normals])
        self.light = np.concatenate([self.light, light])
        self.openness = np.concatenate([self.openness, np.full(len(worn.points), openness)])
        self.triangles = np.concatenate([self.triangles, (worn.triangles + n).astype(np.int32)])
        self.material = np.concatenate([self.material, worn.material.astype(np.int8)])
        self.texels = np.concatenate([self.texels, np.zeros((len(worn.triangles), 3, 2))])


def _skin_light(moved: np.ndarray, normals: np.ndarray, head: _Head, rays: np.ndarray) -> np.ndarray:
    """Return the light on every fine vertex, (n, 3), less in the folds that an expression makes."""
    model = head_model()
    # At the coarse vertices, which come first in the fine mesh: light on skin has no finer detail.
    n = len(head.face.coarse)
    light = model.subdivision @ kernels.irradiance(normals[:n], directions(), rays, head.seen[:n], SKIN_WRAP)
    hollow = ((model.smoothing @ (model.smoothing @ moved) - moved) * normals).sum(1)
    fold = np.clip(1 - np.where(hollow > 0, 45 * hollow, 14 * hollow), 0.25, 1.2)
    fold[vertices_of(EYE, TEETH, TONGUE, CLOTH, NECK)] = 1
    light *= (model.smoothing @ fold)[:, None]
    inside = vertices_of(TEETH, TONGUE)
    light[inside] *= np.clip(1 - (moved[inside, 0] / 0.24) ** 2, 0.05, 1)[:, None]
    return light


def _put_on(shot: Shot, mesh: _Mesh, moved, normals, face: _Face, rays: np.ndarray):
    """Add to the mesh what is worn; return points and triangles of clear lenses, None without."""
    pieces, lenses = [], None
    if shot.glasses != "none":
        frame, points, triangles = wear.glasses(shot.glasses, moved, face.eyes)
        pieces.append((frame, 0.8))
        lenses = (points, triangles) if shot.glasses != "sun" else None
    if shot.cover != "none":
        pieces.append((wear.shell(shot.cover, moved, normals), 0.9))
    if shot.collar != "none":
        pieces.append((wear.shell(shot.collar, moved, normals), 0.9))
    for worn, openness in pieces:
        half_seen = np.full((len(worn.points), N_DIRECTIONS), 205, np.uint8)
        mesh.add(worn, kernels.irradiance(worn.normals, directions(), rays, half_seen, SKIN_WRAP), openness)
    return lenses


def _draw_mesh(canvas, mesh, head, person, shot, units, pose, camera, maps, eyes) -> None:
    """Draw and shade all triangles."""
    number, weights, _ = canvas.numbers()
    points = pose.points(mesh.points)
    triangles = np.ascontiguousarray(mesh.triangles)
    kernels.draw_triangles(camera.project(points), triangles, canvas.depth, number, weights)
    flat = np.zeros((10, 3))
    flat[TEETH], flat[TONGUE] = (0.56, 0.51, 0.43), (0.42, 0.14, 0.13)
    flat[CLOTH], flat[NECK] = sampled_color(shot.clothes), 0.93 * skin_color(person.ita)
    flat[FRAME], flat[DARK_LENS] = linear(shot.glasses_color), (0.012, 0.012, 0.012)
    flat[COVER] = sampled_color(shot.cover_color)
    open_mouth = units.get("expression/jawOpen", 0) + units.get("expression/mouthUpperUpLeft", 0)
    shading.shade(
        number, weights, triangles, mesh.material, mesh.texels, points, pose.normals(mesh.normals, mesh.points),
        mesh.light, mesh.openness, head.texture, head.shine, flat, eyes,
        pose.turn @ direction(shot.gaze_yaw, shot.gaze_pitch), linear(IRIS_COLORS[person.iris]) * person.iris_shade,
        camera.position, 0.60 + 0.4 * min(1.0, open_mouth),
        shading.mirrored_light(maps), shading.SHINE, shading.GRAZING,
        canvas.albedo, canvas.diffuse, canvas.specular, canvas.material,
    )  # fmt: skip


def _scatter(canvas: _Canvas, pixels: float) -> None:
    """Blur the light on skin as skin does: red furthest; not across its edges."""
    on_skin = canvas.material == SKIN + 1
    inside = on_skin.astype(np.float32)
    for k, reach in enumerate(SCATTER * pixels):
        total = cv2.GaussianBlur(canvas.diffuse[..., k] * inside, (0, 0), reach)
        weight = cv2.GaussianBlur(inside, (0, 0), reach) + 1e-5
        canvas.diffuse[..., k] = np.where(on_skin, total / weight, canvas.diffuse[..., k])


def _draw_strands(canvas, head, person, shot, moved, normals, pose, camera, rays) -> tuple[np.ndarray, np.ndarray]:
    """Draw hair, brows, lashes and beard; return the scene (h, w, 3) and which pixels are strands."""
    view = np.array([0, 0, 1.0]) @ pose.turn
    scene = canvas.diffuse * canvas.albedo + canvas.specular
    drawn = np.zeros(canvas.material.shape, bool)
    if head.hair is not None and shot.cover != "headscarf":
        drawn |= _draw_hair(canvas, scene, head, shot, pose, camera, rays, view)
    lash, lash_vertices = hair.lashes(person, moved, head.face.eyes, head.face.eye_radius)
    n = len(lash)
    pieces = [(lash, np.full(n, 0.0013), np.full((n, 3), 0.012), np.full(n, 0.6), head.seen[lash_vertices])]
    for grown in (head.face.brows, head.beard):
        if grown is not None:
            seen = head.seen[grown.roots.corners[:, 0]]
            pieces.append((grown.on(moved, normals), grown.radius, grown.color, grown.cover, seen))
    points, radius, color, cover, seen = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    diffuse, sharp, soft = kernels.strand_light(unit(points[:, 2] - points[:, 1]), directions(), rays, seen, view)
    light = color * diffuse * 0.28 + 0.004 * sharp + 0.25 * color * soft
    width = radius[:, None] * camera.pixels * np.array([1, 0.9, 0.7, 0.35])
    # Seen along the skin, all strands lie in one line: they would draw a dark edge round the face.
    facing = np.concatenate([np.ones(n), *(g.roots.on(normals) @ view for g in (head.face.brows, head.beard) if g)])
    cover = cover * smoothstep(-0.05, 0.75, facing)
    covered = np.zeros(canvas.material.shape, np.float32)
    hair.blend_strands(camera.project(pose.points(points)), width, light, cover, canvas.depth, scene, covered)
    outside = (covered > 0.3) & (canvas.material == 0)
    scene[outside] /= covered[outside][:, None]
    hit = (covered > 0.5) | outside
    canvas.material[hit] = HAIR_MATERIAL + 1
    return scene, drawn | hit


HAIR_MATERIAL = 20
HAIR_WIDTH = 0.0035  # over which the light of strands is averaged, decimetres


def _draw_hair(canvas, scene, head, shot, pose, camera, rays, view) -> np.ndarray:
    """Draw the hair of the head into the scene; return which pixels it covers."""
    strands = head.hair
    number, _, along = canvas.numbers()
    radius = strands.radius * camera.pixels
    if shot.cover == "cap":  # hair under a cap is not seen
        _x, y, z = np.moveaxis(strands.points, -1, 0)
        radius = radius * (y < wear.CAP_EDGE - 0.04 + 0.10 * np.clip(z, 0, 1.2))
    projected = kernels.photograph_points(
        strands.points, pose.turn, NECK_JOINT, camera.position, camera.focal, camera.origin
    )
    kernels.draw_strands(projected, radius, strands.opacity, canvas.depth, number, along)
    hit = number >= 0
    used, where = np.unique(number[hit], return_inverse=True)
    n_points = strands.points.shape[1]
    strand, segment = np.divmod(used, n_points)
    ahead = strands.points[strand, segment + 1] - strands.points[strand, segment]
    per_strand = head.hair_seen.reshape(len(strands.points), -1, N_DIRECTIONS)
    seen = per_strand[strand, np.minimum(segment // SEEN_STEP, per_strand.shape[1] - 1)]
    diffuse, sharp, soft = kernels.strand_light(unit(ahead), directions(), rays, seen, view)
    color = strands.color[strand] + 0.008
    # Between the roots there is less light than at the tips.
    depth = (0.6 + 0.4 * smoothstep(0.0, 0.6, segment / n_points))[:, None]
    light = depth * (color * diffuse * 0.55 + 0.06 * sharp + (0.010 + 1.4 * color / (1 + 2 * color)) * soft)
    return _soften(canvas, scene, hit, light[where], HAIR_WIDTH * camera.pixels)


def _soften(canvas, scene, hit: np.ndarray, light: np.ndarray, reach: float) -> np.ndarray:
    """Lay the light of strands over the scene, finer than pixels are; return which pixels they cover."""
    layer = np.zeros((*hit.shape, 4), np.float32)
    layer[hit, :3], layer[hit, 3] = light, 1
    layer = cv2.GaussianBlur(layer, (0, 0), reach)
    share = np.where(canvas.material > 0, layer[..., 3], layer[..., 3] > 0.4)[..., None]
    scene[:] = scene * (1 - share) + layer[..., :3] / (layer[..., 3:] + 1e-6) * share
    drawn = share[..., 0] > 0.5
    canvas.material[drawn] = HAIR_MATERIAL + 1
    return drawn


def _draw_lenses(canvas, scene, lenses, pose, camera, maps) -> None:
    """Add what clear lenses mirror."""
    points, triangles = lenses
    posed = pose.points(points)
    number, weights, _ = canvas.numbers()
    depth = canvas.depth.copy()
    kernels.draw_triangles(
        camera.project(posed), np.ascontiguousarray(triangles.astype(np.int32)), depth, number, weights
    )
    normals = pose.normals(unit(points - [0, 7.25, -1.2]), points)
    shading.mirror_lenses(number, weights, triangles, posed, normals, camera.position, maps[2], scene)


def _mask(material: np.ndarray) -> np.ndarray:
    """Return what each pixel of the finished picture shows: of the four that it was drawn as, the first on top."""
    table = np.zeros(256, np.uint8)
    for kind, value in MASK_OF.items():
        table[kind + 1] = value
    table[HAIR_MATERIAL + 1] = ON_HAIR
    return table[material[::2, ::2]]
