"""What is behind the head, and what a camera makes of it all: exposure, white balance, blur, noise."""

import cv2
import numpy as np

from face_renderer.colors import encode, linear
from face_renderer.light import environments

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def background(shot, size: int, exposure: float) -> np.ndarray:
    """Return what is behind the head, (size, size, 3), linear light."""
    random = np.random.default_rng([37, shot.seed])
    if shot.background == "place" and shot.environment != "studio lamps":
        return np.minimum(_place(shot, size, random) * min(0.6 * exposure * shot.ambient, 5.0), 1.4)
    first = random.uniform(0.02, 0.75, 3) ** 2.2
    first = 0.2 * first + 0.8 * first.mean()
    second = first * random.uniform(0.5, 1.5) * random.uniform(0.85, 1.15, 3)
    if shot.background == "plain":
        return np.broadcast_to(first, (size, size, 3))
    if shot.background == "gradient":
        angle = random.uniform(0, 2 * np.pi)
        down, right = np.mgrid[0:size, 0:size] / size - 0.5
        share = np.clip(right * np.cos(angle) + down * np.sin(angle) + 0.5, 0, 1)[..., None]
        return first * (1 - share) + second * share
    return _shapes(size, first, second, random, shot.blur_of_background)


def _place(shot, size: int, random: np.random.Generator) -> np.ndarray:
    """Return the part of the environment behind the head, out of focus."""
    view = environments()[shot.environment].view
    height, width = view.shape[:2]
    field = np.deg2rad(random.uniform(25, 60))
    down, right = np.mgrid[0:96, 0:96] / 95 - 0.5
    azimuth = np.pi - right * field - np.deg2rad(shot.environment_turn)
    elevation = np.pi / 2 + down * field + random.uniform(-0.15, 0.2)
    column = (azimuth + np.pi) / (2 * np.pi) * width % width
    row = np.clip(elevation / np.pi * height, 0, height - 1)
    part = cv2.remap(view, column.astype(np.float32), row.astype(np.float32), cv2.INTER_LINEAR,
                     borderMode=cv2.BORDER_WRAP)  # fmt: skip
    part = cv2.GaussianBlur(part, (0, 0), 0.6 + 1.4 * shot.blur_of_background)
    return cv2.resize(part, (size, size), interpolation=cv2.INTER_LINEAR).clip(0)


def _shapes(size: int, first, second, random: np.random.Generator, blur: float) -> np.ndarray:
    """Return blurred boxes and edges, as of a room."""
    picture = np.ones((size, size, 3)) * first
    for _ in range(random.integers(3, 10)):
        left, top = random.uniform(-0.3, 1.0, 2)
        width, height = np.exp(random.uniform(-2.5, 0.2, 2))
        box = np.array([(left, top), (left + width, top), (left + width, top + height), (left, top + height)])
        angle = random.normal(0, 0.06)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        share = random.uniform(0, 1)
        color = (share * first + (1 - share) * second) * np.exp(random.normal(0, 0.5))
        cv2.fillPoly(picture, [(box @ turn * size).astype(np.int32)], color.tolist())
    return cv2.GaussianBlur(picture, (0, 0), size * (0.004 + 0.018 * blur))


def develop(
    scene: np.ndarray, covered: np.ndarray, skin: np.ndarray, skin_light: np.ndarray, skin_tone, shot, size: int
):
    """Return the finished picture, uint8 (size, size, 3).

    Parameters
    ----------
    scene : ndarray, shape (h, h, 3)
        Linear light of the head; what it does not cover is replaced by the background.
    covered, skin : ndarray of bool, shape (h, h)
    skin_light : ndarray, shape (h, h, 3)
        The light on the skin, whose colour white balance removes.
    skin_tone : ndarray, shape (3,)
        The skin's own colour: light skin is exposed brighter than dark skin, less than in proportion.
    shot : Shot
    size : int
        Edge of the picture; ``h`` is a multiple of it.
    """
    bright = scene[skin] @ LUMINANCE if skin.sum() > 50 else np.array([0.2])
    # The camera looks at the mean, and does not let the brightest parts burn out.
    measured = max(float(bright.mean()), 0.62 * float(np.percentile(bright, 92)))
    cast = skin_light[skin].mean(0) if skin.sum() > 50 else np.ones(3)
    wanted = 0.31 * (float(skin_tone @ LUMINANCE) / 0.40) ** 0.42
    exposure = wanted / max(measured, 1e-4)
    balance = (cast / cast.mean()) ** -shot.white_balance * np.asarray(shot.tint)
    behind = background(shot, len(scene), exposure)
    picture = np.where(covered[..., None], scene * exposure, behind) * balance * 2**shot.exposure
    picture = np.clip(picture, 0, 6)
    picture = np.where(picture > 0.7, 0.7 + 0.6 * (1 - np.exp(-(picture - 0.7) / 0.6)), picture)  # film's shoulder
    picture = cv2.resize(picture, (size, size), interpolation=cv2.INTER_AREA)
    return _sensor(picture, shot, size)


def _sensor(picture: np.ndarray, shot, size: int) -> np.ndarray:
    """Return the picture after lens, sensor and processing, uint8."""
    if shot.defocus > 0.05:
        picture = cv2.GaussianBlur(picture, (0, 0), max(0.05, shot.defocus * size / 100))
    if shot.motion:
        picture = cv2.filter2D(picture, -1, _streak(shot.motion * size / 100, shot.motion_angle))
    if shot.sharpness < 1:
        small = max(8, round(size * shot.sharpness))
        picture = cv2.resize(picture, (small, small), interpolation=cv2.INTER_AREA)
        picture = cv2.resize(picture, (size, size), interpolation=cv2.INTER_CUBIC)
    grey = (picture @ LUMINANCE)[..., None]
    picture = encode(np.clip(grey + shot.saturation * (picture - grey), 0, 1))
    picture = (picture - 0.45) * shot.contrast + 0.45
    random = np.random.default_rng([41, shot.seed])
    noise = shot.noise * (0.85 * random.normal(size=grey.shape) + 0.5 * random.normal(size=picture.shape))
    return (np.clip(picture + noise, 0, 1) * 255 + 0.5).astype(np.uint8)


def _streak(length: float, angle: float) -> np.ndarray:
    """Return the kernel of a blur along a line of some pixels."""
    edge = 2 * int(np.ceil(length / 2)) + 3
    kernel = np.zeros((8 * edge, 8 * edge))
    middle = np.array([4 * edge, 4 * edge])
    half = 4 * length * np.array([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))])
    start, end = (tuple(int(v) for v in np.round(middle + sign * half)) for sign in (-1, 1))
    cv2.line(kernel, start, end, 1.0, 8)
    kernel = cv2.resize(kernel, (edge, edge), interpolation=cv2.INTER_AREA)
    return kernel / kernel.sum()


def sampled_color(srgb) -> np.ndarray:
    """Return the linear light of dyed cloth of an sRGB colour; cloth is never as bright as paper."""
    return linear(srgb) * 0.8
