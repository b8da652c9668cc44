"""The inner loops, compiled by numba: triangles and strands into depth buffers, and light from all directions.

Geometry is 64-bit and no loop is compiled with ``fastmath``: a picture then does not depend on the order in which a
processor adds, and two machines agree.  Depth grows away from the viewer; pixel (x, y) covers [x, x+1) x [y, y+1).
"""

import numba
import numpy as np

FAR = 1e9


def jit(function):
    """Return the function compiled; kept for the next process where there is a folder that can be written."""
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither this folder nor the user's cache can be written
        return numba.njit(nogil=True)(function)


@jit
def vertex_normals(points, triangles):
    """Return unit normals (n, 3): the sum of the normals of the triangles around each point, weighted by area."""
    normals = np.zeros_like(points)
    for a, b, c in triangles:
        ux, uy, uz = points[b, 0] - points[a, 0], points[b, 1] - points[a, 1], points[b, 2] - points[a, 2]
        vx, vy, vz = points[c, 0] - points[a, 0], points[c, 1] - points[a, 1], points[c, 2] - points[a, 2]
        nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
        for k in (a, b, c):
            normals[k, 0] += nx
            normals[k, 1] += ny
            normals[k, 2] += nz
    for i in range(len(points)):
        length = np.sqrt(normals[i, 0] ** 2 + normals[i, 1] ** 2 + normals[i, 2] ** 2) + 1e-12
        for k in range(3):
            normals[i, k] /= length
    return normals


@jit
def draw_triangles(points, triangles, depth, number, weights):
    """Draw front-facing triangles (clockwise in the picture) into a depth buffer.

    ``points`` (n, 3): x, y in pixels and depth.  ``depth`` (h, w), ``number`` (h, w) of the nearest triangle, and
    ``weights`` (h, w, 2) of its second and third corner are changed in place.
    """
    height, width = depth.shape
    for i in range(len(triangles)):
        a, b, c = triangles[i]
        x0, y0, x1, y1, x2, y2 = points[a, 0], points[a, 1], points[b, 0], points[b, 1], points[c, 0], points[c, 1]
        area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        if area >= -1e-12:
            continue
        left, right = max(0, int(np.ceil(min(x0, x1, x2) - 0.5))), min(width - 1, int(np.floor(max(x0, x1, x2) - 0.5)))
        top, bottom = max(0, int(np.ceil(min(y0, y1, y2) - 0.5))), min(height - 1, int(np.floor(max(y0, y1, y2) - 0.5)))
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                dx, dy = x + 0.5 - x0, y + 0.5 - y0
                w1 = (dx * (y2 - y0) - (x2 - x0) * dy) / area
                w2 = ((x1 - x0) * dy - dx * (y1 - y0)) / area
                if w1 < 0 or w2 < 0 or w1 + w2 > 1:
                    continue
                z = points[a, 2] * (1 - w1 - w2) + points[b, 2] * w1 + points[c, 2] * w2
                if z < depth[y, x]:
                    depth[y, x], number[y, x] = z, i
                    weights[y, x, 0], weights[y, x, 1] = w1, w2


def nearest_triangles(points, triangles, shape):
    """Return depth (h, w), number (h, w; -1 where none is) and weights (h, w, 2) as `draw_triangles` leaves them."""
    depth, number, weights = np.full(shape, FAR), np.full(shape, -1, np.int32), np.zeros((*shape, 2))
    draw_triangles(points, np.ascontiguousarray(triangles), depth, number, weights)
    return depth, number, weights


@jit
def chance(strand, step):
    """Return a number in 0..1 that depends on two whole numbers and looks random; no state, so no draw moves others."""
    h = (strand * 2654435761 + step * 40503 + 97) & 0xFFFFFFFF
    h = ((h ^ (h >> 15)) * 2246822519) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 3266489917) & 0xFFFFFFFF
    return (h ^ (h >> 16)) / 4294967296.0


