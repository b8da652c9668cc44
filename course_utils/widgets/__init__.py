"""Explorers: a picture, controls beside it, and the numbers behind it; turn one and see the others follow.

- `kernel_explorer` (lesson 01): the nine numbers of a kernel, a face, and the feature map that they make of it.
- `window_explorer` (lesson 01): stride, padding and dilation, with the sliding window drawn.
- `loss_explorer` (lesson 02): from a logit to a probability, its loss, and the gradient of that.
- `optimizer_explorer` (lesson 03): an optimizer walks a surface.
- `augmentation_explorer` (lesson 04): one face under every change, each with its slider.
- `gallery_explorer` (lesson 09): a probe, the ranked gallery, a threshold, and what it does to both errors.

A notebook shows an explorer when it is a cell's last value.  Without a running kernel, and on GitHub, the stored
notebook shows a picture of its start.  Every control is reached with Tab; arrow keys move sliders and step numbers.

Importing this package imports neither ipywidgets nor Matplotlib: that happens when one of its functions is used.
"""

from __future__ import annotations

from importlib import import_module

_MODULES = {
    "kernel_explorer": "course_utils.widgets.convolution",
    "window_explorer": "course_utils.widgets.window",
    "loss_explorer": "course_utils.widgets.loss",
    "optimizer_explorer": "course_utils.widgets.optimizer",
    "augmentation_explorer": "course_utils.widgets.augmentation",
    "gallery_explorer": "course_utils.widgets.gallery",
}


def __getattr__(name: str):
    """Import an explorer's module when the explorer is asked for."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(_MODULES)}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *_MODULES]
