"""How a person is shown: pose, expression, light, background, camera and what is worn that day."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

import numpy as np

from face_renderer.shape import EXPRESSIONS

ENVIRONMENTS = ("apartment", "bridge", "city", "dawn", "esplanade", "forest", "hall", "lab", "lobby", "night", "park",
                "sky", "studio", "sunrise", "sunset", "venice", "warehouse", "workshop")  # fmt: skip
BACKGROUNDS = ("place", "gradient", "shapes", "plain")
GLASSES = ("none", "metal", "thick", "round", "sun")
COLLARS = ("none", "shirt", "high")
COVERS = ("none", "cap", "headscarf", "mask")
GLASSES_COLORS = ((20, 20, 22), (60, 40, 25), (120, 110, 90), (30, 30, 60), (110, 20, 25))


@dataclass(frozen=True)
class Shot:
    """Everything about a picture that is not the person.  Angles in degrees, lengths in decimetres.

    Attributes
    ----------
    seed : int
        Decides the background's details and the sensor's noise.
    yaw, pitch, roll : float
        > 0: the face turns to the picture's right, bends down, tilts its top to the left.
    expression, strength : str, float
        One of `face_renderer.shape.EXPRESSIONS`, and how much of it, 0..1.
    asymmetry : float
        -1..1: the left side of the face takes part more, or less.
    eyes_closed : float
        0 open, 1 shut; down to -0.3: wide open.
    gaze_yaw, gaze_pitch : float
        Direction of the eyes relative to the head.
    environment : str
        One of `ENVIRONMENTS`, or "studio lamps" for even light and lamps only.
    environment_turn, ambient, ambient_gradient : float
        How far the environment is turned round the head, how bright it is, and (lamps only) how much more light comes
        from above than from below.
    lamp, lamp_azimuth, lamp_elevation, lamp_softness, lamp_warmth : float
        A lamp's strength (0: none), direction ((0, 0): from the camera), concentration (8 a window, 120 a bulb) and
        tint (> 0 warm).
    rim_lamp, rim_azimuth : float
        A second lamp, from behind.
    background, blur_of_background : str, float
        One of `BACKGROUNDS`; "place" is the environment behind the head.
    distance, zoom, shift_x, shift_y : float
        From camera to head; size and place in the frame (1, 0, 0: as aligned pictures have it).
    exposure, contrast, saturation, white_balance : float
        In stops; factors; and how far the light's colour is removed, 0..1.
    tint : tuple of three floats
        What the camera's white balance gets wrong, factors.
    defocus, motion, motion_angle, sharpness, noise : float
        Blur in hundredths of the picture's width; real resolution, 1 full; standard deviation of noise, 0..1 scale.
    glasses, glasses_color : str, tuple
        One of `GLASSES`; sRGB.
    cover, cover_color : str, tuple
        One of `COVERS`; sRGB.
    collar, clothes : str, tuple of three ints
        One of `COLLARS`; sRGB.
    """

    seed: int = 0
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    expression: str = "neutral"
    strength: float = 1.0
    asymmetry: float = 0.0
    eyes_closed: float = 0.0
    gaze_yaw: float = 0.0
    gaze_pitch: float = 0.0
    environment: str = "studio"
    environment_turn: float = 0.0
    ambient: float = 0.8
    ambient_gradient: float = 0.4
    lamp: float = 2.0
    lamp_azimuth: float = 25.0
    lamp_elevation: float = 30.0
    lamp_softness: float = 10.0
    lamp_warmth: float = 0.0
    rim_lamp: float = 0.0
    rim_azimuth: float = 150.0
    background: str = "gradient"
    blur_of_background: float = 1.0
    distance: float = 15.0
    zoom: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0
    exposure: float = 0.0
    contrast: float = 1.35
    saturation: float = 0.8
    white_balance: float = 0.85
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    defocus: float = 0.0
    motion: float = 0.0
    motion_angle: float = 0.0
    sharpness: float = 1.0
    noise: float = 0.005
    glasses: str = "none"
    glasses_color: tuple[int, int, int] = (20, 20, 22)
    cover: str = "none"
    cover_color: tuple[int, int, int] = (60, 70, 90)
    collar: str = "shirt"
    clothes: tuple[int, int, int] = (70, 80, 100)

    def __post_init__(self):
        known = {"expression": tuple(EXPRESSIONS), "environment": (*ENVIRONMENTS, "studio lamps"),
                 "background": BACKGROUNDS, "glasses": GLASSES, "cover": COVERS, "collar": COLLARS}  # fmt: skip
        for name, names in known.items():
            if getattr(self, name) not in names:
                raise ValueError(f"{name}: expected one of {', '.join(names)}, got {getattr(self, name)!r}.")
        limits = {"yaw": (-75, 75), "pitch": (-45, 45), "roll": (-60, 60), "strength": (0, 1), "asymmetry": (-1, 1),
                  "eyes_closed": (-0.3, 1), "distance": (5, 100), "zoom": (0.7, 4), "sharpness": (0.1, 1)}  # fmt: skip
        for name, (low, high) in limits.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name}: expected a number from {low} to {high}, got {getattr(self, name)!r}.")

        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, float) and not np.isfinite(value):
                raise ValueError(f"{field.name}: expected a number, got {value!r}.")

    @classmethod
    def sample(cls, seed: int, **given) -> Shot:
        """Draw a shot; it knows nothing of the person.

        Parameters
        ----------
        seed : int
            From 0; the same seed and values give the same shot.
        **given
            Any attribute of `Shot` that is not left to chance.

        Raises
        ------
        TypeError
            If there is no such attribute.
        ValueError
            If a value is impossible.
        """
        names = [field.name for field in fields(cls)]
        for name in given:
            if name not in names:
                raise TypeError(f"A shot has no {name!r}; it has: {', '.join(names)}.")
        if not isinstance(seed, int | np.integer) or seed < 0:
            raise ValueError(f"seed: expected a whole number from 0, got {seed!r}.")
        random = np.random.default_rng([31, int(seed)])
        drawn = {**_draw_pose(random), **_draw_light(random), **_draw_camera(random), **_draw_worn(random)}
        return cls(**{"seed": int(seed), **drawn, **given})

    def factors(self) -> dict[str, float | str | int]:
        """Return the shot as one flat row; colours as #rrggbb, the tint as three numbers."""
        row = {}
        for name, value in asdict(self).items():
            if name == "tint":
                row |= {f"tint_{channel}": part for channel, part in zip("rgb", value, strict=True)}
            elif isinstance(value, tuple):
                row[name] = "#{:02x}{:02x}{:02x}".format(*tuple(value))
            else:
                row[name] = value
        return row


