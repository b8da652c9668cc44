"""What tests of several files need."""

import pytest
from published_course import publish
from small_course import write_course

from tools.outline import links


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """Return a git repository that holds the working tree under the tag that setup cells fetch."""
    return publish(tmp_path_factory.mktemp("published"), tag=links.read_repository().tag)


@pytest.fixture
def checkout(tmp_path):
    """Return the folder of a small course that is out of step with its outline."""
    return write_course(tmp_path)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Return a folder that is the course's cache for one test."""
    from course_utils.datasets import storage

    monkeypatch.setattr(storage, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def not_compiled():
    """Run what TensorFlow would compile first, for tests of what is around a training of a few steps."""
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)
