"""Change pictures at random so that they keep the person, in Keras 3 operations only.

=============  ==============================================================================================
module         holds
=============  ==============================================================================================
``faces``      `face_pipeline`: the one for training on faces, in three strengths (lesson 04)
``transfer``   `transfer_pipeline`, and the layers that it consists of: they bridge rendered people and photographs
``strengths``  how far `face_pipeline` goes, without Keras
``sampling``   looking up pixels, and random numbers that are the same on every backend
=============  ==============================================================================================

Names are loaded with their module when they are first used, so that `strengths` can be had without Keras.
"""

import importlib

_MODULES = {
    "faces": ("FaceAugmentation", "face_pipeline"),
    "transfer": (
        *("LUMA", "RandomBlur", "RandomChange", "RandomColour", "RandomGeometry", "RandomNoise", "RandomPatch"),
        *("RandomShading", "transfer_pipeline"),
    ),
    "strengths": ("STRENGTHS", "Strength"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str):
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}.")
    return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
