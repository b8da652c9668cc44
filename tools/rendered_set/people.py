"""Render the people of a plan: in parallel, one finished file per person, from where an interrupted run stopped."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import multiprocessing
import os
import signal
import threading
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from course_utils import whole_files
from course_utils.datasets import storage
from course_utils.datasets.rendered import EYES
from course_utils.environment import progress
from tools.rendered_set.encoding import QUALITY, encode_masks, encode_pictures
from tools.rendered_set.plan import PersonPlan, Plan

RENDERER = "face_renderer"
# Files of the renderer that no picture depends on: its explorer for notebooks, and where eyes and mouth lie.
NOT_DRAWING = ("explorer.py", "landmarks.py")
SIZE = 112  # pixels
WORKERS = 2
# What each of `plan.FIXABLE` but hair takes the renderer's own value for, instead of a drawn one.
SHOT_FACTORS = {
    "light": ("environment", "environment_turn", "ambient", "ambient_gradient", "lamp", "lamp_azimuth",
              "lamp_elevation", "lamp_softness", "lamp_warmth", "rim_lamp", "rim_azimuth"),
    "expression": ("expression", "strength", "asymmetry", "eyes_closed"),
    "pose": ("yaw", "pitch", "roll", "gaze_yaw", "gaze_pitch"),
}  # fmt: skip
MEMBERS = ("pictures.jpg", "masks.png", "factors.json")
# Each worker keeps one core busy: libraries that start threads of their own would only get in each other's way.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1"
)

_stop = threading.Event()  # in a worker, `_start_worker` puts the event there that all share


class StoppedError(Exception):
    """A worker was told to end before its person was finished."""


class RenderingError(RuntimeError):
    """People could not be rendered; the message says who and why."""


@dataclass(frozen=True)
class RenderedPerson:
    """What is kept of one person.

    Attributes
    ----------
    pictures, masks : bytes
        Strips as `encoding` makes them.
    looks : list of dict
        For each look, all factors of person and look.
    shots : list of dict
        For each picture: its factors, and ``right_eye_x``, ``right_eye_y``, ``left_eye_x``, ``left_eye_y`` in pixels.
    """

    pictures: bytes
    masks: bytes
    looks: list[dict]
    shots: list[dict]


def render_people(
    plan: Plan,
    size: int = SIZE,
    workers: int = WORKERS,
    work_folder: Path | None = None,
    quality: int = QUALITY,
    renderer: str = RENDERER,
) -> list[Path]:
    """Render everybody in the plan who is not yet in the work folder.

    Pictures go from the renderer to the disk, so that memory does not grow with the number of people.

    Parameters
    ----------
    plan : Plan
    size : int
        Height and width of the pictures, pixels.
    workers : int
        Processes; with 1, this process renders itself.
    work_folder : Path, optional
        Where finished people are kept; by default a folder in the course's cache, see `default_work_folder`.
    quality : int
        Of the JPEG code, 1 to 95.
    renderer : str
        Module with ``Person``, ``Shot`` and ``render``.

    Returns
    -------
    list of Path
        One file per person, in the plan's order; `read_person` reads it.

    Raises
    ------
    RenderingError
        If the renderer fails, or a worker is killed.  Those who are finished stay finished.
    KeyboardInterrupt
        On Ctrl-C, when all workers have ended, which takes them about one picture.
    """
    folder = work_folder or default_work_folder(plan, size, quality, renderer)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"person_{person.number:04d}.zip" for person in plan.people]
    jobs = [
        (person, path, size, quality, renderer)
        for person, path in zip(plan.people, paths, strict=True)
        if read_person(path) is None
    ]
    finished = len(paths) - len(jobs)
    with (
        progress(None, "rendering", total=len(paths), initial=finished, unit=" people") as bar,
        contextlib.closing(_run(jobs, min(workers, len(jobs)))) as running,  # Ctrl-C ends the workers wherever it hits
    ):
        for _ in running:
            bar.update()
    return paths


def default_work_folder(plan: Plan, size: int, quality: int, renderer: str = RENDERER) -> Path:
    """Return a folder whose name depends on the renderer, the plan and the encoding: other pictures, other folder."""
    text = f"{renderer_fingerprint(renderer)} {plan.as_text()} {size} {quality}"
    return storage.cache_folder() / f"rendered-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def renderer_fingerprint(renderer: str = RENDERER) -> str:
    """Return a hash over the renderer's files, code and assets, but for those that draw no picture of a set."""
    source = Path(importlib.import_module(renderer).__file__)
    files = sorted(source.parent.rglob("*")) if source.name == "__init__.py" else [source]
    digest = hashlib.sha256()
    for path in files:
        if path.is_file() and "__pycache__" not in path.parts and path.name not in NOT_DRAWING:
            digest.update(f"{path.relative_to(source.parent).as_posix()} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def read_person(path: Path) -> RenderedPerson | None:
    """Return what a work file holds; None where it is missing or damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            pictures, masks, factors = (archive.read(name) for name in MEMBERS)
        return RenderedPerson(pictures, masks, **json.loads(factors))
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return None


def _run(jobs: list[tuple], workers: int) -> Iterator[None]:
    """Do the jobs, yielding after each."""
    if workers <= 1:
        yield from (_render_to_file(*job) for job in jobs)
        return
    context = multiprocessing.get_context("spawn")  # a forked process inherits the state of its parent's threads
    stop = context.Event()
    with _environment(ONE_THREAD), ProcessPoolExecutor(workers, context, _start_worker, (stop,)) as pool:
        try:
            for future in as_completed([pool.submit(_render_to_file, *job) for job in jobs]):
                yield future.result()
        except BrokenProcessPool:
            raise RenderingError("A worker was killed, perhaps for want of memory: try fewer workers.") from None
        finally:
            stop.set()  # after an interruption or an error: the others end after the picture that they are at
            pool.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Set environment variables for the processes that are started meanwhile."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _start_worker(stop) -> None:
    """Prepare a worker process: Ctrl-C is the parent's to handle, and where the parent is killed, the worker ends."""
    global _stop
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)


