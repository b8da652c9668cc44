"""Code that must run on another Keras backend, tried in a process that has no TensorFlow."""

import subprocess
import sys

from course_utils import environment

# A finder that refuses, not sys.modules["tensorflow"] = None: packages that ask for a TensorFlow trip over the latter.
WITHOUT_TENSORFLOW = """
import sys
class WithoutTensorFlow:
    def find_spec(self, name, *rest):
        if name.split(".")[0] == "tensorflow":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, WithoutTensorFlow())
from course_utils import environment
environment.setup(seed=0)
"""


def output_on(backend: str, code: str, **variables: str) -> list[str]:
    """Return the words that the code prints, the first of which is to be the backend; it must end without an error."""
    settings = {**environment.os.environ, "KERAS_BACKEND": backend, **variables}
    command = [sys.executable, "-c", WITHOUT_TENSORFLOW + code]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=settings)
    assert result.returncode == 0, result.stderr
    return result.stdout.split()