def _draw_pose(random: np.random.Generator) -> dict:
    """Draw pose, expression and gaze."""
    yaw = float(np.clip(random.normal(0, 15), -42, 42))
    expression = str(random.choice(
        ["neutral", "smile", "laugh", "talk", "frown", "surprise", "pucker", "smirk", "pressed", "squint"],
        p=[0.21, 0.20, 0.30, 0.11, 0.04, 0.02, 0.02, 0.03, 0.04, 0.03]))  # fmt: skip
    shut = random.random() < 0.025
    return {
        "yaw": yaw,
        "pitch": float(np.clip(random.normal(1, 6), -18, 20)),
        "roll": float(np.clip(random.normal(0, 3), -10, 10)),
        "expression": expression,
        "strength": float(random.uniform(0.35, 1.0)),
        "asymmetry": float(np.clip(random.normal(0, 0.35), -1, 1)),
        "eyes_closed": 1.0 if shut else float(random.uniform(-0.25, 0.12)),
        "gaze_yaw": float(np.clip(-yaw * random.uniform(0.2, 1.0) + random.normal(0, 4), -22, 22)),
        "gaze_pitch": float(random.normal(0, 3)),
    }


def _draw_light(random: np.random.Generator) -> dict:
    """Draw light and background."""
    indoors = random.random() < 0.75
    lamp = (random.random() < 0.75) if indoors else True
    return {
        "environment": str(random.choice(ENVIRONMENTS)) if indoors else "studio lamps",
        "environment_turn": float(random.uniform(0, 360)),
        "ambient": float(random.uniform(0.25, 0.75) if indoors else random.uniform(0.2, 0.7)),
        "ambient_gradient": float(random.uniform(0.1, 0.8)),
        "lamp": float(np.exp(random.uniform(-0.2, 2.3))) if lamp else 0.0,
        "lamp_azimuth": float(random.uniform(-75, 75)),
        "lamp_elevation": float(random.uniform(-3, 65)),
        "lamp_softness": float(random.choice([8, 20, 60, 120])),
        "lamp_warmth": float(random.normal()),
        "rim_lamp": float(random.uniform(1, 5)) if random.random() < 0.2 else 0.0,
        "rim_azimuth": float(random.uniform(110, 250)),
        "background": str(random.choice(BACKGROUNDS, p=[0.52, 0.10, 0.30, 0.08])),
        "blur_of_background": float(random.uniform(0.3, 2.0)),
    }


def _draw_camera(random: np.random.Generator) -> dict:
    """Draw camera and processing."""
    return {
        "distance": float(random.uniform(9, 30)),
        "zoom": float(np.exp(random.normal(0, 0.045))),
        "shift_x": float(random.normal(0, 0.016)),
        "shift_y": float(random.normal(0, 0.016)),
        "exposure": float(random.normal(0.0, 0.2)),
        "contrast": float(random.uniform(1.15, 1.7)),
        "saturation": float(np.clip(random.normal(0.80, 0.15), 0.45, 1.2)),
        "white_balance": float(random.uniform(0.72, 1.0)),
        "tint": tuple(np.exp(random.normal(0, 0.045, 3)).tolist()),
        "defocus": float(max(0.0, random.normal(0.45, 0.3))),
        "motion": float(random.uniform(0.5, 2.5)) if random.random() < 0.1 else 0.0,
        "motion_angle": float(random.uniform(0, 180)),
        "sharpness": float(random.uniform(0.35, 0.8)) if random.random() < 0.2 else 1.0,
        "noise": float(random.uniform(0.001, 0.009)),
    }


def _draw_worn(random: np.random.Generator) -> dict:
    """Draw glasses, a cover and the colour of clothes."""
    dyed = random.uniform(0, 1, 3) ** 1.8 * 225 + 10  # mostly dark
    clothes = 0.35 * dyed + 0.65 * dyed.mean()
    cover = random.uniform(0, 1, 3) ** 1.5 * 205 + 15
    return {
        "glasses": str(random.choice(GLASSES, p=[0.83, 0.08, 0.035, 0.04, 0.015])),
        "glasses_color": GLASSES_COLORS[random.integers(len(GLASSES_COLORS))],
        "cover": str(random.choice(COVERS, p=[0.962, 0.025, 0.008, 0.005])),
        "cover_color": tuple(int(c) for c in 0.3 * cover + 0.7 * cover.mean()),
        "collar": str(random.choice(COLLARS, p=[0.35, 0.55, 0.10])),
        "clothes": tuple(int(c) for c in clothes),
    }
