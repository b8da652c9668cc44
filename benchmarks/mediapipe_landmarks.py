"""Find landmarks in pictures: what `benchmarks.proportions` runs, in an environment of its own.

MediaPipe asks for an older protobuf than TensorFlow does, so the two cannot be installed together.  Its detector comes
in its wheel; nothing is downloaded when it runs.
"""

import sys

import cv2
import mediapipe
import numpy as np

BORDER, SIZE = 0.25, 384  # repeated at each side, a share of the picture; pixels that the detector is shown


def find(images: np.ndarray) -> np.ndarray:
    """Return x and y of 478 landmarks in shares of the picture, (n, 478, 2); not a number where no face is found."""
    found = np.full((len(images), 478, 2), np.nan)
    with mediapipe.solutions.face_mesh.FaceMesh(
        static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=0.3
    ) as detector:
        for image, marks in zip(images, found, strict=True):
            edge = round(BORDER * len(image))
            framed = cv2.copyMakeBorder(image, edge, edge, edge, edge, cv2.BORDER_REPLICATE)
            faces = detector.process(cv2.resize(framed, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC))
            if faces.multi_face_landmarks:
                places = np.array([(mark.x, mark.y) for mark in faces.multi_face_landmarks[0].landmark])
                marks[:] = places * (len(image) + 2 * edge) / len(image) - edge / len(image)
    return found


if __name__ == "__main__":
    np.save(sys.argv[2], find(np.load(sys.argv[1])))