def _render_to_file(person: PersonPlan, path: Path, size: int, quality: int, renderer: str) -> None:
    """Render a person and write the work file, or nothing: it gets its name only when complete."""
    try:
        images, masks, looks, shots = render_person(person, size, importlib.import_module(renderer))
    except (StoppedError, KeyboardInterrupt):
        raise
    except Exception as error:
        raise RenderingError(f"person {person.number}: {type(error).__name__}: {error}") from error
    contents = (
        encode_pictures(images, quality),
        encode_masks(masks),
        json.dumps({"looks": looks, "shots": shots}).encode(),
    )
    with whole_files.replacing(path) as part, zipfile.ZipFile(part, "w") as archive:
        for name, content in zip(MEMBERS, contents, strict=True):
            archive.writestr(name, content)


def person_of(planned: PersonPlan, renderer):
    """Return the renderer's person of a plan, without a look."""
    return renderer.Person.sample(
        planned.seed, ita=planned.ita, age=planned.age, build=planned.build, femininity=planned.femininity
    )


def shots_of(planned: PersonPlan, renderer) -> list:
    """Return the renderer's shots of all of a person's pictures."""
    usual = renderer.Shot()
    given = {name: getattr(usual, name) for name in SHOT_FACTORS.get(planned.fixed, ())}
    return [renderer.Shot.sample(seed, **given) for seed in planned.shot_seeds]


def render_person(planned: PersonPlan, size: int, renderer) -> tuple[np.ndarray, np.ndarray, list[dict], list[dict]]:
    """Render all pictures of one person.

    Returns
    -------
    images : ndarray of uint8, shape (pictures, size, size, 3)
    masks : ndarray of uint8, shape (pictures, size, size)
    looks, shots : lists of dict
        Factors, as in `RenderedPerson`.
    """
    person, all_shots = person_of(planned, renderer), shots_of(planned, renderer)
    n_pictures = len(all_shots)
    images = np.empty((n_pictures, size, size, 3), np.uint8)
    masks = np.empty((n_pictures, size, size), np.uint8)
    looks, shots = [], [{} for _ in all_shots]
    for look in range(planned.looks):  # look by look, for a renderer prepares a look before it draws
        as_seen = person.with_look(look) if planned.fixed != "hair" else _hairless(person.with_look(look))
        looks.append(_plain(as_seen.factors()))
        for number in range(look, n_pictures, planned.looks):
            if _stop.is_set():
                raise StoppedError
            shot = all_shots[number]
            picture = renderer.render(as_seen, shot, size=size)
            images[number], masks[number] = picture.image, picture.mask
            shots[number] = _plain(shot.factors()) | _eyes(picture.eyes)
    return images, masks, looks, shots


def _hairless(person):
    """Return a person without hair on the head and without a beard; brows are part of the face."""
    hair = replace(person.look.hair, style="bald")
    return replace(person, look=replace(person.look, hair=hair, beard="none"))


def _plain(factors: dict) -> dict[str, float | int | str]:
    """Return factors as a table holds them: NumPy's numbers as Python's, yes and no as 1 and 0."""
    values = {name: value.item() if isinstance(value, np.generic) else value for name, value in factors.items()}
    return {name: int(value) if isinstance(value, bool) else value for name, value in values.items()}


def _eyes(eyes: np.ndarray) -> dict[str, float]:
    """Return the positions of the eyes as columns, pixels."""
    return dict(zip(EYES, np.round(np.asarray(eyes, float).ravel(), 2).tolist(), strict=True))
