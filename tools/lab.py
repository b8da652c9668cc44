"""Open the course in JupyterLab: ``python -m tools.lab``, in the course's folder.

It brings the learner's copy up to date (`tools.learner_copy`) and starts JupyterLab with the first lesson of the copy.
All arguments go to JupyterLab, for example ``--no-browser``.
"""

import json
import sys
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from tools import learner_copy
from tools.learner_copy import FOLDER, ROOT

SETTINGS = ROOT / "tools" / "jupyterlab"  # overrides.json: nobody is asked about news when the course opens

MAKE_IT_AGAIN = (
    "Make it again: `make clean`, then `make lab`. Without make: delete the folder .venv, then do what README "
    "says under Start. Your notebooks stay."
)


def arguments(given: list[str]) -> list[str]:
    """Return the arguments for JupyterLab, the caller's own last.

    Its root is the course's folder, not the copy's, so that the lessons' links to the data card and to README work.
    """
    first = next(iter(learner_copy.sources(ROOT)))
    return [
        f"--notebook-dir={ROOT}",
        f"--LabApp.app_settings_dir={SETTINGS}",
        f"--LabApp.default_url=/lab/tree/{FOLDER}/{first}",
        *encryption(),
        *given,
    ]


def encryption() -> list[str]:
    """Return the argument that encrypts what kernels and JupyterLab send each other, where the installed Jupyter can.

    Without it, ipykernel warns in the terminal, at every start of a kernel, that others could read along.  Older
    versions of jupyter_client do not know the argument, and their ipykernel does not warn.
    """
    try:
        import zmq
        from jupyter_client.manager import KernelManager
    except ImportError:  # `main` says what is missing
        return []
    known = "transport_encryption" in KernelManager.class_trait_names()
    return ["--KernelManager.transport_encryption=auto"] if known and zmq.has("curve") else []


def moved_from(root: Path = ROOT) -> Path | None:
    """Return the folder that `course_utils` in the course's own environment is installed from, if it is another one.

    So it is after the course's folder was moved, renamed or copied: notebooks would find no `course_utils`, or the
    original's.
    """
    if Path(sys.prefix).resolve() != (root / ".venv").resolve():
        return None  # an environment elsewhere, whose owner knows what is in it
    try:
        record = metadata.distribution("face-recognition-course").read_text("direct_url.json") or "{}"
    except metadata.PackageNotFoundError:
        return None
    installed = json.loads(record)
    if not installed.get("dir_info", {}).get("editable"):
        return None
    folder = Path(url2pathname(urlsplit(installed["url"]).path))
    return None if folder.resolve() == root.resolve() else folder


def main(given: list[str]) -> None:
    """Lay out the copy, say where it is, and run JupyterLab until it is ended."""
    if folder := moved_from():
        sys.exit(
            f"The environment .venv belongs to {folder}, but the course is in {ROOT}: "
            f"it was moved, renamed or copied.\n{MAKE_IT_AGAIN}"
        )
    try:
        said = learner_copy.lay_out(ROOT)
    except learner_copy.LearnerCopyError as error:
        sys.exit(str(error))
    try:
        from jupyterlab.labapp import LabApp
    except ImportError:
        sys.exit(
            f"{sys.executable} has no JupyterLab: it is another Python, or not all was installed.\n{MAKE_IT_AGAIN}"
        )
    where = f"Your copy of the lessons is the folder {FOLDER} in {ROOT}."
    print("\n".join([where, "What you write there stays: an update never overwrites it.", *said, ""]), flush=True)
    LabApp.launch_instance(arguments(given))


if __name__ == "__main__":
    main(sys.argv[1:])
