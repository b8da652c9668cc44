"""The augmentation explorer of lesson 04: one face under every change, each with its slider."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import ipywidgets
import numpy as np

from course_utils.augmentation.strengths import STRENGTHS, Strength
from course_utils.from_scratch import transforms
from course_utils.widgets.frame import (
    PICTURE_WIDTH,
    Board,
    Explorer,
    Shown,
    check_number,
    choice,
    labelled,
    plain,
    side_by_side,
)

MIRRORS = {
    "no": lambda face: face,
    "left and right": lambda face: face[:, ::-1],
    "upside down": lambda face: face[::-1],
    "both": lambda face: face[::-1, ::-1],
}
SMALLEST, LARGEST = 16, 128  # pixels along a side of the face

# The drawing, in pixels on the screen.
COLUMNS, SIDE, TOP, ROW = 5, 146, 40, 196


@dataclass(frozen=True)
class Change:
    """A change with a slider.

    Attributes
    ----------
    unit
        What the slider counts; "%" is a share of 100.
    least, greatest, first, step
        Of the slider.
    apply
        Function of the face, float (h, w, 3) with values 0..255, and the slider's value.
    tooltip
        What the slider does.
    bound
        Function of a `Strength` (see `course_utils.augmentation`) to the largest value, in the slider's unit, that
        it draws.
    """

    unit: str
    least: float
    greatest: float
    first: float
    step: float
    apply: Callable[[np.ndarray, float], np.ndarray]
    tooltip: str
    bound: Callable[[Strength], float]


def _shifted(face: np.ndarray, share: float) -> np.ndarray:
    return transforms.move(face, right=share / 100 * face.shape[1])


def _cropped(face: np.ndarray, share: float) -> np.ndarray:
    """Cut off this share at the right and at the bottom, and enlarge the rest to the old size."""
    kept = 1 - share / 100
    rows, columns = (np.linspace(0, (length - 1) * kept, length) for length in face.shape[:2])
    return transforms.look_up(face, *np.meshgrid(rows, columns, indexing="ij"))


def _noisy(face: np.ndarray, share: float) -> np.ndarray:
    noise = np.random.default_rng(0).normal(size=face.shape)
    return np.clip(face + 255 * share / 100 * noise, 0, 255)


def _erased(face: np.ndarray, share: float) -> np.ndarray:
    """Cover a square in the middle, its side this share of the face's."""
    height, width = (round(share / 100 * length) for length in face.shape[:2])
    top, left = (face.shape[0] - height) // 2, (face.shape[1] - width) // 2
    return transforms.erase(face, top, left, height, width, value=128)


CHANGES = {
    "turn": Change(
        "°", -180, 180, 10, 5, lambda face, value: transforms.move(face, angle=value),
        "degrees, counter-clockwise", lambda strength: strength.turn,
    ),
    "shift": Change(
        "%", -50, 50, 10, 2, _shifted, "to the right, in hundredths of the width",
        lambda strength: 100 * strength.shift,
    ),
    "zoom": Change(
        "%", -50, 100, 20, 5, lambda face, value: transforms.move(face, size=1 + value / 100),
        "how much larger, in hundredths", lambda strength: 100 * strength.zoom,
    ),
    "crop": Change(
        "%", 0, 70, 25, 5, _cropped, "what is cut off at the right and at the bottom, in hundredths",
        lambda strength: 0,  # it shifts and zooms instead
    ),
    "brightness": Change(
        "%", -100, 100, 25, 5, lambda face, value: transforms.brighten(face, value / 100),
        "what is added, in hundredths of the full range", lambda strength: 100 * strength.brightness,
    ),
    "contrast": Change(
        "%", -100, 100, -40, 5, lambda face, value: transforms.contrast(face, 1 + value / 100),
        "how much further from the mean, in hundredths", lambda strength: 100 * strength.contrast,
    ),
    "blur": Change(
        "px", 0, 4, 1, 0.25, lambda face, value: transforms.blur(face, value, size=17) if value else face,
        "standard deviation of the bell curve, in pixels of the face",
        lambda strength: (2 * strength.blur) ** 0.5,  # of a share taken from either neighbour
    ),
    "noise": Change(
        "%", 0, 50, 8, 1, _noisy, "standard deviation, in hundredths of the full range",
        lambda strength: 100 * strength.noise,
    ),
    "erase": Change(
        "%", 0, 80, 30, 5, _erased, "side of the covered square, in hundredths of the face's",
        lambda strength: 100 * strength.longest_side,
    ),
}  # fmt: skip


