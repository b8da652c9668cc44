"""People who do not exist: a head, its hair and its light, drawn on a CPU from free assets, every factor known.

>>> from face_renderer import Person, Shot, render
>>> picture = render(Person.sample(7), Shot.sample(1), size=112)
>>> picture.image.shape, picture.eyes.shape, picture.mask.shape
((112, 112, 3), (2, 2), (112, 112))

`Person` says who is shown and `Shot` how; both are plain, immutable values that a seed draws or a caller gives.  The
same values give the same bytes on one machine, and pictures within 2 grey levels on another.

The lessons do not need this package: they use the pictures in ``data/rendered``.  It needs numba and OpenCV besides the
course's own requirements (``make faces`` installs them).
"""

from face_renderer.person import Eyebrows, Hair, Look, Person, Skin
from face_renderer.picture import Picture, render
from face_renderer.shot import Shot

__version__ = "1.0.0"  # raise it whenever a picture changes: half-finished builds of the set are then begun afresh

__all__ = ["Eyebrows", "Hair", "Look", "Person", "Picture", "Shot", "Skin", "render"]
