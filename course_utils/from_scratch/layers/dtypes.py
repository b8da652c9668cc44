"""Choose types of numbers, so that sums of whole numbers neither wrap around nor lose their fractions."""

from __future__ import annotations

import numpy as np


def wide(*arrays: np.ndarray) -> list[np.ndarray]:
    """Return arrays of one type; whole numbers get 64 bits, because products of pixels from 0 to 255 do not fit 8."""
    dtype = np.result_type(*arrays)
    if dtype.kind in "biu":
        dtype = np.result_type(dtype, np.int64)
    return [array.astype(dtype, copy=False) for array in arrays]


def real(values: np.ndarray) -> np.ndarray:
    """Return whole numbers in a floating-point type, other values as they are."""
    return values.astype(np.result_type(values, np.float32)) if values.dtype.kind in "biu" else values


def smallest(dtype: np.dtype) -> float | int:
    """Return a value that is never larger than one of this type."""
    if dtype.kind == "f":
        return -np.inf
    return False if dtype.kind == "b" else np.iinfo(dtype).min
