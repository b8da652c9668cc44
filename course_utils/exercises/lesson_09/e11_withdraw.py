"""9.11: withdraw a person, to design."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def withdraw(gallery, name):
    """Return a right answer to 9.11."""
    kept = np.array([other != name for other in gallery["names"]], dtype=bool)
    if kept.all():
        raise KeyError(name)
    return {
        "names": [other for other in gallery["names"] if other != name],
        "templates": gallery["templates"][kept],
        "log": [*gallery["log"], ("withdrawn", name)],
    }


def first_template_only(gallery, name):
    """Take out the first template of a person, and leave the others."""
    first = gallery["names"].index(name) if name in gallery["names"] else withdraw(gallery, name)
    return {
        "names": gallery["names"][:first] + gallery["names"][first + 1 :],
        "templates": np.delete(gallery["templates"], first, axis=0),
        "log": [*gallery["log"], ("withdrawn", name)],
    }


def name_only(gallery, name):
    """Take out the names, and leave the templates."""
    return withdraw(gallery, name) | {"templates": gallery["templates"]}


def zeros(gallery, name):
    """Overwrite the templates with zeros, and leave the rows."""
    gone = np.array([other == name for other in gallery["names"]])[:, np.newaxis]
    return withdraw(gallery, name) | {
        "names": gallery["names"],
        "templates": np.where(gone, 0, gallery["templates"]),
    }


def no_log(gallery, name):
    """Write nothing down."""
    return withdraw(gallery, name) | {"log": gallery["log"]}


def log_cleared(gallery, name):
    """Take the person out of the log as well."""
    lines = [line for line in gallery["log"] if line[1] != name]
    return withdraw(gallery, name) | {"log": [*lines, ("withdrawn", name)]}


def log_first(gallery, name):
    """Write the new line at the top."""
    return withdraw(gallery, name) | {"log": [("withdrawn", name), *gallery["log"]]}


def unknown_name_accepted(gallery, name):
    """Do as if somebody had been withdrawn."""
    known = name in gallery["names"]
    return withdraw(gallery, name) if known else gallery | {"log": [*gallery["log"], ("withdrawn", name)]}


def unknown_name_ignored(gallery, name):
    """Return the gallery as it is."""
    return withdraw(gallery, name) if name in gallery["names"] else gallery


def others_withdrawn(gallery, name):
    """Keep the person, and withdraw everybody else."""
    kept = np.array([other == name for other in gallery["names"]])
    return withdraw(gallery, name) | {
        "names": [other for other in gallery["names"] if other == name],
        "templates": gallery["templates"][kept],
    }


def gallery_of(*names):
    """Return a gallery in which each template is another one."""
    places = np.arange(1.0, len(names) + 1)
    templates = np.stack([np.cos(places), np.sin(places)], axis=1)
    return {"names": list(names), "templates": templates, "log": [("enrolled", name) for name in dict.fromkeys(names)]}


def case(name, *names):
    """Return a case that is told in words."""
    return Case(gallery_of(*names), name, shown=f'withdraw(gallery, "{name}") with templates of {", ".join(names)}')


exercise = Function(
    withdraw,
    cases=[
        case("Ben", "Ada", "Ben"),
        case("Ada", "Ada"),
        case("Ada", "Ada", "Ben", "Ada"),
        case("Cem", "Cem", "Ada", "Cem", "Ben", "Cem", "Ada"),
        case("Dan", "Ada", "Ben"),
        case("Ad", "Ada", "Ben", "Ada"),
    ],
)
