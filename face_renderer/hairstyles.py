"""Hairstyles: where hair grows on a head, and how each style cuts and combs it."""

from dataclasses import dataclass

import numpy as np

from face_renderer.head import hairline, noise
from face_renderer.vectors import FRONT, SIDE, UP, bell, smoothstep

PARTINGS = {"long side": 0.22, "side part": 0.30, "bob": 0.18, "wavy": 0.15, "layered": 0.2, "pixie": 0.3,
            "comb-over": 0.48}  # fmt: skip
SHORT = ("side part", "swept back", "short", "short fringe", "crew", "fade", "buzz", "spiky", "receding", "comb-over",
         "rim", "short curls", "short afro")  # fmt: skip
CROPPED = ("crew", "buzz", "spiky", "short afro", "fade")  # styles so short that the scalp shows through


@dataclass(frozen=True, eq=False)
class Style:
    """How a style cuts and combs its guides; lengths in decimetres, one value for all or one per guide (n,).

    ``comb`` (n, 3) is where a strand is led along the head, ``gravity`` how much it falls, ``rise`` and ``lift`` how
    steeply it leaves the skin and how far it goes on standing up, ``clearance`` how far the hair stays off the head,
    ``tuck`` how much its ends turn in.  ``curl`` and ``curl_turns`` wind it; ``clump`` (0..1) draws strands to their
    guide and ``spread`` scatters them; ``mess`` turns neighbouring guides different ways.
    """

    length: np.ndarray
    comb: np.ndarray
    gravity: float = 0.0
    rise: np.ndarray | float = 0.5
    lift: np.ndarray | float = 0.25
    clearance: np.ndarray | float = 0.03
    tuck: float = 0.0
    curl: float = 0.0
    curl_turns: float = 9.0
    clump: float = 0.4
    spread: float = 0.02
    mess: float = 0.05
    points: int = 14
    strands: int = 12_500
    radius: float = 0.0047
    stands: bool = False  # along the normal, not along the head


class Ground:
    """Where guides grow: coordinates on the undeformed head, and what combs refer to.

    Parameters
    ----------
    hair : Hair
    random : numpy Generator
        Decides on which side the parting is.
    place, normal : ndarray, shape (n, 3)
    """

    def __init__(self, hair, random: np.random.Generator, place: np.ndarray, normal: np.ndarray):
        self.x, self.y, self.z = place.T
        self.normal = normal
        self.top = smoothstep(7.62, 8.0, self.y)
        self.crown = smoothstep(7.78, 8.12, self.y)  # above the sides that a barber cuts short
        self.front = smoothstep(0.75, 1.1, self.z) * self.top
        self.side = float(np.sign(random.normal()))
        self.away = np.where(self.x > PARTINGS.get(hair.style, 0.0) * self.side, 1.0, -1.0)  # from the parting
        self.combed_away = self.away[:, None] * SIDE

    def mixed(self, on_top, below, cut: bool = False) -> np.ndarray:
        """Return values (n,) or vectors (n, 3) that go over from the sides of the head to its top, or to its crown."""
        vectors = any(np.shape(value)[-1:] == (3,) for value in (on_top, below))
        share = self.crown if cut else np.maximum(self.top, self.front)
        share = share[:, None] if vectors else share
        return share * on_top + (1 - share) * below


def style_of(hair, random: np.random.Generator, place: np.ndarray, normal: np.ndarray) -> Style:
    """Return the style of guides that grow at places (n, 3) of the undeformed head."""
    ground = Ground(hair, random, place, normal)
    for group in (_long, _tied, _curled, _short, _thin):
        style = group(hair, random, ground)
        if style is not None:
            return style
    raise ValueError(f"There is no hairstyle {hair.style!r}.")


