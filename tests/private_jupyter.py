"""A JupyterLab of the test's own, and the browser that looks at it.

The server listens on this machine only, on a free port, with a random token, and keeps its settings in a folder of the
test: a developer's own JupyterLab is neither used nor changed.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.notebooks.kernel import kernel_environment

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SECONDS_TO_START = 60
SECONDS_TO_END = 15
_FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
}


def find_browser() -> str:
    """Return Chromium or Chrome; without one skip the test, but fail where CI must not skip."""
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else BROWSERS:
        if found := shutil.which(name):
            return found
    reason = (
        f"CHROMIUM names {named!r}, which is no program"
        if named
        else "no Chromium found: install it (Debian: apt-get install chromium), or name it in the variable CHROMIUM"
    )
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextlib.contextmanager
def private_jupyter(notebooks: Path, home: Path) -> Iterator[str]:
    """Run JupyterLab while the block runs; gives its address, with a place for the path: ``"http://.../{}?token=..."``.

    Parameters
    ----------
    notebooks
        The folder that it shows.
    home
        An empty folder for its settings and its log.
    """
    token = secrets.token_hex(16)
    environment = kernel_environment(home) | {name: str(home / folder) for name, folder in _FOLDERS.items()}
    _be_quiet(home / "settings")
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--notebook-dir={notebooks}"]
    command += ["--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", "--LabApp.expose_app_in_browser=True"]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            command,
            env=environment | {"JUPYTER_TOKEN": token, "HOME": str(home)},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that it can be ended with all that it started
        )
        try:
            yield f"{_address(server, home)}{{}}?token={token}"
        finally:
            _end(server)


def _be_quiet(settings: Path) -> None:
    """Switch off what JupyterLab asks a newcomer, and its look for news."""
    folder = settings / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
    (folder / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")


def _address(server: subprocess.Popen, home: Path) -> str:
    """Wait until the server listens; it writes where into a file of its own."""
    told = home / "runtime" / f"jpserver-{server.pid}.json"
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        # The file may be half written.
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
            return json.loads(told.read_text(encoding="utf-8"))["url"]
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{(home / 'log').read_text(encoding='utf-8')[-2000:]}")


def _end(server: subprocess.Popen) -> None:
    """End the server, which ends its kernels; what is left of its own process group after that is killed."""
    server.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(SECONDS_TO_END)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()
