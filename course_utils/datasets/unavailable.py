"""Tell a reader what helps when a set is not on this machine and cannot be fetched."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Result = TypeVar("Result")


class DatasetUnavailableError(OSError):
    """A set of faces is not on this machine and cannot be fetched; the message says what was tried and what helps."""


class UnusableSourceError(Exception):
    """One place that the pictures could have come from does not have them; the message is the short reason."""


def first_usable(name: str, sources: Iterable[tuple[str, Callable[[], Result]]], remedy: str) -> Result:
    """Return what the first usable source gives.

    Parameters
    ----------
    name : str
        The set, for the message.
    sources : iterable of (label, function)
        Tried in order; a function that has nothing to give raises `UnusableSourceError`.  What cannot be read, for any
        reason that the system gives, counts as nothing.
    remedy : str
        Which files to put where, for the message.

    Raises
    ------
    DatasetUnavailableError
        If no source is usable.
    """
    tried = []
    for label, read in sources:
        try:
            return read()
        except UnusableSourceError as error:
            tried.append(f"  - {label}: {error}")
        except MemoryError:
            tried.append(f"  - {label}: there is not enough free memory for it")
        except OSError as error:
            what = error.filename or "a file"
            tried.append(f"  - {label}: {what} cannot be read: {error.strerror or error}")
    message = [f"The set {name!r} could not be loaded. Tried:", *tried, *_ways_out(name, remedy)]
    raise DatasetUnavailableError("\n".join(message))


def _ways_out(name: str, remedy: str) -> list[str]:
    """Return the two ways out, as lines of the message."""
    from course_utils.datasets.registry import available_sets  # the registry's modules raise this error

    others = " or ".join(f'load_faces("{other}")' for other in available_sets() if other != name)
    return [
        "Two ways out:",
        f"  1. Another set that works without a network: {others}.",
        f"  2. {remedy}",
    ]
