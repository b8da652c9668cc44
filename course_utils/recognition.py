"""Recognise the people in photographs: detect, align, embed, compare, decide, and say what happened at each step.

>>> from course_utils import pretrained, recognition
>>> from course_utils.gallery import Gallery
>>> embedder = recognition.Embedder(pretrained.load_network("embedding"))
>>> recogniser = recognition.Recogniser(embedder, Gallery(embedder.name), threshold=0.5)
>>> recogniser.enrol("Ada", ["Ada/1.jpg", "Ada/2.jpg"])
>>> print(recogniser.identify(["door.jpg"])[0])

Any network will do that turns a face into a list of numbers.  Nothing leaves the machine, and no picture is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from course_utils import detection
from course_utils.gallery import Answer, Gallery, OtherNetworkError, network_fingerprint

if TYPE_CHECKING:
    import keras

SMALLEST = 24  # pixels: the window of the detector
MARGIN = 0.5  # around a face, so that turning it brings no empty corners in
SCALES, TURN = (0.6, 1.7), 45  # of a face that is laid in place; further off, the eyes were not found (turn in degrees)

Picture = np.ndarray | str | PathLike


class Embedder:
    """A network that turns faces into templates, with what is needed to use it.

    Parameters
    ----------
    network : keras.Model or callable
        Takes pictures (n, height, width, 3) with values 0..255, gives (n, numbers).
    name : str, optional
        What galleries call it; without it, the fingerprint of a Keras model.
    size : int, optional
        Height and width of the pictures that it takes, in pixels; without it, what a Keras model says.

    Raises
    ------
    ValueError
        If name or size is needed and missing, or the model takes no square pictures.
    """

    def __init__(self, network: keras.Model | Callable, name: str | None = None, size: int | None = None):
        is_model = hasattr(network, "predict") and hasattr(network, "get_weights")
        if not is_model and (name is None or size is None):
            raise ValueError("name, size: a function cannot say what it is and takes, so give it a name and a size.")
        self.network = (lambda images: network.predict(images, batch_size=100, verbose=0)) if is_model else network
        self.name = name or network_fingerprint(network)
        self.size = size or _side(network)

    def __call__(self, images: np.ndarray) -> np.ndarray:
        """Return the templates (n, numbers) of faces (n, size, size, 3).

        Raises
        ------
        ValueError
            If the network does not give one list of numbers for each face.
        """
        templates = np.asarray(self.network(images))
        if templates.ndim != 2 or len(templates) != len(images):
            raise ValueError(
                f"The network {self.name!r} was given {len(images)} faces and gave the shape {templates.shape}; "
                f"expected ({len(images)}, numbers)."
            )
        return templates


def _side(network: keras.Model) -> int:
    """Return the side of the square pictures that a Keras model takes."""
    shape = network.input_shape
    if len(shape) != 4 or shape[1] is None or shape[1] != shape[2]:
        raise ValueError(f"size: the model takes pictures of the shape {shape}; say which square size to give it.")
    return shape[1]


@dataclass(frozen=True)
class Report:
    """What was done with one picture.

    Attributes
    ----------
    picture : str
        Its file, or its number.
    steps : tuple of (str, str)
        Each step that was taken, and its outcome, in order: "read", "detect", "align", "embed", "compare", "decide".
    face : ndarray of uint8, shape (size, size, 3), or None
        What the network saw; None where no face was found.
    template : ndarray, shape (numbers,), or None
    answer : Answer or None
        Who it is; None where no face was found, or where nobody asked.
    """

    picture: str
    steps: tuple[tuple[str, str], ...] = ()
    face: np.ndarray | None = field(default=None, repr=False)
    template: np.ndarray | None = field(default=None, repr=False)
    answer: Answer | None = None

    def __str__(self) -> str:
        return "\n".join([self.picture, *(f"  {step:8} {outcome}" for step, outcome in self.steps)])

    def then(self, step: str, outcome: str, **found) -> Report:
        """Return the report with one more step and what it found."""
        return replace(self, steps=(*self.steps, (step, outcome)), **found)


class Recogniser:
    """The whole way from a photograph to a name, or to nobody.

    Parameters
    ----------
    embedder : Embedder
    gallery : Gallery
        Of templates of this embedder.
    threshold : float
        From this score on, a face is taken for the most similar person; choose it on people who are not enrolled.
    detect : bool
        Whether to look for the face; False where pictures are faces already.
    align : bool
        Whether to align each face by its eyes and mouth, which the course's landmark network finds.

    Raises
    ------
    OtherNetworkError
        If the gallery holds templates of another network.
    """

    def __init__(self, embedder: Embedder, gallery: Gallery, threshold: float, detect: bool = True, align: bool = True):
        if gallery.network != embedder.name:
            raise OtherNetworkError(
                f"gallery: it holds templates of {gallery.network!r}, and the embedder is {embedder.name!r}. "
                "Enrol the people again with this embedder, or load the other one."
            )
        self.embedder, self.gallery, self.threshold, self.detect = embedder, gallery, threshold, detect
        self.landmarks = _landmark_network() if align else None

    def enrol(self, name: str, pictures: Iterable[Picture]) -> list[Report]:
        """Enrol somebody with all pictures that show a face.

        Parameters
        ----------
        name : str
        pictures : iterable of ndarray of uint8, shapes (height, width) or (height, width, 3), or of paths
            Of one person.  If a picture shows several faces, the largest, most central one is taken: see the reports.

        Returns
        -------
        list of Report
            One for each picture, with the face that was taken.

        Raises
        ------
        ValueError
            If no picture shows a face, or as for `Gallery.enrol`; then nobody is enrolled.
        """
        reports = self.look(pictures)
        templates = [report.template for report in reports if report.template is not None]
        if not templates:
            reasons = "; ".join(f"{report.picture}: {report.steps[-1][1]}" for report in reports) or "no picture"
            raise ValueError(f"Nobody was enrolled as {name!r}, because no picture shows a face ({reasons}).")
        self.gallery.enrol(name, np.stack(templates), network=self.embedder.name)
        return reports

    def identify(self, pictures: Iterable[Picture]) -> list[Report]:
        """Say who is in each picture.

        Parameters
        ----------
        pictures
            As `enrol` takes them, of anybody.

        Returns
        -------
        list of Report
            One for each picture.

        Raises
        ------
        EmptyGalleryError, ValueError
            As `Gallery.identify` does.
        """
        reports = self.look(pictures)
        asked = [number for number, report in enumerate(reports) if report.template is not None]
        if asked:
            templates = np.stack([reports[number].template for number in asked])
            answers = self.gallery.identify(templates, self.threshold, network=self.embedder.name)
            for number, answer in zip(asked, answers, strict=True):
                reports[number] = self._decided(reports[number], answer)
        return reports

    def _decided(self, report: Report, answer: Answer) -> Report:
        """Return the report with the last two steps."""
        people = f"{len(self.gallery)} {'person' if len(self.gallery) == 1 else 'people'}"
        report = report.then("compare", f"with {people}; the highest score is {answer.score:.3f}")
        side = "below" if answer.name is None else "at or above"
        decision = f"{answer.name or 'nobody'}, because {answer.score:.3f} is {side} the threshold {self.threshold:.3f}"
        return report.then("decide", decision, answer=answer)

    def look(self, pictures: Iterable[Picture]) -> list[Report]:
        """Detect, align and embed the face in each picture, without deciding who it is.

        Parameters
        ----------
        pictures
            As `enrol` takes them.

        Returns
        -------
        list of Report
            With a template where a face was found.

        Raises
        ------
        ValueError
            If an array is no picture: not uint8, or of another shape.
        """
        reports = [self._face_of(picture, number) for number, picture in enumerate(pictures)]
        seen = [number for number, report in enumerate(reports) if report.face is not None]
        if seen:
            templates = self.embedder(np.stack([reports[number].face for number in seen]))
            for number, template in zip(seen, templates, strict=True):
                reports[number] = reports[number].then("embed", f"{len(template)} numbers", template=template)
        return reports

    def _face_of(self, picture: Picture, number: int) -> Report:
        """Return the face in one picture, aligned."""
        title = f"picture {number}" if isinstance(picture, np.ndarray) else Path(fspath(picture)).name
        image, outcome = _read(picture, title)
        report = Report(title).then("read", outcome)
        if image is None:
            return report
        boxes = detection.detect_faces(image) if self.detect else np.array([[0, 0, *image.shape[:2]]])
        if not len(boxes):
            return report.then("detect", "no face found")
        box = detection.main_face(boxes, image.shape[:2])
        report = report.then("detect", _found(len(boxes), box) if self.detect else "not asked for; all of the picture")
        face = detection.crop_face(image, self.embedder.size, box=box)
        if self.landmarks is None:
            return report.then("align", "not asked for; the face as it was cut out", face=face)
        outcome, aligned = self._aligned(image, box)
        return report.then("align", outcome, face=face if aligned is None else aligned)

    def _aligned(self, image: np.ndarray, box: np.ndarray) -> tuple[str, np.ndarray | None]:
        """Return what aligning a face did, and the face; None where eyes and mouth were not found."""
        from course_utils import alignment

        small = detection.crop_face(image, alignment.SIDE, box=box)
        places = self.landmarks.predict(small[np.newaxis], verbose=0)
        # The same places, and where they belong, in a larger piece of the picture around the face.
        larger = 1 + 2 * MARGIN
        places, targets = ((MARGIN + points) / larger for points in (places, alignment.TEMPLATE))
        factor, shift = alignment.similarity(places, targets)
        scale, turn = float(np.abs(factor[0])), float(np.degrees(np.angle(factor[0])))
        if not SCALES[0] <= scale <= SCALES[1] or abs(turn) > TURN:
            return "eyes and mouth not found; the face as it was cut out", None
        size = self.embedder.size
        around = detection.crop_face(image, round(size * larger), margin=MARGIN, box=box)
        start = round(size * MARGIN)
        face = alignment.warp(around[np.newaxis], factor, shift)[0, start : start + size, start : start + size]
        return f"turned by {turn:.0f} degrees, scaled by {scale:.2f}", face


def _landmark_network():
    """Return the network that finds eyes and mouth."""
    from course_utils import pretrained

    return pretrained.load_network("landmarks")


def _read(picture: Picture, title: str) -> tuple[np.ndarray | None, str]:
    """Return a picture as RGB, None where it cannot be used, and what was done with it.

    Raises
    ------
    ValueError
        If an array is no picture.
    """
    if not isinstance(picture, np.ndarray):
        from course_utils.datasets.image_files import RefusedPictureError, read_picture

        file = Path(fspath(picture))
        if not file.is_file():
            return None, "refused: there is no such file"
        try:
            picture = read_picture(file)
        except RefusedPictureError as error:
            return None, f"refused: {error}"
    if picture.ndim == 3 and picture.shape[2] == 1:
        picture = picture[..., 0]
    if picture.dtype != np.uint8 or picture.ndim not in (2, 3) or (picture.ndim == 3 and picture.shape[2] != 3):
        raise ValueError(
            f"{title}: expected uint8 of the shape (height, width) or (height, width, 3), values 0 to 255, got "
            f"{picture.dtype} of the shape {picture.shape}."
        )
    height, width = picture.shape[:2]
    if min(height, width) < SMALLEST:
        return None, f"refused: too small, {width} x {height} pixels; a face needs at least {SMALLEST}"
    if picture.ndim == 2:
        return np.repeat(
            picture[..., np.newaxis], 3, axis=-1
        ), f"{width} x {height} pixels, grey, in three channels now"
    return picture, f"{width} x {height} pixels"


def _found(count: int, box: np.ndarray) -> str:
    """Say how many faces were found and which one was taken."""
    size = f"{box[3]} x {box[2]} pixels"
    return f"one face, {size}" if count == 1 else f"{count} faces; the largest, most central one was taken, {size}"
