"""Where eyes and mouth come to lie in a picture, known without drawing it.

No picture depends on this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from face_renderer import shape
from face_renderer.head import head_model
from face_renderer.person import Person
from face_renderer.shot import Shot
from face_renderer.viewpoint import Camera, Pose

FACE_CENTRE = np.array([0, 7.0, 0.9])  # the third point that `picture.render` frames a face by; a test compares


def landmarks(person: Person, shots: Iterable[Shot]) -> np.ndarray:
    """Return where the person's right eye, left eye and the middle of the mouth lie in each picture.

    Parameters
    ----------
    person : Person
        The look makes no difference.
    shots : iterable of Shot

    Returns
    -------
    ndarray, shape (shots, 3, 2)
        x and y as shares of the picture's side, from its upper left corner.  The eyes are those of `Picture.eyes`, the
        centres of the eyeballs; the mouth moves with the expression.
    """
    neutral = shape.face_vertices(replace(person, look=None))
    eyes, mouth = head_model().eyes(neutral), _mouth(neutral)
    return np.array([_seen(shot, neutral, eyes, mouth) for shot in shots]).reshape(-1, 3, 2)


def _mouth(coarse: np.ndarray) -> np.ndarray:
    """Return the middle of the mouth, (3,)."""
    model = head_model()
    return (model.subdivision @ coarse)[model.mouth].mean(0)


def _seen(shot: Shot, neutral: np.ndarray, eyes: np.ndarray, mouth: np.ndarray) -> np.ndarray:
    """Return the three points in a picture, (3, 2); the camera is set up by the neutral face, as `render` does it."""
    pose = Pose(shot)
    camera = Camera(shot, pose.points(eyes), pose.points(mouth), pose.points(FACE_CENTRE), size=1)
    units = shape.expression_units(shot.expression, shot.strength, shot.eyes_closed, shot.asymmetry)
    moved = _mouth(shape.express(neutral, units))
    return camera.project(pose.points(np.vstack([eyes, moved])))[:, :2]
