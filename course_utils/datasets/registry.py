"""List the sets of faces, load one by its name, and tell whether it is on this machine."""

import importlib
import inspect
from types import ModuleType

from course_utils.datasets.faces import FaceDataset

# name -> module with load(**options) and is_available(**options); imported when the set is asked for.
SETS = {
    "rendered": "course_utils.datasets.rendered",
    "lfw_subset": "course_utils.datasets.lfw_subset",
    "olivetti": "course_utils.datasets.olivetti",
    "lfw": "course_utils.datasets.lfw",
    "folder": "course_utils.datasets.folder",
}


def load_faces(name: str = "rendered", **options) -> FaceDataset:
    """Load a set of face pictures.

    Parameters
    ----------
    name : str
        ``"rendered"``: 480 people who do not exist, 20 pictures each, with every factor known; works offline.
        ``"lfw_subset"``: 200 small pictures, face or not a face; works offline.
        ``"olivetti"``: 40 people, 10 pictures each; downloaded once (4 MB).
        ``"lfw"``: Labeled Faces in the Wild, 5,749 people; downloaded once (230 MB).
        ``"folder"``: your own pictures, a folder per person.
    **options
        What the set's own ``load`` takes: see ``help(course_utils.datasets.olivetti.load)`` and its neighbours.

    Returns
    -------
    FaceDataset

    Raises
    ------
    ValueError
        If there is no set of that name, or an option has an impossible value.
    TypeError
        If the set has no such option, or a needed one is missing.
    DatasetUnavailableError
        If the pictures are not on this machine and cannot be downloaded; the message says what to do.
    """
    module = _module(name)
    _check_options(name, module, options)
    return module.load(**options)


def is_available(name: str, **options) -> bool:
    """Tell whether ``load_faces(name, **options)`` finds its files on this machine, without a network.

    Files are looked for, not read: one that is damaged is noticed when it is loaded.
    """
    module = _module(name)
    _check_options(name, module, options)
    wanted = inspect.signature(module.is_available).parameters
    try:
        return module.is_available(**{option: value for option, value in options.items() if option in wanted})
    except OSError:  # a folder that may not be entered
        return False


def available_sets() -> list[str]:
    """Return the names of the sets that load without a network and without options."""
    return [name for name in SETS if not _required_options(_module(name)) and is_available(name)]


def _module(name: str) -> ModuleType:
    """Import the module of the set ``name``."""
    if name not in SETS:
        raise ValueError(f"There is no set of faces named {name!r}. The sets are: {', '.join(SETS)}.")
    return importlib.import_module(SETS[name])


def _required_options(module: ModuleType) -> list[str]:
    """Return the options that a set cannot do without."""
    parameters = inspect.signature(module.load).parameters.values()
    return [parameter.name for parameter in parameters if parameter.default is parameter.empty]


def _check_options(name: str, module: ModuleType, options: dict) -> None:
    """Raise a TypeError for options that the set does not have, and for needed ones that are missing."""
    accepted = list(inspect.signature(module.load).parameters)
    for option in options:
        if option not in accepted:
            takes = f"its options are: {', '.join(accepted)}" if accepted else "it takes no options"
            raise TypeError(f"load_faces({name!r}) has no option {option!r}; {takes}.")
    for option in _required_options(module):
        if option not in options:
            raise TypeError(f"load_faces({name!r}) needs the option {option!r}: load_faces({name!r}, {option}=...).")
