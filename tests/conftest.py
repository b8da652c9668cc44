"""What tests of several files need."""

import pytest
from published_course import publish

from tools import links


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """Return a git repository that holds the working tree under the tag that setup cells fetch."""
    return publish(tmp_path_factory.mktemp("published"), tag=links.read_repository().tag)
