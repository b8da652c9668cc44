"""How often the course's face detector finds the face, on 1,000 photographs of Labeled Faces in the Wild.

Run it from the repository: ``python -m benchmarks.face_detector``.  It needs the LFW pictures in a scikit-learn data
folder, named by the variable SCIKIT_LEARN_DATA, and takes about a minute.

The detector's settings were chosen on 300 pictures of people in View 1's training list; the 1,000 pictures measured
here show people who are not in that list.

In an LFW picture the face that the picture is about lies in the middle.  A box counts as having found it if the box's
centre is within 25 pixels of the picture's, in both directions (the picture is 250 x 250).  Every other box counts as
false, which is too strict: some pictures show other people in the background, and the detector is right to find them.
"""

import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image

from course_utils import detection, results
from course_utils.datasets import lfw, storage
from course_utils.datasets.unavailable import UnusableSourceError
from course_utils.environment import progress

N_PICTURES, SEED, TOLERANCE = 1_000, 0, 25
INTERVALS = {"wilson": ["value"]}


def find_pictures() -> tuple[Path, list[str]]:
    """Return LFW's folder and a seeded sample of the pictures that the settings were not chosen on."""
    data = storage.scikit_learn_folder()
    if data is None:
        sys.exit("The variable SCIKIT_LEARN_DATA is not set. Set it to a folder that holds lfw_home/lfw_funneled.")
    try:
        folder = lfw.find_folder(data)
        files = lfw.list_pictures(folder)
    except UnusableSourceError as error:
        sys.exit(f"The folder in SCIKIT_LEARN_DATA cannot be used: {error}.")
    pairs = lfw.read_pairs(folder.parent / lfw.PAIR_FILES["view1_train"].filename, files)
    seen = {files[index].split("/")[0] for index in pairs.pictures}
    unseen = [file for file in files if file.split("/")[0] not in seen]
    chosen = np.random.default_rng(SEED).choice(len(unseen), N_PICTURES, replace=False)
    return folder, [unseen[index] for index in sorted(chosen)]


def count_boxes(picture: np.ndarray) -> dict[str, float]:
    """Detect faces in one picture: was the middle one found, was it chosen, how many other boxes, how long it took."""
    start = time.perf_counter()
    boxes = detection.detect_faces(picture)
    seconds = time.perf_counter() - start
    middle = is_middle(boxes, picture.shape)
    chosen = len(boxes) > 0 and is_middle(detection.main_face(boxes, picture.shape[:2])[np.newaxis], picture.shape)[0]
    found = bool(middle.any())
    return {"found": found, "chosen": bool(chosen), "other": len(boxes) - found, "milliseconds": 1000 * seconds}


def is_middle(boxes: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Tell for each box whether its centre is near the picture's."""
    centres = boxes[:, :2] + boxes[:, 2:] / 2
    return (np.abs(centres - np.array(shape[:2]) / 2) <= TOLERANCE).all(axis=1)


def main() -> None:
    """Measure, print the table and store it."""
    folder, files = find_pictures()
    counts = [count_boxes(np.asarray(Image.open(folder / file))) for file in progress(files, "detecting faces")]
    rows = []
    for key, measure in (("found", "face in the middle found"), ("chosen", "... and chosen by main_face")):
        rows.append({"measure": measure, "successes": sum(count[key] for count in counts), "trials": len(counts)})
    rows.append({"measure": "other boxes per picture", "value": float(np.mean([count["other"] for count in counts]))})
    median = float(np.median([count["milliseconds"] for count in counts]))
    rows.append({"measure": "milliseconds per picture (median)", "value": round(median, 1)})
    print(f"{len(counts)} pictures of 250 x 250 pixels, people not in View 1's training list, seed {SEED}")
    for row in (results.complete(row, INTERVALS) for row in rows):
        interval = f"  95 % [{row['low']:.3f}, {row['high']:.3f}]" if "low" in row else ""
        print(f"{row['measure']:35s} {row['value']:8.3f}{interval}")
    results.store("face_detector", [{**row, "pictures": len(counts)} for row in rows], INTERVALS)


if __name__ == "__main__":
    main()
