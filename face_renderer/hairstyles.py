"""Cut and comb hair: each style is a table of ``hairstyles.toml``."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np

from face_renderer.vectors import FRONT, SIDE, UP, smoothstep

_TABLE = Path(__file__).with_name("hairstyles.toml")

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


@cache
def _table(style: str) -> dict:
    """Return the settings of a style, those of its group among them: what it sets itself stands last and counts."""
    tables = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    groups = tables.pop("groups")
    if style not in tables:
        raise ValueError(f"There is no hairstyle {style!r}.")
    own = tables[style]
    own = tables[own["like"]] | own if "like" in own else own
    return groups[own["group"]] | {name: value for name, value in own.items() if name not in ("group", "like")}


class Ground(dict):
    """Where guides grow, by the names that the expressions of ``hairstyles.toml`` use.

    ``x``, ``y``, ``z`` are coordinates on the undeformed head, ``normal`` what sticks out there; ``top``, ``crown`` and
    ``front`` say how much a place belongs to these (0..1); ``nearer`` is the side of the parting (-1 or 1), ``away``
    the side to which a place is combed from it, ``combed_away`` that as a vector.

    Parameters
    ----------
    hair : Hair
    random : numpy Generator
        Decides on which side the parting is, and draws what a style leaves to chance.
    place, normal : ndarray, shape (n, 3)
    parting : float
        How far the parting is from the middle of the head, decimetres.
    """

    def __init__(self, hair, random: np.random.Generator, place: np.ndarray, normal: np.ndarray, parting: float):
        x, y, z = place.T
        top = smoothstep(7.62, 8.0, y)
        nearer = float(np.sign(random.normal()))
        away = np.where(x > parting * nearer, 1.0, -1.0)
        super().__init__(
            {"FRONT": FRONT, "SIDE": SIDE, "UP": UP, "smoothstep": smoothstep, "where": np.where, "abs": np.abs},
            **{"x": x, "y": y, "z": z, "normal": normal, "guides": len(x), "nearer": nearer, "away": away},
            **{
                "wave": hair.wave,
                "volume": hair.volume,
                "uniform": random.uniform,
                "combed_away": away[:, None] * SIDE,
            },
            top=top,
            crown=smoothstep(7.78, 8.12, y),  # above the sides that a barber cuts short
            front=smoothstep(0.75, 1.1, z) * top,
            column=lambda values: values[:, None],
            mixed=self.mixed,
            cut=self.cut,
        )

    def mixed(self, on_top, below) -> np.ndarray:
        """Return values (n,) or vectors (n, 3) that go over from the sides of the head to its top."""
        vectors = any(np.shape(value)[-1:] == (3,) for value in (on_top, below))
        weight = np.maximum(self["top"], self["front"])
        weight = weight[:, None] if vectors else weight
        return weight * on_top + (1 - weight) * below

    def cut(self, on_top, below) -> np.ndarray:
        """Return lengths (n,) that go over from the sides of the head to its crown."""
        return self["crown"] * on_top + (1 - self["crown"]) * below


def style_of(hair, random: np.random.Generator, place: np.ndarray, normal: np.ndarray) -> Style:
    """Return the style of guides that grow at places (n, 3) of the undeformed head.

    Raises
    ------
    ValueError
        If there is no style of that name.
    """
    table = _table(hair.style)
    ground = Ground(hair, random, place, normal, table.get("parting", 0.0))
    for name, value in table.items():
        ground[name] = eval(value, {}, ground) if isinstance(value, str) else value
    settings = {field.name: ground[field.name] for field in fields(Style) if field.name in table}
    settings["length"] = np.broadcast_to(settings["length"], len(place)).astype(float)
    return Style(**settings)
