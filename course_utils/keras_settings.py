"""Say how Keras is set on this machine, by whom, and set it as the course needs it.

Keras takes its settings from environment variables and the file ``keras.json``, which another course may have left.
Nothing here imports Keras, except `set_as_needed` and `require_channels_last`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path

BACKENDS = ("tensorflow", "jax", "torch")  # those of Keras that can train
NEEDED = {
    "image_data_format": "channels_last",
    "floatx": "float32",
    "epsilon": 1e-7,
    "max_epochs": None,
    "max_steps_per_epoch": None,
}
# The environment variables that end every training early, by the setting's name.
LIMITS = {"max_epochs": "KERAS_MAX_EPOCHS", "max_steps_per_epoch": "KERAS_MAX_STEPS_PER_EPOCH"}


def what_stops_keras() -> list[str]:
    """Return a line for each setting with which Keras cannot be imported, or has no backend."""
    file, settings, problem = _read()
    if problem:
        return [f"{file} {problem} ({_rename(file)})"]
    return [*_malformed(file, settings), *_nnx(file, settings), *_limits(), *_backend(file, settings)]


def problems() -> list[str]:
    """Return a line for each setting with which the lessons cannot run, or would run otherwise.

    Until Keras is imported, only what stops it is a problem: `environment.setup` imports it and mends the rest.
    """
    if "keras" not in sys.modules:
        return what_stops_keras()
    return what_stops_keras() + [
        f"Keras's setting {name} is {found!r}, the course needs {NEEDED[name]!r} (run the setup cell again)"
        for name, found in _other_than_needed().items()
    ]


def set_as_needed() -> list[str]:
    """Set Keras, for this session, as the course needs it; return a sentence for each setting that was another."""
    import keras

    sentences = []
    for name, found in _other_than_needed().items():
        getattr(keras.config, f"set_{name}")(NEEDED[name])
        sentences.append(
            f"Keras's setting {name} was {found!r}; {_origin(name, found)} had set it. "
            f"The course needs {NEEDED[name]!r}, so that holds until this kernel ends."
        )
    return sentences


def require_channels_last() -> None:
    """Refuse to build a network for pictures (n, height, width, 3) where Keras expects (n, 3, height, width).

    Raises
    ------
    RuntimeError
        With what to do.
    """
    import keras

    form = keras.config.image_data_format()
    if form != NEEDED["image_data_format"]:
        raise RuntimeError(
            f"Keras's setting image_data_format is {form!r}, but the course's networks take pictures of the shape "
            "(n, height, width, 3): call course_utils.environment.setup() first, which sets 'channels_last'."
        )


def _other_than_needed() -> dict[str, object]:
    """Return the settings of this session that are not as needed."""
    import keras

    found = {name: getattr(keras.config, name)() for name in NEEDED}
    return {name: value for name, value in found.items() if value != NEEDED[name]}


def _origin(name: str, found: object) -> str:
    """Say who has set a setting of Keras."""
    file, settings, _ = _read()
    if settings.get(name) == found:
        return f"the file {file}"
    if LIMITS.get(name, "") in os.environ:
        return f"the environment variable {LIMITS[name]}"
    return "code that ran before"


def _read() -> tuple[Path, dict, str | None]:
    """Return the file with the user's settings of Keras, what it holds, and why Keras cannot read it, if it cannot.

    Keras passes over a file that is no JSON.
    """
    file = _file()
    if file.is_fifo():
        return file, {}, "is a pipe, for which Keras would wait without end"
    try:
        settings = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return file, {}, None
    except OSError as error:
        # Where there is none, or its folder may not be entered, Keras goes on without.
        return file, {}, f"cannot be read: {error.strerror or error}" if os.access(file, os.F_OK) else None
    return (file, settings, None) if isinstance(settings, dict) else (file, {}, "holds something else than settings")


def _file() -> Path:
    """Return where Keras looks for its settings."""
    folder = os.environ.get("KERAS_HOME")
    if folder is None:
        folder = "~/.keras" if os.access(_with_home("~"), os.W_OK) else "/tmp/.keras"
    return _with_home(folder) / "keras.json"


def _with_home(path: str) -> Path:
    """Return a path with the home folder in place of "~"; the method of `Path` fails where nobody knows that folder."""
    return Path(os.path.expanduser(path))  # noqa: PTH111


def _malformed(file: Path, settings: dict) -> list[str]:
    """Return a line for each value in the file that Keras refuses."""
    allowed = {"floatx": ("float16", "float32", "float64"), "image_data_format": ("channels_last", "channels_first")}
    problems = [
        f"{file} sets {name} to {settings[name]!r}, which is none of {', '.join(values)} ({_rename(file)})"
        for name, values in allowed.items()
        if name in settings and settings[name] not in values
    ]
    if not isinstance(settings.get("epsilon", 1e-7), float):
        problems.append(f"{file} sets epsilon to {settings['epsilon']!r}, not to a number like 1e-07 ({_rename(file)})")
    return problems


def _nnx(file: Path, settings: dict) -> list[str]:
    """Return a line if Keras is told to use NNX, and Flax, the package that NNX is part of, is not installed."""
    variable = os.environ.get("KERAS_NNX_ENABLED")
    wanted = settings.get("nnx_enabled") if variable is None else variable.lower() in ("true", "1")
    if not wanted or importlib.util.find_spec("flax"):
        return []
    if variable is None:
        return [f"{file} sets nnx_enabled, which needs flax, and that is not installed ({_rename(file)})"]
    return ["the environment variable KERAS_NNX_ENABLED needs flax, which is not installed (remove the variable)"]


def _limits() -> list[str]:
    """Return a line for each limit in the environment that Keras cannot read."""
    problems = []
    for variable in LIMITS.values():
        try:
            int(os.environ.get(variable, "1"))
        except ValueError:
            found = os.environ[variable]
            problems.append(f"the environment variable {variable} is {found!r}, which is no number (remove it)")
    return problems


def _backend(file: Path, settings: dict) -> list[str]:
    """Return a line if Keras is set to a backend that it does not know, or that is not installed."""
    named = os.environ.get("KERAS_BACKEND")
    backend = named or settings.get("backend", "tensorflow")
    if backend in BACKENDS and importlib.util.find_spec(backend):
        return []
    reason = "is not installed" if backend in BACKENDS else f"is none of {', '.join(BACKENDS)}"
    if named:
        return [f"the environment variable KERAS_BACKEND names {backend!r}, which {reason} (remove the variable)"]
    return [f"{file} names the backend {backend!r}, which {reason} ({_rename(file)})"]


def _rename(file: Path) -> str:
    return f"rename {file.name}, or correct it, and restart the kernel"
