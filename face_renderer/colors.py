"""Colours: sRGB and linear light, and skin tone as a measured angle."""

import numpy as np

# Skin of rising melanin, from measurements' range of hues; between two neighbours linear light is interpolated.
SKIN_RAMP = ((246, 214, 196), (234, 194, 170), (220, 172, 142), (198, 146, 112), (166, 116, 85), (128, 86, 62),
             (97, 66, 50), (70, 49, 40))  # fmt: skip
# The six classes of the individual typology angle, lower limits in degrees (Chardon, Cretois, Hourseau: Skin colour
# typology and suntanning pathways, Int. J. Cosmetic Science 13, 1991; sixth class: Del Bino, Bernerd, Br. J. Dermatol.
# 169, 2013).
ITA_CLASSES = {"very light": 55, "light": 41, "intermediate": 28, "tan": 10, "brown": -30, "dark": -90}


def linear(srgb) -> np.ndarray:
    """Return the linear light, 0..1, of sRGB values 0..255 (IEC 61966-2-1)."""
    value = np.asarray(srgb, np.float64) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def encode(light: np.ndarray) -> np.ndarray:
    """Return sRGB values 0..1 of linear light 0..1 (IEC 61966-2-1)."""
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def typology_angle(light: np.ndarray) -> float:
    """Return the individual typology angle in degrees of a colour given as linear light, shape (3,).

    ITA = arctan((L* - 50) / b*), CIELAB under D65; light skin is high, dark skin negative.
    """
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ np.asarray(light, np.float64) / np.array([0.9505, 1.0, 1.0890])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return float(np.degrees(np.arctan2(116 * f[1] - 16 - 50, 200 * (f[1] - f[2]))))


def _ramp(position: float) -> np.ndarray:
    """Return the linear light of the skin ramp at a position from 0 (lightest) to 1."""
    colors = linear(SKIN_RAMP)
    at = np.clip(position, 0, 1) * (len(colors) - 1)
    return np.array([np.interp(at, range(len(colors)), channel) for channel in colors.T])


_POSITIONS = np.linspace(0, 1, 141)
_ANGLES = np.array([typology_angle(_ramp(position)) for position in _POSITIONS])
ITA_RANGE = (float(_ANGLES[-1]), float(_ANGLES[0]))  # what `skin_color` can reach, degrees


def melanin(ita: float) -> float:
    """Return the position on the skin ramp, 0 (lightest) to 1 (darkest), of a typology angle in degrees."""
    return float(np.interp(-ita, -_ANGLES, _POSITIONS))


def skin_color(ita: float) -> np.ndarray:
    """Return the linear light, shape (3,), of skin of a typology angle in degrees."""
    return _ramp(melanin(ita))