def _long(hair, random: np.random.Generator, at: Ground) -> Style | None:
    """Return a style of long hair that hangs, None if ``hair`` has none."""
    wave, volume, n = hair.wave, hair.volume, len(at.x)
    hanging = at.combed_away - 0.15 * FRONT - 0.35 * FRONT * (at.z < 0.6)[:, None]
    match hair.style:
        case "long centre" | "long side":
            length = np.full(n, random.uniform(2.2, 3.2))
            return Style(
                length,
                hanging,
                gravity=0.55,
                rise=0.5,
                lift=0.3 * volume,
                clearance=0.06 * volume,
                curl=0.006 + 0.03 * wave**2,
                curl_turns=3 + 3 * wave,
                clump=0.45,
                spread=0.03,
            )
        case "wavy":
            length = np.full(n, random.uniform(1.6, 2.4))
            return Style(
                length,
                hanging,
                gravity=0.5,
                rise=0.6,
                lift=0.4 * volume,
                clearance=0.07 * volume,
                curl=0.05 + 0.05 * wave,
                curl_turns=4 + 2 * wave,
                clump=0.6,
                spread=0.04,
                mess=0.10,
            )
        case "layered":
            length = random.uniform(1.0, 2.3, n)
            return Style(
                length,
                hanging,
                gravity=0.5,
                rise=0.6,
                lift=0.45 * volume,
                clearance=0.08 * volume,
                tuck=0.25,
                curl=0.015 + 0.03 * wave,
                curl_turns=4,
                clump=0.5,
                spread=0.035,
                mess=0.10,
            )
        case "bob":
            length = np.full(n, random.uniform(1.15, 1.6))
            return Style(
                length,
                hanging,
                gravity=0.6,
                rise=0.5,
                lift=0.35 * volume,
                clearance=0.07 * volume,
                tuck=0.55,
                curl=0.008,
                curl_turns=5,
                clump=0.4,
                spread=0.025,
            )
        case "fringe":
            front = (at.z > 0.45) & (at.y > 7.6) & (np.abs(at.x) < 0.55)
            length = np.where(front, random.uniform(0.6, 0.75), random.uniform(1.4, 2.8))
            forward = 1.2 * FRONT + 0.15 * at.x[:, None] * SIDE
            comb = np.where(front[:, None], forward, hanging)
            return Style(
                length,
                comb,
                gravity=0.55,
                rise=0.5,
                lift=0.3 * volume,
                clearance=0.05,
                curl=0.006 + 0.02 * wave,
                curl_turns=5,
                clump=0.4,
                spread=0.02,
            )
        case "pixie":
            swept = at.side * -1.0 * SIDE + 0.35 * FRONT
            comb = np.where((at.front > 0.2)[:, None], swept, at.mixed(at.combed_away - 0.2 * FRONT, -UP - 0.1 * FRONT))
            length = at.mixed(random.uniform(0.55, 0.75), random.uniform(0.25, 0.42))
            return Style(
                length,
                comb,
                gravity=0.3,
                rise=at.mixed(0.5, 0.2),
                lift=0.3 * volume * at.top,
                clearance=0.02 + 0.03 * at.top,
                tuck=0.2,
                curl=0.01,
                curl_turns=5,
                clump=0.5,
                spread=0.02,
                mess=0.10,
                points=10,
            )
    return None


def _tied(hair, random: np.random.Generator, at: Ground) -> Style | None:
    """Return a style of hair that is tied at the back, None if ``hair`` has none."""
    volume, n = hair.volume, len(at.x)
    backwards = at.mixed(-FRONT + 0.35 * UP, -FRONT + 0.3 * UP)
    match hair.style:
        case "pulled back":
            return Style(
                np.full(n, 0.9),
                backwards,
                rise=0.3,
                lift=0.1,
                clearance=0.035 + 0.03 * volume,
                clump=0.4,
                spread=0.015,
                mess=0.04,
            )
        case "ponytail":
            # A few strands at the temples are too short to be tied.
            loose = (np.abs(at.x) > 0.5) & (at.z > 0.5) & (at.y > 7.3) & (random.random(n) < 0.25)
            return Style(
                np.where(loose, random.uniform(0.4, 0.9, n), 1.0),
                np.where(loose[:, None], -UP + 0.2 * FRONT, backwards),
                rise=0.3 + 0.5 * at.front,
                lift=0.15 + 0.45 * volume * at.front,
                clearance=0.04 + 0.02 * volume + 0.12 * volume * at.top,
                clump=0.5,
                spread=0.02,
                mess=0.06,
            )
    return None


