import os
import time

import pytest
from fresh_python import cost, run_python

from course_utils import environment


def test_importing_the_course_is_instant_and_without_tensorflow():
    """The bar is 0.3 s of processor time beyond NumPy's own import."""
    seconds, loaded = cost(
        "import course_utils, course_utils.environment, course_utils.datasets, course_utils.metrics, course_utils.plots"
    )
    assert not loaded & {"tensorflow", "keras", "pandas", "sklearn", "skimage", "matplotlib"}
    assert seconds < 0.3


def test_setup_prints_nothing_and_seeds_everything(capfd):
    code = (
        "from course_utils import environment; environment.setup(seed=3); import keras, numpy, random; "
        "print(random.random(), numpy.random.rand(), float(keras.random.uniform(())))"
    )
    fresh = run_python(code)
    assert fresh.stderr == ""
    exec(code)
    assert fresh.stdout == capfd.readouterr().out
    assert len(fresh.stdout.split()) == 3


def test_hidden_noise_is_shown_when_something_fails(capfd):
    with pytest.raises(ImportError), environment.quiet_stderr():
        os.write(2, b"the cause\n")
        raise ImportError
    assert "the cause" in capfd.readouterr().err


def test_noise_is_hidden_when_nothing_fails(capfd):
    with environment.quiet_stderr():
        os.write(2, b"Could not find cuda drivers\n")
    assert capfd.readouterr().err == ""


def test_check_is_one_line():
    found = environment.readiness()
    assert found.ready, found
    line = repr(found)
    assert line.startswith("Ready: Python 3.")
    assert "\n" not in line
    assert "CPU core" in line or "GPU" in line


def test_check_names_what_is_missing_or_too_old(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("numpy>=99  # too new\n\nno-such-package-here>=1\nkeras>=3\n")
    found = environment.readiness(requirements)
    assert not found.ready
    line = repr(found)
    assert line.startswith("Not ready: numpy ")
    assert "numpy>=99 is needed" in line
    assert "no-such-package-here is not installed" in line
    assert "keras" not in line
    assert "make lab" in line


def test_check_tells_when_memory_is_short(monkeypatch):
    monkeypatch.setattr(environment, "_free_memory_gib", lambda: 1.5)
    assert "1.5 GiB of memory is free" in repr(environment.readiness())


def test_check_refuses_other_pythons(monkeypatch):
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 1))
    assert "the course needs 3.11 to 3.13" in repr(environment.readiness())


def test_progress_is_hidden_on_request(monkeypatch, capsys):
    monkeypatch.setenv("TQDM_DISABLE", "1")
    assert list(environment.progress(range(3), "steps")) == [0, 1, 2]
    assert capsys.readouterr().err == ""


def test_progress_is_shown_otherwise(monkeypatch, capsys):
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    for _ in environment.progress(range(3), "steps", mininterval=0):
        time.sleep(0.01)
    assert "steps" in capsys.readouterr().err
