"""A stand-in for face_renderer: the same interface, coloured discs instead of faces, a thousand times as fast.

The environment variables MADE_UP_SECONDS (a picture takes so long), MADE_UP_BREAKS (the person with this seed cannot be
drawn) and MADE_UP_LEAK (the background tells the person) make it behave as badly as a test needs.
"""

import os
import time
from dataclasses import dataclass, replace

import numpy as np

__version__ = "0.1"

GLASSES = ("none", "round", "sun")


@dataclass(frozen=True)
class Hair:
    style: str = "long"


@dataclass(frozen=True)
class Look:
    number: int
    hair: Hair = Hair()
    beard: str = "full"


@dataclass(frozen=True)
class Person:
    seed: int
    ita: float
    age: float
    build: float
    femininity: float
    look: Look = Look(0)

    @classmethod
    def sample(cls, seed, *, ita=None, age=None, build=None, femininity=None):
        return cls(seed, ita, age, build, femininity)

    def with_look(self, number):
        return replace(self, look=Look(number))

    def factors(self):
        random = np.random.default_rng([self.seed, self.look.number])
        return {
            "seed": self.seed,
            "ita": self.ita,
            "iris": "None" if self.seed % 2 else "brown",  # a word that pandas would take for a missing value
            "look": self.look.number,
            "look_hair_style": self.look.hair.style,
            "look_beard": self.look.beard,
            "look_hair_shade": np.float32(random.random()),
            "look_lipstick": bool(random.random() < 0.5),
        }


@dataclass(frozen=True)
class Shot:
    seed: int = 0
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    gaze_yaw: float = 0.0
    gaze_pitch: float = 0.0
    lamp: float = 1.0
    background: str = "#808080"
    glasses: str = "none"
    noise: float = 0.0

    @classmethod
    def sample(cls, seed, **given):
        random = np.random.default_rng(seed)
        drawn = {
            "yaw": float(random.normal(0, 15)),
            "lamp": float(random.uniform(0.7, 1.3)),
            "background": f"#{random.bytes(3).hex()}",
            "glasses": str(random.choice(GLASSES)),
            "noise": float(random.uniform(0, 0.02)),
            **{name: float(random.normal(0, 5)) for name in ("pitch", "roll", "gaze_yaw", "gaze_pitch")},
        }
        return cls(**{"seed": seed, **drawn, **given})

    def factors(self):
        return dict(vars(self))


@dataclass(frozen=True)
class Picture:
    image: np.ndarray
    eyes: np.ndarray
    mask: np.ndarray


def render(person, shot, size=112):
    time.sleep(float(os.environ.get("MADE_UP_SECONDS", 0)))
    if str(person.seed) == os.environ.get("MADE_UP_BREAKS"):
        raise ValueError("the nose does not fit")
    face = np.random.default_rng(person.seed).uniform(0.3, 1, (2, 3))
    y, x = np.mgrid[:size, :size] / size - 0.5
    x = x - shot.yaw / 400
    mask = np.zeros((size, size), np.uint8)
    mask[y > 0.35] = 5
    mask[x**2 + y**2 < 0.14] = 2
    mask[x**2 + (y - 0.05) ** 2 < 0.1] = 1
    mask[(abs(abs(x) - 0.12) < 0.04) & (abs(y) < 0.02)] = 3
    if shot.glasses != "none":
        mask[(abs(abs(x) - 0.12) < 0.06) & (abs(abs(y) - 0.04) < 0.015)] = 4
    wall = np.array([int(shot.background[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    if os.environ.get("MADE_UP_LEAK"):
        wall = np.random.default_rng(person.seed + 1).uniform(0, 1, 3)
    hair = np.full(3, np.random.default_rng([person.seed, person.look.number]).uniform(0.1, 0.8))
    palette = np.stack([wall, face[0], hair, face[1], [0.1] * 3, wall[::-1]])
    random = np.random.default_rng(shot.seed)
    image = palette[mask] * shot.lamp + random.normal(0, shot.noise, (size, size, 3))
    eyes = np.array([[0.38, 0.5], [0.62, 0.5]]) * size + [shot.yaw / 400 * size, 0]
    return Picture((image.clip(0, 1) * 255).astype(np.uint8), eyes, mask)