def _curled(hair, random: np.random.Generator, at: Ground) -> Style | None:
    """Return a style of curls, None if ``hair`` has none."""
    cuts = {"curly": (1.1, 0.35, 0.13, 0.6), "afro": (0.60, 0.02, 0.09, 0.4), "short curls": (0.34, 0.1, 0.07, 0.5),
            "short afro": (0.10, 0.0, 0.03, 0.3)}  # fmt: skip
    if hair.style not in cuts:
        return None
    length, gravity, curl, clump = cuts[hair.style]
    off_face = (0.6 * UP - 0.9 * FRONT) * (smoothstep(0.2, 0.8, at.z))[:, None]
    comb = at.normal + 0.25 * at.combed_away + off_face
    below = 0.45 if hair.style in ("short curls", "short afro") else 1.0
    length = length * at.mixed(1.0, below) * random.uniform(0.8, 1.2)
    return Style(
        length,
        comb,
        gravity=gravity,
        rise=0.8,
        lift=0.8,
        clearance=0.03,
        curl=curl,
        curl_turns=14,
        clump=clump,
        spread=0.035,
        mess=0.2,
        strands=15_000,
        radius=0.0042,
        stands=hair.style != "curly",
    )


def _short(hair, random: np.random.Generator, at: Ground) -> Style | None:
    """Return a short cut: longer on top, lying flat and fading at temples and nape; None if ``hair`` has none."""
    wave, volume = hair.wave, hair.volume
    fading = 0.45 + 0.55 * smoothstep(6.95, 7.5, at.y)
    down = -UP - 0.45 * FRONT + 0.15 * at.normal
    flat = {"points": 8, "strands": 13_500, "radius": 0.0044}
    match hair.style:
        case "side part":
            top = at.combed_away + 0.25 * UP - 0.35 * FRONT * (1 - at.front)[:, None] + 0.2 * wave * FRONT
            # Combed towards the nearer side it must not hang over that side like a brim.
            near = 1 - 0.65 * smoothstep(0.25, 0.6, at.x * at.away)
            length = at.mixed((0.55 + 0.2 * volume) * near, 0.20 * fading, cut=True)
            lift = (0.15 + 0.5 * volume * at.front) * at.top
            return Style(
                length,
                at.mixed(top, down),
                gravity=0.08,
                rise=at.mixed(0.55, 0.15),
                lift=lift,
                clearance=0.01 + 0.05 * at.top,
                curl=0.006,
                curl_turns=4,
                clump=0.45,
                spread=0.016,
                mess=0.07,
                **flat,
            )
        case "swept back":
            top = -FRONT + 0.15 * at.combed_away + 0.35 * UP
            length = at.mixed(0.6 + 0.25 * volume, 0.22 * fading, cut=True)
            lift = 0.10 + 0.45 * volume * at.front
            return Style(
                length,
                at.mixed(top, down - 0.4 * FRONT),
                gravity=0.03,
                rise=at.mixed(0.5, 0.15),
                lift=lift,
                clearance=0.01 + 0.05 * at.top,
                curl=0.006 + 0.01 * wave,
                curl_turns=4,
                clump=0.45,
                spread=0.016,
                mess=0.06,
                **flat,
            )
        case "short":
            top = 0.5 * FRONT + 0.6 * at.side * SIDE + 0.5 * at.normal
            length = at.mixed(random.uniform(0.25, 0.42), 0.16 * fading, cut=True)
            return Style(
                length,
                at.mixed(top, down),
                gravity=0.05,
                rise=at.mixed(0.8, 0.15),
                lift=0.4 * at.top,
                clearance=0.01 + 0.03 * at.top,
                curl=0.006 + 0.015 * wave,
                curl_turns=4,
                clump=0.6,
                spread=0.016,
                mess=0.25,
                **flat,
            )
        case "short fringe":
            top = FRONT + (0.2 + 0.4 * wave) * at.side * SIDE
            length = at.mixed(random.uniform(0.36, 0.5), 0.24 * fading, cut=True)
            return Style(
                length,
                at.mixed(top, down),
                gravity=0.22,
                rise=at.mixed(0.5, 0.15),
                lift=0.2 * volume * at.top,
                clearance=0.012 + 0.03 * at.top,
                curl=0.006,
                curl_turns=4,
                clump=0.35,
                spread=0.016,
                mess=0.10,
                **flat,
            )
        case "crew" | "fade" | "buzz":
            on_top, below = {"crew": (0.17, 0.07), "fade": (0.24, 0.03), "buzz": (0.045, 0.035)}[hair.style]
            top = 0.8 * at.normal + 0.4 * FRONT + 0.2 * at.side * SIDE
            length = at.mixed(on_top * (0.8 + 0.4 * volume), below * fading, cut=True)
            return Style(
                length,
                at.mixed(top, down),
                gravity=0.02,
                rise=at.mixed(0.8, 0.35),
                lift=0.3 * at.top,
                clearance=0.006,
                clump=0.3,
                spread=0.008,
                mess=0.15,
                **flat | {"points": 6, "radius": 0.0038},
            )
        case "spiky":
            top = 1.1 * at.normal + 0.3 * FRONT + 0.2 * UP
            length = at.mixed(random.uniform(0.25, 0.38), 0.12 * fading, cut=True)
            return Style(
                length,
                at.mixed(top, down),
                rise=at.mixed(0.9, 0.2),
                lift=0.8 * at.top,
                clearance=0.008,
                clump=0.75,
                spread=0.012,
                mess=0.25,
                **flat,
            )
    return None


