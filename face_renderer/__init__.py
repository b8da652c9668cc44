"""People who do not exist: a head, its hair and its light, drawn on a CPU from free assets, every factor known.

>>> from face_renderer import Person, Shot, render
>>> picture = render(Person.sample(7), Shot.sample(1), size=112)
>>> picture.image.shape, picture.eyes.shape, picture.mask.shape
((112, 112, 3), (2, 2), (112, 112))

`Person` says who is shown and `Shot` how; both are plain, immutable values that a seed draws or a caller gives.  The
same values give the same bytes on one machine, and pictures within 2 grey levels on another.

The lessons do not need this package: they use the pictures in ``data/rendered``.  It needs numba and OpenCV besides the
course's own requirements: ``requirements-render.txt``.  `face_renderer.explorer` is for a notebook: it turns the head,
moves the lamp and writes the code.
"""

try:
    from face_renderer.person import Eyebrows, Hair, Look, Person, Skin
    from face_renderer.picture import Picture, render
    from face_renderer.shot import Shot
except ModuleNotFoundError as error:
    if error.name not in ("numba", "cv2"):
        raise
    raise ImportError(
        f"face_renderer needs numba and OpenCV, and the module {error.name} is not installed. In the course's folder: "
        "pip install -r requirements-render.txt (Colab has both). The lessons do not need face_renderer.",
        name=error.name,
    ) from error

__version__ = "1.0.0"  # raise it whenever a picture changes: half-finished builds of the set are then begun afresh

__all__ = ["Eyebrows", "Hair", "Look", "Person", "Picture", "Shot", "Skin", "render"]