@jit
def draw_strands(points, radius, opacity, depth, number, along):
    """Draw polylines with a thickness, sub-pixel widths and opacity by chance.

    ``points`` (n, k, 3): x, y in pixels and depth.  ``radius`` (n, k) in pixels.  ``opacity`` (n,), 0..1.  Changed in
    place: ``depth`` (h, w); ``number`` (h, w), ``strand * k + segment``; ``along`` (h, w), 0..1 in that segment.
    """
    height, width = depth.shape
    n_points = points.shape[1]
    for s in range(len(points)):
        for k in range(n_points - 1):
            x0, y0, z0 = points[s, k]
            x1, y1, z1 = points[s, k + 1]
            r = radius[s, k]
            if r <= 0 or max(x0, x1) < -2 or min(x0, x1) > width + 2 or max(y0, y1) < -2 or min(y0, y1) > height + 2:
                continue
            dx, dy = x1 - x0, y1 - y0
            steep = abs(dy) > abs(dx)
            steps = int(max(abs(dx), abs(dy))) + 1
            for j in range(steps):
                t = (j + 0.5) / steps
                cx, cy, z = x0 + dx * t, y0 + dy * t, z0 + (z1 - z0) * t
                across = cx if steep else cy
                first, last = int(np.floor(across - r + 0.5)), int(np.floor(across + r + 0.5))
                if last <= first:  # thinner than a pixel: covered as often as its width says
                    if chance(s, 64 * k + j) >= 2 * r:
                        continue
                    first = int(np.floor(across))
                    last = first + 1
                for q in range(first, last):
                    x, y = (q, int(np.floor(cy))) if steep else (int(np.floor(cx)), q)
                    if x < 0 or y < 0 or x >= width or y >= height or z >= depth[y, x]:
                        continue
                    if chance(s + 7919 * (q & 3), 64 * k + j + 31) > opacity[s]:
                        continue
                    depth[y, x], number[y, x], along[y, x] = z, s * n_points + k, t


@jit
def moved(point, matrix, offset):
    """Return x, y, z of a point after ``point @ matrix + offset``."""
    x = point[0] * matrix[0, 0] + point[1] * matrix[1, 0] + point[2] * matrix[2, 0] + offset[0]
    y = point[0] * matrix[0, 1] + point[1] * matrix[1, 1] + point[2] * matrix[2, 1] + offset[1]
    z = point[0] * matrix[0, 2] + point[1] * matrix[1, 2] + point[2] * matrix[2, 2] + offset[2]
    return x, y, z


@jit
def draw_strand_depth(points, matrix, offset, depth):
    """Draw polylines (n, k, 3), moved by a matrix and an offset, into a depth buffer, one pixel wide."""
    height, width = depth.shape
    for s in range(points.shape[0]):
        x1, y1, z1 = moved(points[s, 0], matrix, offset)
        for k in range(points.shape[1] - 1):
            x0, y0, z0 = x1, y1, z1
            x1, y1, z1 = moved(points[s, k + 1], matrix, offset)
            steps = int(max(abs(x1 - x0), abs(y1 - y0))) + 1
            for j in range(steps):
                t = (j + 0.5) / steps
                x, y = int(np.floor(x0 + (x1 - x0) * t)), int(np.floor(y0 + (y1 - y0) * t))
                if 0 <= x < width and 0 <= y < height:
                    z = z0 + (z1 - z0) * t
                    if z < depth[y, x]:
                        depth[y, x] = z


