"""Run a learner's code so that nothing of it shows, nothing stays changed, and it comes to an end."""

from __future__ import annotations

import _thread
import contextlib
import io
import os
import random
import sys
import threading
import warnings
from collections.abc import Iterator

import numpy as np

#: Seconds after which a check gives up.  A right answer takes a hundredth of a second.
LONGEST_SECONDS = 20


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Show nothing that a learner's function prints, warns of, displays or draws, and leave no setting changed."""
    python_state, numpy_state = random.getstate(), np.random.get_state()  # noqa: NPY002
    recursion_limit = sys.getrecursionlimit()
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(_Nowhere()))
        stack.enter_context(contextlib.redirect_stderr(_Nowhere()))
        stack.enter_context(_nothing_displayed())
        stack.enter_context(contextlib.chdir(os.curdir))
        stack.enter_context(np.printoptions())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(np.errstate(all="ignore"))
        try:
            yield
        finally:
            random.setstate(python_state)
            np.random.set_state(numpy_state)  # noqa: NPY002
            sys.setrecursionlimit(recursion_limit)


class _Nowhere(io.TextIOBase):
    """Takes text and keeps none of it: a function may print more than fits into memory."""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


@contextlib.contextmanager
def _nothing_displayed() -> Iterator[None]:
    """Drop what is displayed in a notebook, and close the figures that were opened."""
    figures_before = _open_figures()
    with contextlib.ExitStack() as stack:
        if "IPython" in sys.modules:
            from IPython import get_ipython
            from IPython.utils.capture import capture_output

            if get_ipython():
                stack.enter_context(capture_output(stdout=False, stderr=False, display=True))
        try:
            yield
        finally:
            for figure in _open_figures() - figures_before:
                sys.modules["matplotlib.pyplot"].close(figure)


def _open_figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()


class TimeLimit:
    """Interrupts the block that it guards when the time is over, as an interrupt of the kernel would.

    Where signals reach another thread than this one, nothing is guarded.

    Parameters
    ----------
    seconds : float
        How long the block may take.

    Attributes
    ----------
    expired : bool
        Whether the time was over.
    """

    def __init__(self, seconds: float):
        self.seconds, self.expired = seconds, False
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._interrupt, daemon=True)

    def __enter__(self) -> TimeLimit:
        if threading.current_thread() is threading.main_thread():
            self._watch.start()
        return self

    def __exit__(self, *error) -> None:
        self._ended.set()
        if self._watch.is_alive():
            self._watch.join()  # after this no interrupt can come any more

    def _interrupt(self) -> None:
        while not self._ended.wait(1 if self.expired else self.seconds):  # a function may swallow an interrupt
            self.expired = True
            _thread.interrupt_main()