def augmentation_explorer(image: np.ndarray | None = None, **sliders: float) -> AugmentationExplorer:
    """Return a widget that draws one face under every change, each with its slider (lesson 04).

    The changes are those of `course_utils.from_scratch.transforms`, which give the same numbers as Keras's layers.

    Parameters
    ----------
    image
        Colour picture (h, w, 3) uint8, 16 to 128 pixels along each side.  Without it, the face of scikit-image's
        portrait, 48 x 48.
    **sliders
        Where sliders stand at the start, by the names of `CHANGES`: ``turn=20``.

    Returns
    -------
    AugmentationExplorer
        A notebook shows it when it is a cell's last value.

    Raises
    ------
    ValueError
        If the picture is not as described, or a slider is unknown or out of its range.
    """
    for name, value in sliders.items():
        if name not in CHANGES:
            raise ValueError(f"expected one of {', '.join(CHANGES)}, got {name!r}")
        check_number(name, value, CHANGES[name].least, CHANGES[name].greatest)
    return AugmentationExplorer(_portrait() if image is None else _checked(image), sliders)


def _checked(image: np.ndarray) -> np.ndarray:
    image = np.asarray(image)
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"image: expected uint8 of the shape (h, w, 3), got {image.dtype} of the shape {image.shape}")
    if not SMALLEST <= min(image.shape[:2]) <= max(image.shape[:2]) <= LARGEST:
        raise ValueError(f"image: expected {SMALLEST} to {LARGEST} pixels along each side, got {image.shape[:2]}")
    return image


@cache
def _portrait() -> np.ndarray:
    """Return the face of scikit-image's portrait."""
    import skimage

    from course_utils import detection

    return detection.crop_face(skimage.data.astronaut(), size=48)


class AugmentationExplorer(Explorer):
    """The widget that `augmentation_explorer` returns; ``pictures`` holds the face under each change."""

    def __init__(self, image: np.ndarray, sliders: dict[str, float]):
        self.image = image.astype(float)
        self._drawn: dict[str, tuple[tuple, np.ndarray]] = {}
        controls = {"mirror": choice("mirror", "of the face in all pictures", list(MIRRORS), "no")}
        for name, change in CHANGES.items():
            whole = float(change.step).is_integer()
            controls[name] = labelled(
                ipywidgets.IntSlider if whole else ipywidgets.FloatSlider,
                f"{name}, {change.unit}",
                change.tooltip,
                value=sliders.get(name, change.first),
                min=change.least,
                max=change.greatest,
                step=change.step,
            )
            controls[name].layout.width = "22em"
        super().__init__(controls, [controls["mirror"], side_by_side(*list(controls.values())[1:])])

    @property
    def pictures(self) -> dict[str, np.ndarray]:
        """The face under each change, uint8; "face" is the face as it is, mirrored where that was asked for."""
        mirrored = MIRRORS[self.values["mirror"]](self.image)
        found = {"face": mirrored.astype(np.uint8)}
        for name, change in CHANGES.items():
            key = self.values["mirror"], self.values[name]
            if self._drawn.get(name, (None,))[0] != key:  # the other eight stand as they are: only one is drawn anew
                changed = np.round(change.apply(mirrored, self.values[name])).astype(np.uint8)
                self._drawn[name] = key, changed
            found[name] = self._drawn[name][1]
        return found

    def draw(self) -> Shown:
        """Draw the face under each change."""
        values, pictures = self.values, self.pictures
        numbers = {"mirror": values["mirror"] + ("" if values["mirror"] in ("no", "left and right") else _UNSAFE)}
        for name, change in CHANGES.items():
            difference = np.abs(pictures[name].astype(float) - pictures["face"]).mean()
            numbers[name] = (
                f"{values[name]:g} {change.unit}: values change by {plain(difference, 1)} on average; "
                f"{_verdict(change, values[name])}"
            )
        settings = ", ".join(f"{name} {values[name]:g} {change.unit}" for name, change in CHANGES.items())
        return Shown(
            _board(pictures, values),
            f"A face, mirrored: {values['mirror']}, and nine changed copies of it: {settings}.",
            numbers,
        )


_UNSAFE = ": nobody is photographed like that"


def _verdict(change: Change, value: float) -> str:
    """Say in which strengths of the face-safe pipeline the change may be drawn."""
    within = [name for name, strength in STRENGTHS.items() if abs(value) <= change.bound(strength) + 1e-9]
    return f'the face-safe pipeline draws it from "{within[0]}" on' if within else "beyond the face-safe pipeline"


def _board(pictures: dict[str, np.ndarray], values: dict) -> bytes:
    """Draw all pictures in two rows, each below its name and value."""
    board = Board(2 * ROW)
    gap = (PICTURE_WIDTH - COLUMNS * SIDE) / (COLUMNS - 1)
    for number, (name, pixels) in enumerate(pictures.items()):
        left, top = number % COLUMNS * (SIDE + gap), number // COLUMNS * ROW
        words = name if name == "face" else f"{name} {values[name]:g} {CHANGES[name].unit}"
        board.text(left + SIDE / 2, top + TOP / 2 + 4, words)
        height, width = (SIDE * length / max(pixels.shape[:2]) for length in pixels.shape[:2])
        board.paste(pixels, left + (SIDE - width) / 2, top + TOP + (SIDE - height) / 2, width, height)
    return board.png()
