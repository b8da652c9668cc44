"""Say clearly, before anything is installed, whether this Python can run the course."""

from __future__ import annotations

import platform
import sys
import sysconfig

OLDEST, NEWEST = (3, 11), (3, 13)
WITHOUT_TENSORFLOW = {
    "Darwin x86_64": "Macs with Intel processors, nor for a Python that was made for them",
    "Windows ARM64": "Windows on ARM; a Python made for Windows on x64 can be used there",
    "Linux musl": "Linux with musl, such as Alpine",
    "32 bits": "a Python of 32 bits; install one of 64 bits",
}


def this_machine() -> str:
    """Return the key of this machine in `WITHOUT_TENSORFLOW`, or another name where TensorFlow has builds."""
    if sys.maxsize < 2**32:
        return "32 bits"
    if "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or ""):
        return "Linux musl"
    return f"{platform.system()} {platform.machine()}"


def problem(version: tuple[int, int], has_ensurepip: bool, machine: str = "") -> str | None:
    """Return what is wrong with this Python and what to do, or None.

    Parameters
    ----------
    version : (int, int)
        Of Python.
    has_ensurepip : bool
        Whether it has the module that makes virtual environments.
    machine : str
        What `this_machine` returns.
    """
    if not OLDEST <= version <= NEWEST:
        return (
            f"The course needs Python 3.11, 3.12 or 3.13 (TensorFlow has no build for others); this is "
            f"{version[0]}.{version[1]}.\nInstall one of them and name it: make lab PYTHON=python3.12"
        )
    if reason := WITHOUT_TENSORFLOW.get(machine):
        return (
            f"TensorFlow, which the course needs, has no build for {reason}.\n"
            "Open the lessons on Colab instead: each has a badge in README.md."
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
    message = problem(sys.version_info[:2], ensurepip is not None, this_machine())
    if message:
        sys.exit(message)
