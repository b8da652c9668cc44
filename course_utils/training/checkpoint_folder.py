"""Keep the checkpoints of a training in a folder: each is there as a whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import warnings
from os import PathLike
from pathlib import Path

from course_utils.system_faults import system_fault
from course_utils.training.checkpoint import Checkpoint


class CheckpointFolder:
    """The two newest checkpoints of one training, as files ``EPOCH-STEP-DIGEST.npz``: one more in case of damage.

    A checkpoint is written under another name, flushed to the disk, and gets its own name in a single step.  The name
    holds the digest of the content: a power cut or a cloud drive can leave a file with too few bytes, or with zeros.

    Parameters
    ----------
    path : path-like
        The folder, for one training only; it is made when the first checkpoint is written.
    """

    PART = "part.npz"

    def __init__(self, path: str | PathLike):
        self.path = Path(path)
        self._warned = False

    def files(self) -> list[Path]:
        """Return the files of the checkpoints, the newest first."""
        return sorted(self.path.glob("[0-9]*-[0-9]*-*.npz"), reverse=True)

    def newest(self) -> Checkpoint | None:
        """Return the newest checkpoint that is whole, with a warning for each that is not; None without any."""
        for file in self.files():
            fault = "is damaged"
            try:
                content = file.read_bytes()
                if _digest(content) == file.stem.rpartition("-")[2]:
                    return Checkpoint.from_bytes(content)
            except OSError as error:
                fault = f"cannot be read ({system_fault(error) or error})"
            warnings.warn(
                f"{file} {fault}: the training goes on from the checkpoint before it, or begins again.", stacklevel=3
            )
        return None

    def write(self, checkpoint: Checkpoint) -> None:
        """Write a checkpoint, and keep the one before it and no others.

        Where the disk refuses, all are left as they were, with a warning the first time.
        """
        content = checkpoint.to_bytes()
        part = self.path / self.PART
        whole = self.path / f"{checkpoint.epoch:06d}-{checkpoint.step:07d}-{_digest(content)}.npz"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(whole)
            finally:
                part.unlink(missing_ok=True)
            before = [file for file in self.files() if file.name < whole.name][:1]
            for file in set(self.files()) - {whole, *before}:  # older ones, and damaged ones of later steps
                file.unlink()
        except OSError as error:
            if not self._warned:
                warnings.warn(
                    f"A checkpoint could not be written to {self.path} ({error.strerror or error}): the training goes "
                    "on, but after an interruption it would continue from an older checkpoint.",
                    stacklevel=3,
                )
            self._warned = True

    def delete(self) -> None:
        """Delete the folder with all checkpoints."""
        shutil.rmtree(self.path, ignore_errors=True)


def _digest(content: bytes) -> str:
    """Return the first digits of a SHA-256."""
    return hashlib.sha256(content).hexdigest()[:16]
