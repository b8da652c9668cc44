"""Small functions on arrays of points and numbers that every part of the renderer uses."""

import numpy as np

SIDE, UP, FRONT = np.eye(3)  # the axes: to the picture's right, up, towards the camera


def unit(vectors: np.ndarray) -> np.ndarray:
    """Return the vectors, shape (..., 3), scaled to length 1; a zero vector stays zero."""
    return vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-12)


def smoothstep(low: float, high: float, x: np.ndarray) -> np.ndarray:
    """Return 0 below ``low``, 1 above ``high`` and a smooth rise between; ``low > high`` gives a fall."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def bell(x: np.ndarray, width: float) -> np.ndarray:
    """Return a Gaussian bell of height 1 and standard deviation ``width``."""
    return np.exp(-0.5 * (x / width) ** 2)


def rotation(yaw: float, pitch: float, roll: float) -> np.ndarray:
    """Return the matrix (3, 3) that turns a head by angles in degrees.

    Yaw > 0 turns the face to the right of the picture, pitch > 0 bends it down, roll > 0 tilts its top to the left.
    """
    (cy, cp, cr), (sy, sp, sr) = np.cos(np.deg2rad([yaw, pitch, roll])), np.sin(np.deg2rad([yaw, pitch, roll]))
    turn = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    bend = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    tilt = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return tilt @ bend @ turn


def direction(azimuth: float, elevation: float) -> np.ndarray:
    """Return the unit vector at angles in degrees: (0, 0) is towards the camera, azimuth 90 the picture's right."""
    a, e = np.deg2rad([azimuth, elevation])
    return np.array([np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)])


def spread_directions(n: int) -> np.ndarray:
    """Return ``n`` unit vectors spread evenly over the sphere (a Fibonacci lattice), shape (n, 3)."""
    i = np.arange(n) + 0.5
    y, angle = 1 - 2 * i / n, i * np.pi * (1 + 5**0.5)
    radius = np.sqrt(1 - y * y)
    return np.stack([radius * np.cos(angle), y, radius * np.sin(angle)], axis=1)
