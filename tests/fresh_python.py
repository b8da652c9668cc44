"""Code in a Python of its own: what it prints, costs and loads; this process has loaded nearly everything already."""

import os
import subprocess
import sys
from pathlib import Path

from tools.machine_speed import slowness

ROOT = Path(__file__).resolve().parents[1]
MEASURED = """
import sys, time
import numpy  # a third of a second on a slow machine, and nobody here can help it
{before}
start = time.process_time()  # other work on the machine does not count
{code}
print(time.process_time() - start, *sorted({{name.split(".")[0] for name in sys.modules}}))
"""


def run_python(code: str, **variables: str) -> subprocess.CompletedProcess:
    """Run code that must end without an error, with these variables of the environment set."""
    return run_program("-c", code, **variables)


def run_program(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess:
    """Run Python with these arguments; it must end without an error."""
    command, environment = [sys.executable, *map(str, arguments)], os.environ | variables
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
    assert result.returncode == 0, result.stderr
    return result


def cost(code: str, before: str = "", runs: int = 3) -> tuple[float, set[str]]:
    """Return the processor time of code, the best of some runs, and the packages loaded at its end.

    The time is in seconds of the machine that `tools.machine_speed` refers to, so that a bar holds on a slower one too.

    Parameters
    ----------
    code
        What is measured; it prints nothing.
    before
        What is run before the clock starts, after NumPy is imported.
    runs
        How often.
    """
    printed = [run_python(MEASURED.format(before=before, code=code)).stdout.split() for _ in range(runs)]
    return min(float(seconds) for seconds, *_ in printed) / slowness().cpu, set(printed[0][1:])
