"""Load face pictures: one call, one kind of object, wherever the pictures come from.

>>> from course_utils import datasets
>>> faces = datasets.load_faces(people=40)  # of the rendered people that come with the course
>>> train, test = faces.split(test_size=0.25)

A set is one module with ``load(**options)`` and ``is_available(**options)``, and one line in ``registry.SETS``.
Importing this package is instant: pandas, scikit-learn, scikit-image and Pillow are imported where they are used.
"""

from course_utils.datasets.faces import FaceDataset, Pairs
from course_utils.datasets.registry import is_available, load_faces
from course_utils.datasets.storage import data_folder
from course_utils.datasets.unavailable import DatasetUnavailableError

__all__ = ["DatasetUnavailableError", "FaceDataset", "Pairs", "data_folder", "is_available", "load_faces"]
