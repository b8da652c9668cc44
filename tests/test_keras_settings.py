"""Keras as another course has left it: set as the lessons need it, or refused in one sentence."""

import importlib.util
import os
import re
import sys
from functools import partial

import keras
import pytest
from fresh_python import run_python
from named_pipes import needs_named_pipes

from course_utils import environment, keras_settings, models, pretrained

NEEDED = keras_settings.NEEDED


@pytest.fixture
def foreign_keras(tmp_path, monkeypatch):
    """Return a function that leaves a keras.json, as another course does; flax and torch are not installed."""
    for variable in ("KERAS_BACKEND", "KERAS_NNX_ENABLED", *keras_settings.LIMITS.values()):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    found = importlib.util.find_spec
    absent = ("torch", "flax")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name in absent else found(name, *rest))
    return lambda text: (tmp_path / "keras.json").write_text(text, encoding="utf-8")


@pytest.fixture
def session():
    """Return Keras's own settings, which are put back after the test."""
    before = {name: getattr(keras.config, name)() for name in NEEDED}
    yield keras.config
    for name, value in before.items():
        getattr(keras.config, f"set_{name}")(value)


RENAME = r"\(rename keras.json, or correct it, and restart the kernel\)"


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ('{"backend": "theano"}', "keras.json names the backend 'theano', which is none of tensorflow, jax, torch"),
        ('{"backend": null}', "names the backend None, which is none of"),
        ('{"backend": "torch"}', f"'torch', which is not installed {RENAME}"),
        ('{"floatx": "bfloat16"}', f"sets floatx to 'bfloat16', which is none of float16, float32, float64 {RENAME}"),
        ('{"floatx": ["float32"]}', r"sets floatx to \['float32'\], which is none of"),
        (
            '{"image_data_format": "NHWC"}',
            "sets image_data_format to 'NHWC', which is none of channels_last, channels_",
        ),
        ('{"epsilon": 1}', f"sets epsilon to 1, not to a number like 1e-07 {RENAME}"),
        ('{"epsilon": "1e-7"}', "sets epsilon to '1e-7', not to a number"),
        ('{"nnx_enabled": true}', f"sets nnx_enabled, which needs flax, and that is not installed {RENAME}"),
        ("[]", f"keras.json holds something else than settings {RENAME}"),
    ],
)
def test_what_stops_keras_is_named(foreign_keras, settings, problem):
    foreign_keras(settings)
    assert re.search(problem, repr(environment.readiness()))
    with pytest.raises(RuntimeError, match=f"Keras cannot start: .*{problem}"):
        environment.setup()


@pytest.mark.parametrize(
    ("variable", "value", "problem"),
    [
        ("KERAS_BACKEND", "theano", "KERAS_BACKEND names 'theano', which is none of .* (remove the variable)"),
        ("KERAS_MAX_EPOCHS", "two", "KERAS_MAX_EPOCHS is 'two', which is no number (remove it)"),
        ("KERAS_MAX_STEPS_PER_EPOCH", "", "KERAS_MAX_STEPS_PER_EPOCH is '', which is no number"),
        ("KERAS_NNX_ENABLED", "True", "KERAS_NNX_ENABLED needs flax, which is not installed"),
    ],
)
def test_a_variable_that_stops_keras_is_named(foreign_keras, monkeypatch, variable, value, problem):
    monkeypatch.setenv(variable, value)
    assert re.search(problem.replace("(", r"\(").replace(")", r"\)"), repr(environment.readiness()))


def test_a_file_that_cannot_be_read_is_named(foreign_keras, tmp_path):
    (tmp_path / "keras.json").mkdir()
    assert re.search(r"keras.json cannot be read: \w+", keras_settings.what_stops_keras()[0])


@needs_named_pipes
def test_a_pipe_in_the_place_of_the_settings_is_not_opened(foreign_keras, tmp_path):
    os.mkfifo(tmp_path / "keras.json")
    assert "keras.json is a pipe" in keras_settings.what_stops_keras()[0]


