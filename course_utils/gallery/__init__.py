"""Enrol people, search for them, answer who somebody is, and withdraw them: a gallery of face templates.

Terms as in ISO/IEC 2382-37.  A *template* is what a network makes of a picture: a list of numbers, compared here by the
cosine.  The *references* are the templates that are kept of a person, the *gallery* is all references, and a *probe* is
a template of somebody who is looked for.

>>> from course_utils.gallery import Gallery
>>> gallery = Gallery(network="the course's embedding")
>>> gallery.enrol("Ada", templates_of_ada)  # (pictures, numbers)
>>> gallery.identify(probes, threshold=0.5)[0].name  # "Ada", or None: nobody in the gallery is similar enough

What is kept where, and for how long:

- Templates and names are in memory, and in a file once `Gallery.save` is called.  Pictures are never kept.
- The log (`Gallery.log`) says who was enrolled, identified and withdrawn, and when somebody searched.  It holds no
  names: each person gets a random reference at enrolment, and only the gallery knows which name belongs to it.
  `Gallery.withdraw` deletes name and templates, so the log no longer tells who that person was.
- `Gallery.withdraw` returns a report that says where it looked, and what it found.

Importing this package needs only NumPy.
"""

from course_utils.gallery.files import GalleryFileError
from course_utils.gallery.log import Entry
from course_utils.gallery.people import STRATEGIES, Answer, Candidate, Gallery
from course_utils.gallery.templates import EmptyGalleryError, OtherNetworkError, network_fingerprint
from course_utils.gallery.vector_index import ApproximateIndex, ExactIndex, IndexUnavailableError
from course_utils.gallery.withdrawal import Finding, Withdrawal

__all__ = [
    "STRATEGIES",
    "Answer",
    "ApproximateIndex",
    "Candidate",
    "EmptyGalleryError",
    "Entry",
    "ExactIndex",
    "Finding",
    "Gallery",
    "GalleryFileError",
    "IndexUnavailableError",
    "OtherNetworkError",
    "Withdrawal",
    "network_fingerprint",
]
