"""The colour of each pixel: what it is made of, how much light falls on it, and what it mirrors."""

import numpy as np

from face_renderer.head import CLOTH, COVER, DARK_LENS, EYE, FRAME, NECK, SKIN, TEETH, TONGUE
from face_renderer.kernels import jit, look_up

# By material: how much of each blurred map (rough, smooth, wet) is mirrored, how strongly, and how much more at grazing
# angles.
MIRROR = np.zeros((10, 3), np.float32)
SHINE = np.zeros(10, np.float32)
GRAZING = np.zeros(10, np.float32)
for material, mirror, shine, grazing in (
    (SKIN, (0.65, 0.35, 0.0), 1.05, 0.12),
    (EYE, (0.0, 0.25, 0.75), 2.6, 0.5),
    (TEETH, (0.0, 0.7, 0.3), 0.6, 0.3),
    (TONGUE, (0.0, 1.0, 0.0), 0.6, 0.2),
    (CLOTH, (1.0, 0.0, 0.0), 0.12, 0.05),
    (NECK, (1.0, 0.0, 0.0), 0.4, 0.12),
    (FRAME, (0.0, 0.6, 0.4), 1.2, 0.5),
    (DARK_LENS, (0.0, 0.0, 1.0), 1.2, 0.6),
    (COVER, (1.0, 0.0, 0.0), 0.15, 0.05),
):
    MIRROR[material], SHINE[material], GRAZING[material] = mirror, shine, grazing

IRIS_ANGLE = 0.50  # radians, seen from the eyeball's centre


def mirrored_light(maps: list[np.ndarray]) -> np.ndarray:
    """Return the map of light that each material mirrors, (10, h, w, 3), mixed from maps of three sharpnesses."""
    return np.ascontiguousarray(np.tensordot(MIRROR, np.stack(maps), axes=1), dtype=np.float32)


@jit
def _eye_color(x, y, z, gaze, iris, color, normal):
    """Write the colour of an eyeball in a direction from its centre, and its normal, which bulges over the iris."""
    angle = np.arccos(min(1.0, max(-1.0, x * gaze[0] + y * gaze[1] + z * gaze[2])))
    outward = angle / IRIS_ANGLE
    normal[0], normal[1], normal[2] = x, y, z
    red = min(1.0, max(0.0, (angle - 0.5) / 0.9))
    color[0], color[1], color[2] = 0.54 - 0.06 * red, 0.49 - 0.14 * red, 0.46 - 0.14 * red
    if outward < 1.08:
        inside = min(1.0, max(0.0, (1.08 - outward) / 0.14))
        past_pupil = min(1.0, max(0.0, (outward - 0.36) / 0.08))
        rays = 0.75 + 0.5 * outward + 0.12 * np.sin(np.arctan2(y - gaze[1], x - gaze[0]) * 23 + outward * 3)
        ring = 1.0 - 0.65 * min(1.0, max(0.0, (outward - 0.78) / 0.24))
        for c in range(3):
            tissue = 0.8 * iris[c] * rays * ring * past_pupil + 0.006 * (1 - past_pupil)
            color[c] = tissue * inside + (1 - inside) * color[c]
        length = 0.0
        for c in range(3):
            normal[c] = 1.45 * normal[c] - 0.45 * gaze[c]
            length += normal[c] ** 2
        for c in range(3):
            normal[c] /= np.sqrt(length)