@jit
def see_light(points, matrix, offset, solid, strands, bias, density, taps, seen):
    """Find how much of one direction's light reaches each point.

    ``points`` (n, 3), moved by a matrix and an offset into the light's picture; ``solid`` and ``strands``: depth
    buffers of skin and of hair.  Behind hair the light fades with ``density`` per decimetre.  ``taps`` x ``taps``
    neighbouring pixels are averaged.  ``seen`` (n,), 0..255, is written.
    """
    height, width = solid.shape
    half = taps // 2
    for i in range(len(points)):
        px, py, z = moved(points[i], matrix, offset)
        x, y = int(np.floor(px)), int(np.floor(py))
        if x < half or y < half or x >= width - half or y >= height - half:
            seen[i] = 255
            continue
        total = 0.0
        for v in range(y - half, y + half + 1):
            for u in range(x - half, x + half + 1):
                if z <= solid[v, u] + bias:
                    behind = z - strands[v, u] - 0.02
                    total += np.exp(-density * min(behind, 0.6)) if behind > 0 else 1.0
        seen[i] = np.uint8(255 * total / taps**2)


@jit
def photograph_points(points, turn, joint, camera, focal, origin):
    """Return x, y in pixels and depth of points (n, k, 3) of the head: turned whole about a joint, then projected."""
    result = np.empty_like(points)
    for i in range(points.shape[0]):
        for j in range(points.shape[1]):
            x, y, z = points[i, j, 0] - joint[0], points[i, j, 1] - joint[1], points[i, j, 2] - joint[2]
            rx = turn[0, 0] * x + turn[0, 1] * y + turn[0, 2] * z + joint[0]
            ry = turn[1, 0] * x + turn[1, 1] * y + turn[1, 2] * z + joint[1]
            rz = turn[2, 0] * x + turn[2, 1] * y + turn[2, 2] * z + joint[2]
            # Below the chin the body does not turn along.
            height = points[i, j, 1] + 0.65 * min(max(points[i, j, 2] - 0.25, 0.0), 1.1)
            share = min(max((height - 5.70) / 0.75, 0.0), 1.0)
            share = share * share * (3 - 2 * share)
            rx = share * rx + (1 - share) * points[i, j, 0] - camera[0]
            ry = share * ry + (1 - share) * points[i, j, 1] - camera[1]
            rz = share * rz + (1 - share) * points[i, j, 2] - camera[2]
            scale = focal / -rz
            result[i, j, 0], result[i, j, 1], result[i, j, 2] = origin[0] + rx * scale, origin[1] - ry * scale, -rz
    return result


@jit
def irradiance(normals, directions, light, seen, wrap):
    """Return the light that falls on each point, (n, 3), float32.

    ``light`` (d, 3) from ``directions`` (d, 3), as far as ``seen`` (n, d), 0..255.  ``wrap`` (3,) lets light reach
    round the edge of skin, red furthest.
    """
    result = np.zeros((len(normals), 3), np.float32)
    for i in range(len(normals)):
        nx, ny, nz = normals[i, 0], normals[i, 1], normals[i, 2]
        red, green, blue = 0.0, 0.0, 0.0
        for d in range(len(directions)):
            if seen[i, d] == 0:
                continue
            cosine = nx * directions[d, 0] + ny * directions[d, 1] + nz * directions[d, 2]
            if cosine <= -wrap[0]:
                continue
            red += seen[i, d] * (cosine + wrap[0]) * light[d, 0]
            if cosine > -wrap[1]:
                green += seen[i, d] * (cosine + wrap[1]) * light[d, 1]
            if cosine > -wrap[2]:
                blue += seen[i, d] * (cosine + wrap[2]) * light[d, 2]
        result[i, 0] = red / (255 * (1 + wrap[0]) ** 2)
        result[i, 1] = green / (255 * (1 + wrap[1]) ** 2)
        result[i, 2] = blue / (255 * (1 + wrap[2]) ** 2)
    return result


