"""A mark for tests that put a named pipe where a file is expected."""

import os

import pytest

needs_named_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
