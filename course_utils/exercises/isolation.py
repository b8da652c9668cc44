"""Run a learner's code so that nothing of it shows, nothing stays changed, and it comes to an end."""

from __future__ import annotations

import _thread
import contextlib
import io
import os
import random
import signal
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
        self._guarding = threading.Lock()  # held until the block ends; the watch waits for it
        self._watch = threading.Thread(target=self._interrupt, daemon=True)
        self._ignoring = None  # what was done about interrupts before, if they were ignored

    def __enter__(self) -> TimeLimit:
        if threading.current_thread() is threading.main_thread():
            if not callable(signal.getsignal(signal.SIGINT)):  # a shell starts what runs in the background like that
                self._ignoring = signal.signal(signal.SIGINT, signal.default_int_handler)
            self._guarding.acquire()
            self._watch.start()
        return self

    def __exit__(self, *error) -> None:
        self.stop()

    def stop(self) -> None:
        """Let no interrupt come any more.

        An interrupt may come while the block is being left, and end that.  So whoever catches one calls this again: the
        next interrupt would come a second later.
        """
        if self._guarding.locked():
            self._guarding.release()
        if self._watch.is_alive():
            self._watch.join()
        if self._ignoring is not None:
            signal.signal(signal.SIGINT, self._ignoring)
            self._ignoring = None

    def _interrupt(self) -> None:
        while not self._guarding.acquire(timeout=1 if self.expired else self.seconds):
            self.expired = True
            _interrupt_main_thread()  # every second: a function may swallow an interrupt


def _interrupt_main_thread() -> None:
    """Do what an interrupt of the kernel does; where that is possible, wake a function that sleeps, too."""
    if hasattr(signal, "pthread_kill") and callable(signal.getsignal(signal.SIGINT)):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        _thread.interrupt_main()
