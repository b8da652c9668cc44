"""Open the course in JupyterLab: ``python -m tools.lab``, in the course's folder.

It brings the learner's copy up to date (`tools.learner_copy`) and starts JupyterLab with the first lesson of the copy.
All arguments go to JupyterLab, for example ``--no-browser``.
"""

import sys

from tools import learner_copy
from tools.learner_copy import FOLDER, ROOT

SETTINGS = ROOT / "tools" / "jupyterlab"  # overrides.json: nobody is asked about news when the course opens


def arguments(given: list[str]) -> list[str]:
    """Return the arguments for JupyterLab, the caller's own last.

    Its root is the course's folder, not the copy's, so that the lessons' links to the data card and to README work.
    """
    first = next(iter(learner_copy.sources(ROOT)))
    return [
        f"--notebook-dir={ROOT}",
        f"--LabApp.app_settings_dir={SETTINGS}",
        f"--LabApp.default_url=/lab/tree/{FOLDER}/{first}",
        *given,
    ]


def main(given: list[str]) -> None:
    """Lay out the copy, say where it is, and run JupyterLab until it is ended."""
    try:
        said = learner_copy.lay_out(ROOT)
    except learner_copy.LearnerCopyError as error:
        sys.exit(str(error))
    try:
        from jupyterlab.labapp import LabApp
    except ImportError:
        sys.exit(f"{sys.executable} has no JupyterLab: do what README says under Start, in the course's folder.")
    where = f"Your copy of the lessons is the folder {FOLDER} in {ROOT}."
    print("\n".join([where, "What you write there stays: an update never overwrites it.", *said, ""]), flush=True)
    LabApp.launch_instance(arguments(given))


if __name__ == "__main__":
    main(sys.argv[1:])
