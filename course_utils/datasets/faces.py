"""Define what every loaded set of faces is: pictures, labels, names, and one row of attributes per picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of pictures to compare, as a published protocol lists them.

    Attributes
    ----------
    first, second : ndarray of int64, shape (n_pairs,)
        Indices into the ``images`` of the set that the pairs belong to.
    same : ndarray of bool, shape (n_pairs,)
        True where both pictures show the same person.
    fold : ndarray of int64, shape (n_pairs,)
        Number of the fold, from 0; 0 throughout where the protocol has no folds.
    """

    first: np.ndarray
    second: np.ndarray
    same: np.ndarray
    fold: np.ndarray

    def __post_init__(self):
        for field, dtype in (("first", np.int64), ("second", np.int64), ("same", np.bool_), ("fold", np.int64)):
            values = np.array(getattr(self, field), dtype=dtype)
            if values.ndim != 1 or len(values) != len(self.first):
                raise ValueError(f"Pairs.{field}: expected one value per pair, got the shape {values.shape}.")
            object.__setattr__(self, field, _read_only(values))

    def __len__(self) -> int:
        return len(self.first)

    @property
    def pictures(self) -> np.ndarray:
        """The indices of all pictures that are in some pair, each once, rising: int64, shape (n_pictures,)."""
        return np.unique(np.concatenate([self.first, self.second]))

    def subset(self, chosen: np.ndarray) -> Pairs:
        """Return some of the pairs.

        Parameters
        ----------
        chosen : ndarray of bool, shape (n_pairs,), or of int
            A mask, or the numbers of the pairs.
        """
        return Pairs(self.first[chosen], self.second[chosen], self.same[chosen], self.fold[chosen])

    def __repr__(self) -> str:
        return f"Pairs({len(self)} pairs, {int(self.same.sum())} of the same person, {len(set(self.fold))} folds)"


class PairSets(dict):
    """The pairs of a set, by the name of the protocol; an unknown name is refused with the reason.

    Parameters
    ----------
    pairs : dict of str to Pairs
    reason : str
        Why there are none, for the error message.
    """

    def __init__(self, pairs: dict[str, Pairs] | None = None, reason: str = "this set has no pairs"):
        super().__init__(pairs or {})
        self.reason = reason

    def __missing__(self, view: str):
        known = f"the names are {', '.join(self)}" if self else self.reason
        raise LookupError(f"There are no pairs named {view!r}: {known}.")


