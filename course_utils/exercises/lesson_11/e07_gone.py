"""11.7: gone from the files, to design."""

from course_utils.exercises.forms import Case, Function


def searched(before, after, needle):
    """Return a right answer to 11.7."""
    verdicts = {}
    for name in before | after:
        if needle in after.get(name, b""):
            verdicts[name] = "there"
        elif needle in before.get(name, b""):
            verdicts[name] = "gone"
        else:
            verdicts[name] = "no proof"
    return verdicts


def known_files_only(before, after, needle):
    """Look only at the files that there were before."""
    return {name: word for name, word in searched(before, after, needle).items() if name in before}


def files_left_only(before, after, needle):
    """Look only at the files that there are now."""
    return {name: word for name, word in searched(before, after, needle).items() if name in after}


def files_of_both(before, after, needle):
    """Look only at the files that there were before and are now."""
    return {name: word for name, word in searched(before, after, needle).items() if name in before and name in after}


def fewer_is_gone(before, after, needle):
    """Take a template for gone as soon as it is found less often than before."""
    verdicts = searched(before, after, needle)
    for name in verdicts:
        if after.get(name, b"").count(needle) < before.get(name, b"").count(needle):
            verdicts[name] = "gone"
    return verdicts


def missing_file_is_no_proof(before, after, needle):
    """Take a file that was deleted for one in which nothing was found."""
    words = searched(before, after, needle).items()
    return {name: word if name in after else "no proof" for name, word in words}


def changed_is_gone(before, after, needle):
    """Look at whether a file has changed, in place of what is in it."""
    verdicts = {}
    for name in before | after:
        changed = before.get(name) != after.get(name)
        verdicts[name] = "gone" if changed and needle not in after.get(name, b"") else "no proof"
        verdicts[name] = "there" if needle in after.get(name, b"") else verdicts[name]
    return verdicts


def first_file_only(before, after, needle):
    """Give one word for all files together."""
    words = searched(before, after, needle).values()
    return "there" if "there" in words else "gone" if "gone" in words else "no proof"


def written(files):
    """Write the content of some files as Python does."""
    return "{" + ", ".join(f'"{name}": {content!r}' for name, content in files.items()) + "}"


def case(before, after, needle=b"ada"):
    """Return a case that is told as code."""
    return Case(before, after, needle, shown=f"searched({written(before)}, {written(after)}, {needle!r})")


exercise = Function(
    searched,
    cases=[
        case({"gallery": b"..ada.."}, {"gallery": b"...."}),
        case({"gallery": b"..ada.."}, {"gallery": b"..ada.."}),
        case({"gallery": b"..bob.."}, {"gallery": b"..bob.."}),
        case({"gallery": b"..bob.."}, {"gallery": b"...."}),
        case({"gallery": b".ada.ada."}, {"gallery": b".ada..."}),
        case({"gallery": b"ada", "log": b"adam"}, {"gallery": b""}),
        case({"gallery": b"ada"}, {"gallery": b"", "copy": b"ada"}),
        case({"gallery": b"ada"}, {"gallery": b"", "report": b"1 removed"}),
        case({"old": b"bob"}, {}),
        case(
            {"a": b"\x00\x01\x02", "b": b"\x01\x02\x03", "c": b"\x03"},
            {"a": b"\x01\x02", "b": b"\x01", "c": b"\x03\x00"},
            b"\x01\x02",
        ),
        case({}, {}),
    ],
)