@jit
def strand_light(tangents, directions, light, seen, view):
    """Return diffuse (n, 3), sharp (n, 3) and soft (n, 3) highlights of hair (Kajiya & Kay, SIGGRAPH 1989)."""
    n = len(tangents)
    diffuse, sharp, soft = np.zeros((n, 3), np.float32), np.zeros((n, 3), np.float32), np.zeros((n, 3), np.float32)
    for i in range(n):
        tx, ty, tz = tangents[i, 0], tangents[i, 1], tangents[i, 2]
        tv = tx * view[0] + ty * view[1] + tz * view[2]
        sv = np.sqrt(max(0.0, 1 - tv * tv))
        for d in range(len(directions)):
            if seen[i, d] < 8:
                continue
            tl = tx * directions[d, 0] + ty * directions[d, 1] + tz * directions[d, 2]
            sl = np.sqrt(max(0.0, 1 - tl * tl))
            mirror = sl * sv - tl * tv
            # The cuticle's scales tilt the highlight towards the root.
            mirror = max(0.0, mirror * 0.995 - 0.1 * np.sqrt(max(0.0, 1 - mirror * mirror)))
            lobe = mirror**16
            towards = view[0] * directions[d, 0] + view[1] * directions[d, 1] + view[2] * directions[d, 2]
            weight = seen[i, d] / 255.0
            spread = weight * sl * (0.675 + 0.325 * towards)
            for c in range(3):
                diffuse[i, c] += spread * light[d, c]
                soft[i, c] += weight * lobe * light[d, c]
                sharp[i, c] += weight * lobe * lobe * light[d, c]
    return diffuse, sharp, soft


@jit
def look_up(sphere, x, y, z, color):
    """Write the colour that a map over the sphere, (h, w, 3), has in the direction (x, y, z)."""
    height, width = sphere.shape[0], sphere.shape[1]
    row = np.arccos(min(1.0, max(-1.0, y))) / np.pi * height - 0.5
    column = (np.arctan2(x, z) + np.pi) / (2 * np.pi) * width - 0.5
    r, c = int(np.floor(row)), int(np.floor(column))
    down, right = row - r, column - c
    r0, r1 = min(max(r, 0), height - 1), min(max(r + 1, 0), height - 1)
    c0, c1 = (c + width) % width, (c + 1 + width) % width
    for k in range(3):
        upper = sphere[r0, c0, k] * (1 - right) + sphere[r0, c1, k] * right
        lower = sphere[r1, c0, k] * (1 - right) + sphere[r1, c1, k] * right
        color[k] = upper * (1 - down) + lower * down


@jit
def look_up_many(sphere, directions):
    """Return the colours (n, 3), float32, of a map over the sphere in the directions (n, 3)."""
    colors = np.zeros((len(directions), 3), np.float32)
    for i in range(len(directions)):
        look_up(sphere, directions[i, 0], directions[i, 1], directions[i, 2], colors[i])
    return colors


@jit
def sample_noise(points, volume, frequency, offset):
    """Return smooth noise at points (n, 3): a random volume (m, m, m), repeated, interpolated trilinearly."""
    size = volume.shape[0]
    result = np.empty(len(points), np.float32)
    for i in range(len(points)):
        x, y, z = points[i, 0] * frequency + offset[0], points[i, 1] * frequency + offset[1], points[i, 2] * frequency + offset[2]  # fmt: skip # noqa: E501
        fx, fy, fz = np.floor(x), np.floor(y), np.floor(z)
        tx, ty, tz = x - fx, y - fy, z - fz
        a, b, c = int(fx) % size, int(fy) % size, int(fz) % size
        d, e, f = (a + 1) % size, (b + 1) % size, (c + 1) % size
        near = (volume[a, b, c] * (1 - tx) + volume[d, b, c] * tx) * (1 - ty) + (volume[a, e, c] * (1 - tx) + volume[d, e, c] * tx) * ty  # fmt: skip # noqa: E501
        far = (volume[a, b, f] * (1 - tx) + volume[d, b, f] * tx) * (1 - ty) + (volume[a, e, f] * (1 - tx) + volume[d, e, f] * tx) * ty  # fmt: skip # noqa: E501
        result[i] = near * (1 - tz) + far * tz
    return result
