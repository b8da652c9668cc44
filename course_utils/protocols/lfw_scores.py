"""Keep the scores of View 2's 6,000 pairs, and compute every number of a system from them again.

View 2 of Labeled Faces in the Wild is ten folds of 300 mated pairs and then 300 non-mated ones.  A system gives each
pair a score, higher for more similar.  Each fold is decided with a threshold that knows nothing of this fold:

- Where one system scores all pairs, the threshold that is best on the pairs of the other nine folds; it is computed.
- Where a system is trained for each fold on the others' people, the scores of these are too good to choose a threshold.
  Such a system brings the thresholds along (`lfw_folds` says how they are chosen), and they are kept with the scores.

The files are in ``benchmarks/results/lfw_table``: ``pairs.npz`` has numbers for the people of each pair, without names,
and one file for each system has its scores, in whole ten-thousandths.  ``python -m benchmarks.lfw_table`` makes them.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils import metrics, results
from course_utils.protocols.lfw_columns import COLUMNS
from course_utils.system_faults import system_fault
from course_utils.whole_files import replacing

PAIRS = "pairs"
FOLDS, OF_EACH_KIND = 10, 300
UNIT = 1e-4  # scores and thresholds are kept as whole multiples of it
REPEATS = 200  # draws of people for the interval of an area


@dataclass(frozen=True, eq=False)
class Comparisons:
    """The pairs of View 2: who is compared, by number.

    Attributes
    ----------
    first_person, second_person : ndarray of int, shape (pairs,)
        Numbers in place of names.
    fold : ndarray of int, shape (pairs,)
        From 0.
    """

    first_person: np.ndarray
    second_person: np.ndarray
    fold: np.ndarray

    @property
    def mated(self) -> np.ndarray:
        """Whether both pictures show one person: bool, shape (pairs,)."""
        return self.first_person == self.second_person


@dataclass(frozen=True, eq=False)
class Scores:
    """A system's scores of the pairs of View 2.

    Attributes
    ----------
    values : ndarray of float, shape (pairs,)
    thresholds : ndarray of float, shape (folds,), or None
        Pairs of a fold with a score at or above its threshold are taken for one person.  None: each fold's threshold is
        computed from the scores of the other folds.
    """

    values: np.ndarray
    thresholds: np.ndarray | None = None

    def __post_init__(self):
        for field in ("values", "thresholds"):
            if (numbers := getattr(self, field)) is not None:
                numbers = np.asarray(numbers, float)
                if numbers.ndim != 1 or not np.isfinite(numbers).all():
                    raise ValueError(f"{field}: expected a list of finite numbers, got the shape {numbers.shape}.")
                object.__setattr__(self, field, np.round(numbers / UNIT) * UNIT)

    def right(self, pairs: Comparisons) -> np.ndarray:
        """Return whether each pair is answered rightly: bool, shape (pairs,).

        Raises
        ------
        ValueError
            If there are not as many scores as pairs, or thresholds as folds.
        """
        if len(self.values) != len(pairs.fold):
            raise ValueError(f"There are {len(self.values)} scores of {len(pairs.fold)} pairs.")
        folds, number = np.unique(pairs.fold, return_inverse=True)
        thresholds = self._computed_thresholds(pairs, folds) if self.thresholds is None else self.thresholds
        if len(thresholds) != len(folds):
            raise ValueError(f"There are {len(thresholds)} thresholds for {len(folds)} folds.")
        return (self.values >= thresholds[number]) == pairs.mated

    def _computed_thresholds(self, pairs: Comparisons, folds: np.ndarray) -> np.ndarray:
        """Return for each fold the threshold that is best on the others."""
        others = [pairs.fold != fold for fold in folds]
        return np.array([metrics.best_threshold(self.values[other], pairs.mated[other]) for other in others])

    def by_fold(self, pairs: Comparisons) -> np.ndarray:
        """Return the accuracy on each fold, (folds,); it raises the errors of `right`."""
        right = self.right(pairs)
        return np.array([right[pairs.fold == fold].mean() for fold in np.unique(pairs.fold)])

    def numbers(self, pairs: Comparisons) -> dict[str, float]:
        """Return all numbers of a system that the table prints.

        Returns
        -------
        dict
            ``accuracy`` and its ``standard_error``, LFW's official figures; ``low`` and ``high``, the 95 % interval of
            the accuracy by people; ``eer``; ``auc``, with ``auc_low`` and ``auc_high``.  Equal error rate and area take
            the scores of all folds together, where systems were trained for each fold too: one recipe gives them nearly
            one scale.
        """
        folds = self.by_fold(pairs)
        people = pairs.first_person, pairs.second_person
        _accuracy, low, high = metrics.dyadic_mean_interval(self.right(pairs), *people)
        auc_low, auc_high = metrics.dyadic_interval(metrics.roc_auc, self.values, *people, repeats=REPEATS)
        return {
            "accuracy": float(folds.mean()),
            "standard_error": float(folds.std(ddof=1) / np.sqrt(len(folds))),
            "low": low,
            "high": high,
            "eer": metrics.equal_error_rate(self.values, pairs.mated),
            "auc": metrics.roc_auc(self.values, pairs.mated),
            "auc_low": auc_low,
            "auc_high": auc_high,
        }


# -- files -------------------------------------------------------------------------------------------------------------


def store_pairs(pairs: Comparisons, folder: Path | None = None) -> Path:
    """Keep who is compared; people get numbers in the order in which the pairs name them.

    Raises
    ------
    ValueError
        If it is not View 2: the folds and the kinds of pairs are not kept, because the protocol says them.
    """
    expected = _empty()
    if not (np.array_equal(pairs.fold, expected.fold) and np.array_equal(pairs.mated, expected.mated)):
        raise ValueError("These pairs are not LFW's View 2: ten folds of 300 mated, then 300 non-mated pairs.")
    named = np.stack([pairs.first_person, pairs.second_person], axis=1).ravel()
    _, place, number = np.unique(named, return_index=True, return_inverse=True)
    numbers = np.argsort(np.argsort(place))[number].reshape(-1, 2)
    return _write(
        folder, PAIRS, first_person=numbers[:, 0].astype(np.int16), second_person=numbers[:, 1].astype(np.int16)
    )


def load_pairs(folder: Path | None = None) -> Comparisons:
    """Return the pairs of View 2; it raises the errors of `load`."""
    stored = _read(folder, PAIRS)
    return Comparisons(stored["first_person"].astype(int), stored["second_person"].astype(int), _empty().fold)


def store(name: str, scores: Scores, folder: Path | None = None) -> Path:
    """Keep a system's scores as ``NAME.npz``; spaces become underscores, commas are left out.

    Raises
    ------
    ValueError
        If there are not 6,000 scores, or not ten thresholds.
    """
    scores.right(_empty())
    kept = {"values": scores.values} | ({} if scores.thresholds is None else {"thresholds": scores.thresholds})
    return _write(folder, name, **{field: np.round(each / UNIT).astype(np.int32) for field, each in kept.items()})


def load(name: str, folder: Path | None = None) -> Scores:
    """Return a system's scores.

    Raises
    ------
    FileNotFoundError
        If they were never stored; the message says how to make them.
    ValueError
        If the file is damaged.
    """
    stored = _read(folder, name)
    thresholds = stored["thresholds"] * UNIT if "thresholds" in stored else None
    return Scores(stored["values"] * UNIT, thresholds)


def systems(folder: Path | None = None) -> list[dict]:
    """Return what is stored of each system that View 2 has scored, without its numbers, which follow from its scores.

    Parameters
    ----------
    folder : Path, optional
        Where the results are.

    Returns
    -------
    list of dict
        ``system``, ``column``, ``learned_from``, ``sees``, ``candidate``; by column, in the order of
        `lfw_columns.COLUMNS`.  Where Olivetti was scored too, ``olivetti_auc`` and ``olivetti_eer`` with ``_low`` and
        ``_high``, 95 % intervals by people.
    """
    rows = results.load("lfw_table", folder)["rows"]
    olivetti = {
        row["system"]: {field: value for field, value in row.items() if field.startswith("olivetti_")}
        for row in rows
        if row["view"] == "Olivetti"
    }
    scored = [row | olivetti.get(row["system"], {}) for row in rows if row["view"] == "View 2"]
    return sorted(scored, key=lambda row: list(COLUMNS).index(row["column"]))


def table(folder: Path | None = None) -> list[dict]:
    """Return the table of `benchmarks.lfw_table`: a row for each system, its numbers computed from its scores.

    Parameters
    ----------
    folder : Path, optional
        Where the results are; the scores are in its folder ``lfw_table``.

    Returns
    -------
    list of dict
        Those of `systems`, each with its `Scores.numbers`.
    """
    scores = (folder or results.FOLDER) / "lfw_table"
    pairs = load_pairs(scores)
    return [row | load(row["system"], scores).numbers(pairs) for row in systems(folder)]


def _empty() -> Comparisons:
    """Return View 2's folds and kinds, with two people for everybody."""
    second = np.tile(np.repeat([0, 1], OF_EACH_KIND), FOLDS)
    return Comparisons(np.zeros_like(second), second, np.repeat(np.arange(FOLDS), 2 * OF_EACH_KIND))


def file_name(name: str) -> str:
    """Return the name of the file that a system's scores are in: without commas, with underscores for spaces."""
    return f"{name.replace(',', '').replace(' ', '_')}.npz"


def _path(folder: Path | None, name: str) -> Path:
    return (folder or results.FOLDER / "lfw_table") / file_name(name)


def _write(folder: Path | None, name: str, **arrays: np.ndarray) -> Path:
    """Write arrays so that the file is there complete or not at all."""
    path = _path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        np.savez_compressed(part, **arrays)
    return path


def _read(folder: Path | None, name: str) -> dict[str, np.ndarray]:
    """Return the arrays of a file."""
    path = _path(folder, name)
    if not path.exists():
        raise FileNotFoundError(
            f"There are no stored scores {path.name}. Make them with: python -m benchmarks.lfw_table"
        )
    try:
        with np.load(path, allow_pickle=False) as file:
            return {field: file[field] for field in file.files}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        if system_fault(error):
            raise
        raise ValueError(f"{path} is damaged ({error}). Restore it with: git checkout -- {path}") from error
