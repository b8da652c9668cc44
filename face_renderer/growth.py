"""Say where hair, beards and brows grow on a face, how densely, and how colour varies in them."""

import numpy as np

from face_renderer.head import hairline, noise
from face_renderer.vectors import bell, smoothstep


def above_hairline(places: np.ndarray, hair) -> np.ndarray:
    """Return how far above the edge of the hair places on the undeformed head are, decimetres; negative: bare skin."""
    raised, temples = hair.hairline
    x, y, z = np.abs(places[..., 0]), places[..., 1], places[..., 2]
    angle = np.arctan2(x, z - 0.15)  # 0: forehead, pi: back of the head
    # The hair of the temples reaches further forward than that behind the ears, and ends in sideburns before them.
    lowered = 0.02 + 0.20 * bell(angle - 1.04, 0.20) + (0.36 + hair.sideburns) * bell(angle - 0.93, 0.09)
    edge = hairline(places, raised, temples) + lowered
    if hair.style == "rim":
        edge = np.minimum(edge, 7.72 - 0.25 * np.clip(z - 0.3, 0, 1) + 0.15 * np.clip(-z, 0, 1) - y)
    return edge


def hair_density(places: np.ndarray, hair) -> np.ndarray:
    """Return how dense the hair grows at places on the undeformed head, 0..1."""
    ragged = 0.020 * noise(places, 6, hair.seed) + 0.010 * noise(places, 30, hair.seed + 1)
    dense = smoothstep(-0.06, 0.20, above_hairline(places, hair) + ragged)
    if hair.style in ("receding", "comb-over"):
        x, y, z = np.abs(places[..., 0]), places[..., 1], places[..., 2]
        dense = dense * (1 - 0.65 * smoothstep(0.55, 0.3, x) * smoothstep(7.75, 7.95, y) * (z > 0))
    return dense


def beard_density(places: np.ndarray, kind: str, seed: int) -> np.ndarray:
    """Return how dense a beard of a kind grows at places on the undeformed face, 0..1; its outline follows a seed."""
    random = np.random.default_rng([43, seed])
    cheek, neck, width, joined = random.uniform(-0.06, 0.08), random.uniform(-0.05, 0.1), *random.uniform(0, 1, 2)
    mirrored = np.abs(places)  # left and right alike
    ragged = 0.010 * noise(mirrored, 7, seed) + 0.010 * noise(places, 28, seed + 1)
    side, y, z = np.abs(places[..., 0]), places[..., 1] + ragged, places[..., 2]
    x = side + ragged
    upper = 6.835 - 1.5 * np.clip(x - 0.08, 0, 1) ** 1.6
    reach = 0.29 + 0.05 * width
    moustache = (
        smoothstep(0.0, 0.055, upper - y) * smoothstep(6.56, 6.60, y) * smoothstep(reach + 0.02, reach - 0.06, x)
    )
    moustache = moustache * (z > 1.2) * (1 - 0.3 * bell(side, 0.018))
    line = 6.57 + cheek + 1.15 * np.clip(x - 0.30, 0, 1)
    jaw = smoothstep(-0.03, 0.17, line - y) * smoothstep(5.98 + neck, 6.2 + neck, y) * smoothstep(0.25, 0.6, z)
    # Beside the tuft below the lip little grows.
    jaw = jaw * (1 - 0.6 * bell(side - 0.13, 0.05) * bell(y - 6.46, 0.035))
    sideburn = smoothstep(0.53, 0.60, x) * smoothstep(6.5, 6.62, y) * smoothstep(7.15, 7.0, y)
    sideburn = sideburn * smoothstep(0.95, 0.80, z) * (z > 0.30)
    chin = jaw * smoothstep(0.27, 0.17, x + 0.25 * np.clip(6.35 - y, 0, 1))
    link = smoothstep(0.055, 0.02, np.abs(x - 0.265)) * smoothstep(6.70, 6.62, y) * smoothstep(6.25, 6.35, y) * (z > 1)
    match kind:
        case "moustache":
            return moustache
        case "goatee":
            return np.clip(moustache * (width < 0.8) + chin + link * (joined < 0.5), 0, 1)
    return np.clip(moustache + jaw + sideburn, 0, 1)


def brow_line(brow, along: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how far a brow's middle is above the eyes and its half thickness, decimetres; 0: inner end, 1: outer."""
    peak = 0.62
    rise = (0.012 + brow.arch) * np.sin(np.clip(along / peak, 0, 1) * np.pi / 2)
    fall = (0.040 + brow.arch) * np.clip(along - peak, 0, 1) / (1 - peak)
    middle = 0.188 + brow.height + brow.tilt * (along - 0.3) + rise - fall
    widening = 0.6 + 0.4 * np.clip(3 * along, 0, 1)
    return middle, 0.030 * brow.thickness * widening * np.clip(1.0 - 0.78 * along**1.5, 0.1, 1)


def brow_density(brow, along: np.ndarray) -> np.ndarray:
    """Return how dense a brow is along its length, 0..1: sparse at the inner end, thinning towards the temple."""
    return smoothstep(-0.06, brow.soft_end, along) * (1 - 0.55 * smoothstep(0.55, 1.05, along))


def toned(colors: np.ndarray, random: np.random.Generator, color: str, places: np.ndarray, seed: int) -> np.ndarray:
    """Return strands' colours, (n, 3): locks and strands differ; hair that turns grey does so at the temples first."""
    n = len(places)
    width = {"grey": 0.20, "white": 0.12, "blond": 0.16, "dark blond": 0.17, "light brown": 0.16}.get(color, 0.13)
    factor = np.exp(random.normal(0, width, n) + 0.10 * noise(places, 7, seed) + 0.05 * noise(places, 2, seed + 1))
    result = colors * factor[:, None]
    if color in ("greying", "grey"):
        low = smoothstep(7.9, 7.2, places[:, 1])
        pale = random.random(n) < (0.15 + 0.40 * low if color == "greying" else 0.30 + 0.35 * low)
        result[pale] = 0.5 * result[pale] + 0.5 * np.array([0.34, 0.33, 0.32])
    return result