@pytest.mark.parametrize(
    "settings", ["", "{", "{}", '{"floatx": "float16", "epsilon": 1e-3}', '{"image_data_format": "channels_first"}']
)
def test_what_keras_can_start_with_stops_nothing(foreign_keras, settings):
    foreign_keras(settings)
    assert keras_settings.what_stops_keras() == []


FOREIGN = {
    "image_data_format": "channels_first",
    "floatx": "float16",
    "epsilon": 1e-3,
    "max_epochs": 2,
    "max_steps_per_epoch": 3,
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_setting_is_changed_for_the_session_and_told_once(session, foreign_keras, capsys, name):
    getattr(session, f"set_{name}")(FOREIGN[name])
    assert f"Keras's setting {name} is {FOREIGN[name]!r}, the course needs" in repr(environment.readiness())
    environment.setup()
    printed = capsys.readouterr().out
    assert printed == (
        f"Keras's setting {name} was {FOREIGN[name]!r}; code that ran before had set it. "
        f"The course needs {NEEDED[name]!r}, so that holds until this kernel ends.\n"
    )
    assert getattr(session, name)() == NEEDED[name]
    assert environment.readiness().ready
    environment.setup()
    assert capsys.readouterr().out == ""


def test_who_has_set_it_is_named(session, foreign_keras, tmp_path, monkeypatch):
    foreign_keras('{"image_data_format": "channels_first"}')
    monkeypatch.setenv("KERAS_MAX_EPOCHS", "2")
    session.set_image_data_format("channels_first")
    session.set_max_epochs(2)
    first, second = keras_settings.set_as_needed()
    assert f"was 'channels_first'; the file {tmp_path / 'keras.json'} had set it" in first
    assert "was 2; the environment variable KERAS_MAX_EPOCHS had set it" in second


@pytest.mark.parametrize(
    "build",
    [
        partial(pretrained.load_network, "landmarks"),
        partial(models.article_network, (64, 64, 3)),
        models.embedding_network,
    ],
    ids=["stored", "article", "embedding"],
)
def test_without_setup_a_network_is_refused_in_a_sentence(build, session):
    session.set_image_data_format("channels_first")
    with pytest.raises(RuntimeError, match=r"image_data_format is 'channels_first', .* call .*environment.setup\(\)"):
        build()


def test_with_the_file_of_another_course_the_lessons_networks_work(tmp_path, monkeypatch):
    (tmp_path / "keras.json").write_text('{"image_data_format": "channels_first", "floatx": "float64"}')
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_MAX_EPOCHS", "1")
    code = """
from course_utils import environment
environment.setup()
print(environment.readiness())
import numpy as np
from course_utils import models, pretrained
print(pretrained.load_network("landmarks")(np.zeros((2, 64, 64, 3), "uint8")).shape)
network = models.article_network((64, 64, 3), 2)
print([layer.output.shape for layer in network.layers][-8], network.dtype)
network.compile("sgd", "sparse_categorical_crossentropy")
print(len(network.fit(np.zeros((2, 64, 64, 3)), np.zeros(2), epochs=2, verbose=0).history["loss"]), "epochs")
"""
    lines = run_python(code).stdout.splitlines()
    assert [line.split(";")[0] for line in lines[:3]] == [
        "Keras's setting image_data_format was 'channels_first'",
        "Keras's setting floatx was 'float64'",
        "Keras's setting max_epochs was 1",
    ]
    assert lines[3].startswith("Ready: ")
    assert lines[4:] == ["(2, 3, 2)", "(None, 29, 29, 64) float32", "2 epochs"]


@pytest.mark.skipif(sys.platform == "win32", reason="Keras looks for its settings in /tmp there too")
def test_the_file_is_looked_for_where_keras_does(tmp_path, monkeypatch):
    monkeypatch.delenv("KERAS_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert keras_settings._file() == tmp_path / ".keras" / "keras.json"
    monkeypatch.setattr(os, "access", lambda *arguments: False)
    assert str(keras_settings._file()) == "/tmp/.keras/keras.json"
    monkeypatch.setenv("KERAS_HOME", "~/settings")
    assert keras_settings._file() == tmp_path / "settings" / "keras.json"
