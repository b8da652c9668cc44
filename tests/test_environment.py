import os
import sys
import time
import types

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


def group(folder, limit, used, cached, names):
    folder.mkdir(parents=True, exist_ok=True)
    for name, number in zip(names, (limit, used), strict=True):
        (folder / name).write_text(f"{number}\n")
    (folder / "memory.stat").write_text(f"anon 5\ninactive_file {cached}\ntotal_inactive_file {cached}\n")


def test_the_memory_limit_of_a_container_counts(tmp_path, monkeypatch):
    assert environment.container_memory(tmp_path) == []  # no Linux, or no control groups
    (tmp_path / "proc/self").mkdir(parents=True)
    groups, names = tmp_path / "proc/self/cgroup", ("memory.max", "memory.current")
    groups.write_text("0::/user/session\n")  # version 2
    group(tmp_path / "sys/fs/cgroup/user/session", "max", 500, 0, names)
    group(tmp_path / "sys/fs/cgroup/user", 2000, 900, 300, names)
    assert environment.container_memory(tmp_path) == [1400]
    groups.write_text("5:cpu:/x\n3:memory,hugetlb:/docker/of-the-host\n")  # version 1, the path is that of the host
    names = ("memory.limit_in_bytes", "memory.usage_in_bytes")
    group(tmp_path / "sys/fs/cgroup/memory", 3 * 2**29, 2**28, 2**28, names)
    assert environment.container_memory(tmp_path) == [3 * 2**29]
    monkeypatch.setattr(environment, "container_memory", lambda: [3 * 2**29])
    assert "1.5 GiB of memory is free, 4 GiB is needed" in repr(environment.readiness())


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of addresses is one of Linux")
def test_the_memory_limit_of_a_process_counts():
    program = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))\n"
    program += "from course_utils import environment; print(environment._free_memory_gib())"
    assert 0.5 < float(run_python(program).stdout) < 2


def test_a_bar_is_written_to_whatever_can_be_written_to(monkeypatch):
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    log = types.SimpleNamespace(write=lambda _: None, flush=lambda: None)
    monkeypatch.setattr("sys.stderr", log)
    assert list(environment.progress(range(3), "steps")) == [0, 1, 2]


def test_a_bar_writes_little_into_a_file(tmp_path, monkeypatch):
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    with (tmp_path / "log").open("w") as log:
        monkeypatch.setattr("sys.stderr", log)
        for _ in environment.progress(range(300), "steps"):
            time.sleep(0.001)
    assert (tmp_path / "log").read_text().count("steps") <= 2


def test_progress_is_hidden_on_request(monkeypatch, capsys):
    monkeypatch.setenv("TQDM_DISABLE", "1")
    assert list(environment.progress(range(3), "steps")) == [0, 1, 2]
    assert capsys.readouterr().err == ""


def test_progress_is_shown_otherwise(monkeypatch, capsys):
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    for _ in environment.progress(range(3), "steps"):
        time.sleep(0.01)
    assert "steps" in capsys.readouterr().err
