"""Tell what the system refuses from what is wrong with a file: a whole file must not be called damaged."""

import errno


def system_fault(error: BaseException) -> str | None:
    """Return why the system did not let a file be read; None if the file is missing, or itself at fault.

    Parameters
    ----------
    error : exception
        What reading the file raised.
    """
    if isinstance(error, MemoryError):
        return "not enough memory is free"
    if isinstance(error, OSError) and error.errno not in (None, errno.ENOENT):
        return error.strerror or str(error)
    return None
