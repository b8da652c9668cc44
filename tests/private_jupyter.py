"""A JupyterLab of the test's own, and a page of the browser that looks at it.

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
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tools.machine_speed import allowed
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
def private_jupyter(folder: Path, home: Path, start: Sequence[str] = ()) -> Iterator[str]:
    """Run JupyterLab while the block runs; gives its address, with a place for the path: ``"http://.../{}?token=..."``.

    Parameters
    ----------
    folder
        The folder that it shows, and where it is started.
    home
        An empty folder for its settings and its log.
    start
        What Python runs to start it; by default JupyterLab itself, with the news switched off.
    """
    token = secrets.token_hex(16)
    environment = kernel_environment(home) | {name: str(home / folder) for name, folder in _FOLDERS.items()}
    if not start:
        _be_quiet(home / "settings")
        start = ["-m", "jupyter", "lab", f"--notebook-dir={folder}"]
    command = [sys.executable, *start, "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", "--LabApp.expose_app_in_browser=True"]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            command,
            cwd=folder,
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
    deadline = time.monotonic() + allowed(SECONDS_TO_START)
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
        server.wait(allowed(SECONDS_TO_END))
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


@contextlib.contextmanager
def browser_page(address: str) -> Iterator[Page]:
    """Open an address in the browser while the block runs; ``page.mistakes`` holds what the browser complains about."""
    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # Chromium's own demand
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(1000 * allowed(60))
            page.mistakes = []
            page.on("pageerror", lambda error: page.mistakes.append(str(error)))
            page.goto(address)
            yield page
        finally:
            browser.close()