@dataclass(frozen=True, eq=False, repr=False)
class FaceDataset:
    """Face pictures with their labels.

    The arrays are read-only: an exercise that would write into them gets an error instead of changing what the next
    cell sees.  Work on a copy (``dataset.images.astype("float32") / 255`` is one).

    Attributes
    ----------
    images : ndarray of uint8, shape (n, height, width, 3)
        RGB, 0 to 255.  Grey sets have three equal channels.
    labels : ndarray of int64, shape (n,)
        The label of each picture; ``names[label]`` is what it stands for.
    names : tuple of str
        A part of a set keeps all the names, so that labels mean the same in every part.
    attributes : pandas.DataFrame
        One row per picture: file name, number, what else is known.
    name, description, licence, provenance : str
        What the set is called, what it shows, what may be done with it, and where it comes from.
    label_noun : str
        What one label stands for, in the plural: "people", or "classes".
    pairs : PairSets
        Pairs to compare, where the set has a protocol (``dataset.pairs["view2"]``); empty otherwise.
    refused : tuple of (str, str)
        Files that were left out, each with the reason ("folder" only).
    """

    images: np.ndarray
    labels: np.ndarray
    names: tuple[str, ...]
    attributes: pd.DataFrame | None = None
    name: str = "faces"
    description: str = ""
    licence: str = ""
    provenance: str = ""
    label_noun: str = "people"
    pairs: PairSets | None = None
    refused: tuple[tuple[str, str], ...] = ()

    def __post_init__(self):
        import pandas as pd

        attributes = pd.DataFrame(index=range(len(self.images))) if self.attributes is None else self.attributes
        _check_images(self.images)
        _check_labels(self.labels, self.names, len(self.images))
        if len(attributes) != len(self.images):
            raise ValueError(
                f"attributes: expected one row per picture ({len(self.images)}), got {len(attributes)} rows."
            )
        object.__setattr__(self, "images", _read_only(self.images))
        object.__setattr__(self, "labels", _read_only(self.labels))
        object.__setattr__(self, "names", tuple(str(name) for name in self.names))
        object.__setattr__(self, "attributes", attributes.reset_index(drop=True))
        object.__setattr__(self, "pairs", PairSets() if self.pairs is None else self.pairs)
        object.__setattr__(self, "refused", tuple(self.refused))

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        height, width = self.images.shape[1:3]
        per_label = np.bincount(self.labels)
        per_label = per_label[per_label > 0]
        fewest, most = int(per_label.min()), int(per_label.max())
        each = f"{fewest} to {most} pictures each" if fewest < most else f"{most} picture{'s' * (most > 1)} each"
        lines = [
            f"FaceDataset {self.name!r}: {self.description}",
            f"  pictures:   {len(self)}, each {height} x {width} pixels, RGB, uint8",
            f"  labels:     {len(per_label)} {self.label_noun}, {each}",
        ]
        if self.pairs:
            lines.append(f"  pairs:      {', '.join(f'{view} ({len(pairs)})' for view, pairs in self.pairs.items())}")
        if self.refused:
            lines.append(f"  refused:    {len(self.refused)} files, listed with reasons in .refused")
        lines += [f"  provenance: {self.provenance}", f"  licence:    {self.licence}"]
        return "\n".join(lines)

    def subset(self, indices: Sequence[int] | np.ndarray) -> FaceDataset:
        """Return the pictures at ``indices``, in that order, as a set of their own.

        Labels and names stay as they are (see `renumber`).  Pairs are left behind: they index the full set.

        Parameters
        ----------
        indices : sequence of int, or of bool with one value per picture

        Raises
        ------
        IndexError
            If an index is out of range.
        """
        indices = np.asarray(indices)
        if indices.dtype == bool:
            if indices.shape != (len(self),):
                raise IndexError(f"A mask needs one value per picture ({len(self)}), got the shape {indices.shape}.")
            indices = np.flatnonzero(indices)
        if indices.ndim != 1 or len(indices) == 0 or not np.issubdtype(indices.dtype, np.integer):
            raise IndexError(f"Expected a list of at least one whole number, got {indices!r}.")
        if indices.min() < -len(self) or indices.max() >= len(self):
            raise IndexError(f"An index is out of range: the set has {len(self)} pictures, 0 to {len(self) - 1}.")
        reason = "this is a part of the set, and pairs index the full one" if self.pairs else self.pairs.reason
        return replace(
            self,
            images=self.images[indices],
            labels=self.labels[indices],
            attributes=self.attributes.iloc[indices],
            pairs=PairSets(reason=reason),
        )

    def renumber(self) -> FaceDataset:
        """Return the set with labels 0, 1, 2, ... for the names that occur in it, and those names only."""
        present, labels = np.unique(self.labels, return_inverse=True)
        return replace(self, labels=labels.astype(np.int64), names=tuple(self.names[label] for label in present))

    def split(
        self, test_size: float = 0.25, by: str = "image", seed: int = 0, validation_size: float = 0
    ) -> tuple[FaceDataset, ...]:
        """Split the set into a training, a test and, where asked for, a validation part, in shuffled order.

        Parameters
        ----------
        test_size, validation_size : float or int
            A fraction of the whole (between 0 and 1), or a number: of pictures by image, of labels by identity.
        by : {"image", "identity"}
            ``"image"``: each part has about the same mixture of labels (stratified).  For "which of these people?".
            ``"identity"``: no label is in two parts.  For "are these two the same, whoever they are?".
        seed : int
            The same seed gives the same parts.

        Returns
        -------
        (train, test), or (train, validation, test) with a ``validation_size``.

        Raises
        ------
        ValueError
            If a part would be empty, or a label has too few pictures to be in every part.
        """
        if by not in ("image", "identity"):
            raise ValueError(f'by: expected "image" or "identity", got {by!r}.')
        people, group = np.unique(self.labels, return_inverse=True)
        total = len(self) if by == "image" else len(people)
        sizes = [_count("test_size", test_size, total)]
        if validation_size != 0:
            sizes.append(_count("validation_size", validation_size, total))
        if sum(sizes) >= total:
            noun = "pictures" if by == "image" else "labels"
            raise ValueError(f"Nothing is left to train on: {total} {noun}, of which {sum(sizes)} are held out.")

        parts = _split_images(self, sizes, seed) if by == "image" else _split_people(sizes, group, seed)
        titles = ("train", "test") if len(sizes) == 1 else ("train", "validation", "test")
        return tuple(
            replace(self.subset(part), name=f"{self.name}, {title} part")
            for title, part in zip(titles, parts, strict=True)
        )


