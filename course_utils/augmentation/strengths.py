"""Say how far a face may be changed in training: three named strengths; no Keras here, so that an explorer is light.

`course_utils.augmentation.face_pipeline` draws within these bounds (lesson 04, section 10).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Strength:
    """How far a face may be changed; what is drawn lies evenly between the bounds, and never beyond.

    Attributes
    ----------
    turn
        Largest angle to either side, degrees.
    zoom, stretch
        Largest change of the size, and of the ratio of width to height, as a share.
    shift
        Largest shift across and down, as a share of the side.
    brightness
        Most that is added or taken away, as a share of the full range.
    contrast
        Largest change of the factor by which values are pulled apart about their mean.
    balance
        Largest change of the gain of red, green and blue, each: the colour of the light.
    noise
        Largest standard deviation of the noise, as a share of the full range.
    erased, longest_side
        Share of the pictures in which a rectangle is covered, and its longest side as a share of the picture's.
    blur
        Largest share that each pixel takes from either neighbour: 0 nothing, 1/3 the mean of three.
    """

    turn: float
    zoom: float
    stretch: float
    shift: float
    brightness: float
    contrast: float
    balance: float
    noise: float
    erased: float
    longest_side: float
    blur: float = 0.0


# A face stays upright, in the frame, and in light that a camera may meet; hue is not turned.  Checked on the rendered
# people (tests/test_face_augmentation.py): both eyes stay in every picture, and skin keeps a hue that skin has.
STRENGTHS = {
    "light": Strength(
        turn=5, zoom=0.05, stretch=0.02, shift=0.03, brightness=0.08, contrast=0.15, balance=0.01,
        noise=0.01, erased=0.0, longest_side=0.0,
    ),
    "medium": Strength(
        turn=10, zoom=0.10, stretch=0.04, shift=0.06, brightness=0.15, contrast=0.30, balance=0.02,
        noise=0.03, erased=0.25, longest_side=0.35,
    ),
    "strong": Strength(
        turn=15, zoom=0.15, stretch=0.06, shift=0.09, brightness=0.25, contrast=0.50, balance=0.03,
        noise=0.05, erased=0.5, longest_side=0.45, blur=1 / 3,
    ),
}  # fmt: skip
