"""Say clearly, before anything is installed, whether this Python can run the course."""

import sys

OLDEST, NEWEST = (3, 11), (3, 13)


def problem(version: tuple[int, int], has_ensurepip: bool) -> str | None:
    """Return what is wrong with this Python and what to do, or None."""
    if not OLDEST <= version <= NEWEST:
        return (
            f"The course needs Python 3.11, 3.12 or 3.13 (TensorFlow has no build for others); this is "
            f"{version[0]}.{version[1]}.\nInstall one of them and name it: make lab PYTHON=python3.12"
        )
    if not has_ensurepip:
        return (
            "This Python cannot create virtual environments: its ensurepip module is missing.\n"
            f"On Debian or Ubuntu: apt-get install python{version[0]}.{version[1]}-venv"
        )
    return None


if __name__ == "__main__":
    try:
        import ensurepip
    except ImportError:
        ensurepip = None
    message = problem(sys.version_info[:2], ensurepip is not None)
    if message:
        sys.exit(message)