def _read_only(values: np.ndarray) -> np.ndarray:
    """Return a view that cannot be written through; the caller's own array stays as it is."""
    view = values.view()
    view.flags.writeable = False
    return view


def _check_images(images: np.ndarray) -> None:
    """Raise a ValueError unless ``images`` is a non-empty uint8 array of shape (n, height, width, 3)."""
    shape, dtype = getattr(images, "shape", None), getattr(images, "dtype", None)
    if not isinstance(images, np.ndarray) or dtype != np.uint8 or len(shape) != 4 or shape[-1] != 3:
        found = f"{dtype} of shape {shape}" if isinstance(images, np.ndarray) else type(images).__name__
        raise ValueError(f"images: expected uint8 of shape (n, height, width, 3), got {found}.")
    if 0 in shape:
        raise ValueError(f"images: expected at least one picture, got the shape {shape}.")


def _check_labels(labels: np.ndarray, names: Sequence[str], n_images: int) -> None:
    """Raise a ValueError unless there is one int64 label per picture, each with a name."""
    if not isinstance(labels, np.ndarray) or labels.dtype != np.int64 or labels.shape != (n_images,):
        found = f"{labels.dtype} of shape {labels.shape}" if isinstance(labels, np.ndarray) else type(labels).__name__
        raise ValueError(f"labels: expected int64 of shape ({n_images},), one per picture, got {found}.")
    if labels.min() < 0 or labels.max() >= len(names):
        raise ValueError(
            f"labels: expected numbers from 0 to {len(names) - 1}, one for each of the {len(names)} names, "
            f"got {labels.min()} to {labels.max()}."
        )
    if len(set(names)) != len(names):
        raise ValueError("names: the same name stands for two labels.")


def _count(argument: str, size: float, total: int) -> int:
    """Turn a share or a number into a number, rounding a share up as scikit-learn does."""
    if isinstance(size, int | np.integer) and not isinstance(size, bool) and size > 0:
        return int(size)
    if isinstance(size, float) and 0 < size < 1:
        return int(np.ceil(size * total))
    raise ValueError(f"{argument}: expected a share between 0 and 1 or a positive whole number, got {size!r}.")


def _split_images(dataset: FaceDataset, sizes: list[int], seed: int) -> list[np.ndarray]:
    """Return the indices of train, (validation,) test, each with about the same mixture of labels."""
    from sklearn.model_selection import train_test_split

    rest, parts = np.arange(len(dataset)), []
    for size in sizes:
        labels = dataset.labels[rest]
        _check_stratified(dataset, labels, size)
        rest, part = train_test_split(rest, test_size=size, stratify=labels, random_state=seed)
        parts.insert(0, part)
    return [rest, *parts]


def _check_stratified(dataset: FaceDataset, labels: np.ndarray, size: int) -> None:
    """Raise a ValueError that says what to do where a split by image cannot be stratified."""
    present, counts = np.unique(labels, return_counts=True)
    if counts.min() < 2:
        alone = dataset.names[present[counts.argmin()]]
        raise ValueError(
            f"Too few pictures to split by image: {int((counts < 2).sum())} of {len(present)} labels have a single "
            f"picture to share between two parts, {alone!r} among them. "
            'Leave those labels out, hold out fewer pictures, or split by="identity".'
        )
    smaller = min(size, len(labels) - size)
    if smaller < len(present):
        raise ValueError(
            f"Too small a part to split by image: {smaller} pictures cannot show {len(present)} labels. "
            'Ask for a larger part, or split by="identity".'
        )


def _split_people(sizes: list[int], group: np.ndarray, seed: int) -> list[np.ndarray]:
    """Return the indices of train, (validation,) test, so that each label is in one part only."""
    from sklearn.model_selection import train_test_split

    people, parts = np.arange(group.max() + 1), []
    for size in sizes:
        people, part = train_test_split(people, test_size=size, random_state=seed)
        parts.insert(0, part)
    shuffle = np.random.default_rng(seed).permutation
    return [shuffle(np.flatnonzero(np.isin(group, part))) for part in (people, *parts)]
