"""Embed LFW's whole photographs with dlib's network, in parts: what was interrupted goes on where it stopped."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.fingerprints import code_of
from benchmarks.kept_runs import kept
from course_utils import dlib_network
from course_utils.datasets import lfw, storage
from course_utils.datasets.unavailable import UnusableSourceError
from course_utils.environment import progress

AT_ONCE = 100  # pictures; half a minute of one core
# Where the face is in a photograph of LFW, of 250 x 250 pixels (top, left, height, width): the median of the boxes that
# dlib's detector finds in 300 pictures of View 1's training pairs.  It is taken where the detector finds none.
MIDDLE = (80, 67, 108, 109)


def photographs() -> list[Path]:
    """Return LFW's files, in the order of `load_faces`.

    Raises
    ------
    UnusableSourceError
        If the variable SCIKIT_LEARN_DATA names no folder that holds them: archives are not read here.
    """
    folder = storage.scikit_learn_folder()
    if folder is None:
        raise UnusableSourceError("SCIKIT_LEARN_DATA is not set; set it to a folder that holds lfw_home/lfw_funneled.")
    folder = lfw.find_folder(folder)
    return [folder / file for file in lfw.list_pictures(folder)]


def embed_photographs(
    files: list[Path], load: Callable[[], dlib_network.DlibNetwork] = dlib_network.load
) -> dlib_network.Embedded:
    """Return the embeddings of photographs, and in which of them a face was detected; `MIDDLE` is taken elsewhere."""
    network, parts = None, []
    for start in progress(range(0, len(files), AT_ONCE), "embedding"):
        images = np.stack([np.asarray(Image.open(file).convert("RGB")) for file in files[start : start + AT_ONCE]])
        settings = [
            *(dlib_network.WEIGHTS.values()), dlib_network.SIZE, dlib_network.PADDING, dlib_network.UPSAMPLE, MIDDLE,
            code_of(dlib_network.DlibNetwork), storage.array_sha256(images),
        ]  # fmt: skip

        def measure(images=images) -> dict:
            nonlocal network
            network = network or load()
            embedded = network.embed(images, otherwise=MIDDLE)
            return {
                "embeddings": embedded.embeddings.round(6).tolist(),
                "detected": embedded.detected.tolist(),
            }

        parts.append(kept("lfw_table", settings, measure))
    return dlib_network.Embedded(
        np.array([row for part in parts for row in part["embeddings"]], np.float32),
        np.array([one for part in parts for one in part["detected"]], bool),
    )
