"""The command line of the notebook tools, and notebooks that are none."""

import os

import pytest
from made_up_notebooks import stored, write
from named_pipes import needs_named_pipes

from tools.notebooks.__main__ import main, parse_arguments


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lesson.ipynb"


def test_check_says_what_is_wrong_and_where(path, capsys):
    write(path, "1")
    assert main(["check", str(path)]) == 1
    assert "cell [1]: never run" in capsys.readouterr().err
    path.write_text(stored("1"), encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert "in order" in capsys.readouterr().out


MALFORMED = {
    "conflict": ("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n", "git's marks of a conflict"),
    "begin of a conflict": ("<<<<<<< HEAD\n{}\n", "git's marks of a conflict"),
    "end of a conflict": ("{}\n>>>>>>> other\n", "git's marks of a conflict"),
    "middle of a conflict": ("{}\n=======\n{}\n", "git's marks of a conflict"),
    "empty": ("", "no JSON"),
    "deep": ("[" * 100_000, "nested too deeply"),
    "list": ("[]", "does not say its format"),
    "format 3": ('{"metadata": {}, "nbformat": 3, "worksheets": []}', "its format is 3, not 4"),
    "no cells": ('{"metadata": {}, "nbformat": 4, "cells": null}', "it has no cells"),
    "no metadata": ('{"nbformat": 4, "cells": []}', "it has no metadata"),
    "no cell": ('{"metadata": {}, "nbformat": 4, "cells": [[]]}', "cell 1 of all cells has no type"),
    "no type": ('{"metadata": {}, "nbformat": 4, "cells": [{"source": "", "metadata": {}}]}', "has no type"),
    "no source": ('{"metadata": {}, "nbformat": 4, "cells": [{"cell_type": "raw", "metadata": {}}]}', "has no source"),
    "no output": (
        '{"metadata": {}, "nbformat": 4, "cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": [1]}'
        "]}",
        "has an output that is none",
    ),
}


def test_a_malformed_notebook_is_named_and_the_others_are_looked_at(tmp_path, capsys):
    files = {name: tmp_path / f"{name}.ipynb" for name in [*MALFORMED, "not UTF-8", "good"]}
    for name, (text, _) in MALFORMED.items():
        files[name].write_text(text, encoding="utf-8")
    files["not UTF-8"].write_bytes("[\u738b]".encode("gbk"))
    files["good"].write_text(stored("1"), encoding="utf-8")
    assert main(["check", *map(str, files.values())]) == 1
    printed = capsys.readouterr()
    assert "good.ipynb" in printed.out
    for name, message in [
        *((name, message) for name, (_, message) in MALFORMED.items()),
        ("not UTF-8", "no text in UTF-8"),
    ]:
        assert any(f"{name}.ipynb: " in line and message in line for line in printed.err.splitlines()), name


@needs_named_pipes
def test_a_pipe_in_the_place_of_a_notebook_is_not_opened(path, capsys):
    os.mkfifo(path)
    assert main(["check", str(path)]) == 1
    assert f"{path}: not a regular file" in capsys.readouterr().err


def test_the_mark_of_windows_before_a_text_is_taken_away(path):
    path.write_text("\ufeff" + stored("1"), encoding="utf-8")
    main(["normalise", str(path)])
    assert path.read_text(encoding="utf-8") == stored("1")


def test_a_full_disk_is_told_with_the_files_name(path, monkeypatch, capsys):
    path.write_text(stored("1").rstrip(), encoding="utf-8")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("course_utils.whole_files.tempfile.mkdtemp", full)
    assert main(["normalise", str(path)]) == 1
    assert "lesson.ipynb could not be written (No space left on device)" in capsys.readouterr().err


def test_normalise_says_whether_it_changed_the_file(path, capsys):
    path.write_text(stored("1").rstrip(), encoding="utf-8")
    assert main(["normalise", str(path)]) == 0
    assert "changed" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == stored("1")
    main(["normalise", str(path)])
    assert "unchanged" in capsys.readouterr().out


def test_execute_goes_on_after_a_failure(path, tmp_path, capsys):
    write(path, "1 / 0")
    good = tmp_path / "other.ipynb"
    write(good, "1")
    assert main(["execute", str(path), str(good)]) == 1
    printed = capsys.readouterr()
    assert "lesson.ipynb: cell [1]" in printed.err
    assert "other.ipynb" in printed.out
    assert "MiB  changed" in printed.out


def test_plain_pytest_runs_the_notebooks(pytestconfig):
    assert pytestconfig.getini("testpaths") == ["tests", "notebooks"]
    assert pytestconfig.option.nbval
    assert pytestconfig.pluginmanager.hasplugin("tools.notebook_regression")


def test_options_may_stand_before_and_behind_the_notebooks():
    before = parse_arguments(["execute", "--fresh", "a.ipynb"])
    assert before == parse_arguments(["execute", "a.ipynb", "--fresh"])
    assert (before.fresh, [path.name for path in before.notebooks]) == (True, ["a.ipynb"])