def _thin(hair, random: np.random.Generator, at: Ground) -> Style | None:
    """Return a style of a head that has lost hair on top, None if ``hair`` has none."""
    fading = 0.5 + 0.5 * smoothstep(6.95, 7.4, at.y)
    down = -UP - 0.5 * FRONT + 0.2 * at.normal
    thin = {"points": 8, "radius": 0.0034}
    match hair.style:
        case "receding":
            top = -FRONT + 0.3 * at.combed_away + 0.2 * UP
            length = at.mixed(random.uniform(0.22, 0.5), 0.18 * fading, cut=True)
            return Style(
                length,
                at.mixed(top, down),
                gravity=0.02,
                rise=at.mixed(0.4, 0.2),
                lift=0.2 * at.top,
                clearance=0.01,
                curl=0.006,
                curl_turns=4,
                clump=0.5,
                spread=0.02,
                mess=0.10,
                strands=12_500,
                **thin,
            )
        case "comb-over":
            near = 1 - 0.7 * smoothstep(0.2, 0.6, at.x * at.away)
            return Style(
                at.mixed(0.8 * near, 0.24 * fading, cut=True),
                at.mixed(at.combed_away - 0.25 * FRONT, down),
                gravity=0.1,
                rise=at.mixed(0.3, 0.2),
                lift=0.1 * at.top,
                clearance=0.012,
                tuck=0.4,
                curl=0.004,
                curl_turns=4,
                clump=0.6,
                spread=0.02,
                strands=13_000,
                **thin,
            )
        case "rim":
            length = np.full(len(at.x), random.uniform(0.10, 0.25)) * fading
            return Style(
                length,
                down,
                gravity=0.02,
                rise=0.25,
                lift=0.0,
                clearance=0.008,
                curl=0.006,
                curl_turns=4,
                clump=0.3,
                spread=0.02,
                mess=0.15,
                strands=13_000,
                **thin,
            )
    return None


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
