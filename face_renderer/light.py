"""Light from all around: photographed environments and lamps, as maps over the sphere."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from face_renderer import kernels
from face_renderer.head import PACK
from face_renderer.vectors import direction, spread_directions

ROWS, COLUMNS = 32, 64  # of a map of light
N_DIRECTIONS = 48  # from which skin and hair are lit
SHARPNESS = (24.0, 90.0, 600.0)  # of the blurred maps that rough, smooth and wet surfaces mirror


@dataclass(frozen=True, eq=False)
class Environment:
    """A photographed place: its light (32, 64, 3), mean 1, and a picture of it (256, 512, 3) in the same unit."""

    light: np.ndarray
    view: np.ndarray


@cache
def directions() -> np.ndarray:
    """Return the directions from which skin and hair are lit, (N_DIRECTIONS, 3)."""
    return spread_directions(N_DIRECTIONS)


@cache
def environments() -> dict[str, Environment]:
    """Read the environments of the asset pack, colours muted as a camera's white balance does."""
    pack = np.load(PACK / "environments.npz")
    result = {}
    for name in sorted(key.removesuffix("_light") for key in pack.files if key.endswith("_light")):
        light = pack[f"{name}_light"].astype(np.float64)
        view = cv2.imdecode(pack[f"{name}_view"], cv2.IMREAD_COLOR)[..., ::-1] / 255
        view = view**2.2 * float(pack[f"{name}_view_scale"])
        weight = (light.mean(-1) * _sines()[:, None]).sum() / (_sines().sum() * COLUMNS)
        result[name] = Environment(_muted(light) / weight, _muted(view) / weight)
    return result


def _muted(light: np.ndarray) -> np.ndarray:
    """Return light with less colour, least where it is brightest."""
    grey = light.mean(-1, keepdims=True)
    keep = np.clip(0.55 - 0.09 * grey / np.median(grey), 0.12, 0.55)
    return keep * light + (1 - keep) * grey


@cache
def _sines() -> np.ndarray:
    """Return the relative area of a map's pixels, by row."""
    return np.sin((np.arange(ROWS) + 0.5) / ROWS * np.pi)


@cache
def _map_directions() -> np.ndarray:
    """Return the directions of a map's pixels, (ROWS * COLUMNS, 3)."""
    down = ((np.arange(ROWS) + 0.5) / ROWS * np.pi)[:, None]
    around = ((np.arange(COLUMNS) + 0.5) / COLUMNS * 2 * np.pi - np.pi)[None]
    parts = np.sin(down) * np.sin(around), np.cos(down) + 0 * around, np.sin(down) * np.cos(around)
    return np.stack(parts, axis=-1).reshape(-1, 3)


@cache
def _blurs() -> list[np.ndarray]:
    """Return for each sharpness the matrix that blurs a map."""
    cosine = np.clip(_map_directions() @ _map_directions().T, -1, 1)
    area = np.repeat(_sines(), COLUMNS)[None]
    result = []
    for sharpness in SHARPNESS:
        weight = np.exp(sharpness * (cosine - 1)) * area
        result.append((weight / weight.sum(1, keepdims=True)).astype(np.float32))
    return result


@cache
def _blurred_environment(name: str) -> list[np.ndarray]:
    """Return an environment's light blurred by each sharpness."""
    light = environments()[name].light.reshape(-1, 3).astype(np.float32)
    return [(blur @ light).reshape(ROWS, COLUMNS, 3) for blur in _blurs()]


def light_maps(shot) -> list[np.ndarray]:
    """Return the light around a head, blurred by each sharpness: three maps (ROWS, COLUMNS, 3), float32."""
    if shot.environment == "studio lamps":
        height = _map_directions()[:, 1].reshape(ROWS, COLUMNS, 1)
        even = (1 + shot.ambient_gradient * height) * np.ones(3)
        maps = [even * shot.ambient for _ in SHARPNESS]
    else:
        columns = round(shot.environment_turn / 360 * COLUMNS)
        maps = [np.roll(one, columns, axis=1) * shot.ambient for one in _blurred_environment(shot.environment)]
    tint = warmth(shot.lamp_warmth)
    for strength, azimuth, elevation, softness, color in (
        (shot.lamp, shot.lamp_azimuth, shot.lamp_elevation, shot.lamp_softness, tint),
        (shot.rim_lamp, shot.rim_azimuth, 30.0, 30.0, np.ones(3)),
    ):
        if strength:
            cosine = (_map_directions() @ direction(azimuth, elevation)).reshape(ROWS, COLUMNS, 1)
            for k, sharpness in enumerate(SHARPNESS):
                blurred = 1 / (1 / sharpness + 1 / softness)
                peak = strength * blurred / 8
                maps[k] = maps[k] + np.exp(blurred * (cosine - 1)) * peak * color
    return [np.ascontiguousarray(one, dtype=np.float32) for one in maps]


def warmth(amount: float) -> np.ndarray:
    """Return the tint of a lamp, (3,): > 0 like an incandescent lamp, < 0 like shade."""
    return 1 + amount * np.array([0.10, 0.0, -0.12])


def light_from(maps: list[np.ndarray], turn: np.ndarray) -> np.ndarray:
    """Return the light from each of `directions` in a head's own frame, (N_DIRECTIONS, 3), per unit of irradiance."""
    looked_up = kernels.look_up_many(maps[0], np.ascontiguousarray(directions() @ turn.T))
    return looked_up * (4 / N_DIRECTIONS)
