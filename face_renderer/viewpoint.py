"""Turn a head on its neck, and project it into a picture."""

import numpy as np

from face_renderer.shot import Shot
from face_renderer.vectors import rotation, smoothstep, unit

NECK_JOINT = np.array([0, 6.35, 0.15])  # round which the head turns
VIEW_WIDTH = 1.74  # decimetres of a face that a picture is wide


class Pose:
    """Turns a head on its neck: the skull turns whole, the throat partly, the shoulders not."""

    def __init__(self, shot: Shot):
        self.turn = rotation(shot.yaw, shot.pitch, shot.roll)

    @staticmethod
    def _following(points: np.ndarray) -> np.ndarray:
        """Return how far points go along with the head, (..., 1)."""
        height = points[..., 1] + 0.65 * np.clip(points[..., 2] - 0.25, 0, 1.1)
        return smoothstep(5.70, 6.45, height)[..., None]

    def points(self, points: np.ndarray) -> np.ndarray:
        """Return points (..., 3) where the pose takes them."""
        following = self._following(points)
        return following * ((points - NECK_JOINT) @ self.turn.T + NECK_JOINT) + (1 - following) * points

    def normals(self, normals: np.ndarray, points: np.ndarray) -> np.ndarray:
        """Return normals at points, turned."""
        following = self._following(points)
        return unit(following * (normals @ self.turn.T) + (1 - following) * normals)


class Camera:
    """Projects points; frames the face by its eyes and mouth, as aligned pictures do."""

    def __init__(self, shot: Shot, eyes: np.ndarray, mouth: np.ndarray, centre: np.ndarray, size: int):
        middle = eyes.mean(0)
        self.pixels = size / VIEW_WIDTH * shot.zoom  # of a decimetre at the face
        self.focal = self.pixels * shot.distance
        x = 0.55 * middle[0] + 0.20 * mouth[0] + 0.25 * centre[0]
        y = 0.62 * middle[1] + 0.38 * mouth[1]
        self.position = np.array([x, y, (middle[2] + mouth[2]) / 2 + shot.distance])
        self.origin = size * np.array([0.5 + shot.shift_x, 0.470 + shot.shift_y])

    def project(self, points: np.ndarray) -> np.ndarray:
        """Return x, y in pixels and depth of points (..., 3)."""
        ray = points - self.position
        scale = self.focal / -ray[..., 2]
        x, y = self.origin[0] + ray[..., 0] * scale, self.origin[1] - ray[..., 1] * scale
        return np.ascontiguousarray(np.stack([x, y, -ray[..., 2]], axis=-1))