@jit
def shade(number, weights, triangles, material, texels, points, normals, light, openness, texture, shine, flat_colors,
          eyes, gaze, iris, camera, mouth_light, mirrors, shine_of, grazing,
          albedo, diffuse, specular, what):  # fmt: skip
    """Shade the pixels that triangles cover.

    Parameters
    ----------
    number, weights : arrays from `kernels.draw_triangles`
    triangles, material, texels : the mesh: (t, 3), (t,), (t, 3, 2) in texels
    points, normals, light, openness : (n, 3), (n, 3), (n, 3), (n,)
        Of the posed vertices; light is irradiance, openness the share of the sky they see.
    texture, shine : (h, w, 3), (h, w), float32
    flat_colors : (10, 3)
        Colour of the materials without a texture.
    eyes, gaze, iris, camera : (2, 3), (3,), (3,), (3,)
    mouth_light : float
        How much light reaches teeth and tongue.
    mirrors : (10, h, w, 3), float32
        From `mirrored_light`.
    shine_of, grazing : `SHINE`, `GRAZING`
    albedo, diffuse, specular, what : (h, w, 3) three times, (h, w)
        Written: colour, light on it, mirrored light, and material + 1.
    """
    color, normal, mirrored = np.zeros(3), np.zeros(3), np.zeros(3, np.float32)
    between_eyes = (eyes[0, 0] + eyes[1, 0]) / 2
    rows, columns = texture.shape[0], texture.shape[1]
    for y in range(number.shape[0]):
        for x in range(number.shape[1]):
            i = number[y, x]
            if i < 0:
                continue
            kind, a, b, c = material[i], triangles[i, 0], triangles[i, 1], triangles[i, 2]
            w1, w2 = weights[y, x, 0], weights[y, x, 1]
            w0 = 1 - w1 - w2
            length, px, py, pz = 0.0, 0.0, 0.0, 0.0
            for k in range(3):
                normal[k] = normals[a, k] * w0 + normals[b, k] * w1 + normals[c, k] * w2
                length += normal[k] ** 2
            length = np.sqrt(length) + 1e-9
            for k in range(3):
                normal[k] /= length
            px = points[a, 0] * w0 + points[b, 0] * w1 + points[c, 0] * w2
            py = points[a, 1] * w0 + points[b, 1] * w1 + points[c, 1] * w2
            pz = points[a, 2] * w0 + points[b, 2] * w1 + points[c, 2] * w2
            vx, vy, vz = camera[0] - px, camera[1] - py, camera[2] - pz
            length = np.sqrt(vx * vx + vy * vy + vz * vz)
            vx, vy, vz = vx / length, vy / length, vz / length
            what[y, x] = kind + 1
            gloss, dim = shine_of[kind], 1.0
            if kind == SKIN:
                u = texels[i, 0, 0] * w0 + texels[i, 1, 0] * w1 + texels[i, 2, 0] * w2 - 0.5
                v = texels[i, 0, 1] * w0 + texels[i, 1, 1] * w1 + texels[i, 2, 1] * w2 - 0.5
                u0, v0 = min(max(int(u), 0), columns - 2), min(max(int(v), 0), rows - 2)
                fu, fv = min(max(u - u0, 0.0), 1.0), min(max(v - v0, 0.0), 1.0)
                for k in range(3):
                    upper = texture[v0, u0, k] * (1 - fu) + texture[v0, u0 + 1, k] * fu
                    lower = texture[v0 + 1, u0, k] * (1 - fu) + texture[v0 + 1, u0 + 1, k] * fu
                    color[k] = upper * (1 - fv) + lower * fv
                gloss *= shine[v0, u0]
            elif kind == EYE:
                e = 0 if px < between_eyes else 1
                dx, dy, dz = px - eyes[e, 0], py - eyes[e, 1], pz - eyes[e, 2]
                length = np.sqrt(dx * dx + dy * dy + dz * dz) + 1e-9
                _eye_color(dx / length, dy / length, dz / length, gaze, iris, color, normal)
                # The upper lid and its lashes shade the top of the eye.
                dim = 0.9 * min(1.0, max(0.35, 1.0 - 1.6 * max(0.0, dy / length - 0.08)))
            else:
                for k in range(3):
                    color[k] = flat_colors[kind, k]
                if kind in (TEETH, TONGUE):
                    dim = mouth_light * (0.25 if kind == TONGUE else 1.0)
            facing = max(0.02, normal[0] * vx + normal[1] * vy + normal[2] * vz)
            fresnel = 0.022 + 0.978 * (1 - facing) ** 5 * grazing[kind]
            rx, ry, rz = 2 * facing * normal[0] - vx, 2 * facing * normal[1] - vy, 2 * facing * normal[2] - vz
            seen = openness[a] * w0 + openness[b] * w1 + openness[c] * w2
            seen = min(1.0, 1.25 * seen**3) if kind == SKIN else seen**0.7
            for k in range(3):
                albedo[y, x, k] = color[k] * (dim if kind == EYE else 1.0)
                lit = light[a, k] * w0 + light[b, k] * w1 + light[c, k] * w2
                diffuse[y, x, k] = lit * (1.0 if kind == EYE else dim)
                specular[y, x, k] = 0
            if gloss > 0:
                look_up(mirrors[kind], rx, ry, rz, mirrored)
                for k in range(3):
                    specular[y, x, k] = mirrored[k] * fresnel * gloss * seen * dim


@jit
def mirror_lenses(number, weights, triangles, points, normals, camera, wet, specular):
    """Add what clear lenses mirror to the pixels that they cover."""
    mirrored = np.zeros(3, np.float32)
    for y in range(number.shape[0]):
        for x in range(number.shape[1]):
            i = number[y, x]
            if i < 0:
                continue
            a, b, c = triangles[i]
            w1, w2 = weights[y, x, 0], weights[y, x, 1]
            w0 = 1 - w1 - w2
            nx = normals[a, 0] * w0 + normals[b, 0] * w1 + normals[c, 0] * w2
            ny = normals[a, 1] * w0 + normals[b, 1] * w1 + normals[c, 1] * w2
            nz = normals[a, 2] * w0 + normals[b, 2] * w1 + normals[c, 2] * w2
            vx = camera[0] - (points[a, 0] * w0 + points[b, 0] * w1 + points[c, 0] * w2)
            vy = camera[1] - (points[a, 1] * w0 + points[b, 1] * w1 + points[c, 1] * w2)
            vz = camera[2] - (points[a, 2] * w0 + points[b, 2] * w1 + points[c, 2] * w2)
            length = np.sqrt(vx * vx + vy * vy + vz * vz)
            facing = max(0.02, (nx * vx + ny * vy + nz * vz) / length)
            look_up(wet, 2 * facing * nx - vx / length, 2 * facing * ny - vy / length, 2 * facing * nz - vz / length,
                    mirrored)  # fmt: skip
            fresnel = 0.012 + 0.988 * (1 - facing) ** 5  # coated glass
            for k in range(3):
                specular[y, x, k] += mirrored[k] * fresnel
