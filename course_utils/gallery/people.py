"""Hold the gallery: enrol people, search, identify, withdraw, save and load."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from os import PathLike
from pathlib import Path

import numpy as np

from course_utils.gallery import files, templates, withdrawal
from course_utils.gallery.answers import Answer, Candidate
from course_utils.gallery.log import Entry, Log, as_json, from_json, now
from course_utils.gallery.roster import Roster
from course_utils.gallery.vector_index import ApproximateIndex, ExactIndex
from course_utils.metrics.identification import NOBODY

STRATEGIES = ("mean", "best")


class Gallery:
    """The people whom somebody may be taken for, each with one or more references.

    Parameters
    ----------
    network : str
        Which network the templates come from: a name, or `network_fingerprint` of a Keras model.
    strategy : {"mean", "best"}
        What is kept of a person's templates.  "mean": their mean direction; a probe is compared with one reference.
        "best": all of them; the most similar one counts; no better (`benchmarks.templates_per_person`).
    index : {"exact", "approximate"}
        How `search` and `identify` look: at everybody, or with `ApproximateIndex`, which needs the library faiss and is
        used from 100,000 references on; below, the exact search is fast enough (`benchmarks.gallery_search`).
    threshold : float, optional
        The score from which on `identify` takes a probe for somebody, unless told otherwise; saved with the gallery.
    clock : callable
        Returns the time in UTC, for the log.

    Notes
    -----
    A call that raises an error changes nothing.  If two programs change a gallery's file, the second gets an error.
    """

    def __init__(
        self,
        network: str,
        strategy: str = "mean",
        index: str = "exact",
        threshold: float | None = None,
        clock: Callable[[], datetime] = now,
    ):
        if not isinstance(network, str) or not network:
            raise ValueError(f"network: expected a name or a fingerprint of the network, got {network!r}.")
        if strategy not in STRATEGIES:
            raise ValueError(f"strategy: expected one of {', '.join(map(repr, STRATEGIES))}, got {strategy!r}.")
        if index not in ("exact", "approximate"):
            raise ValueError(f"index: expected 'exact' or 'approximate', got {index!r}.")
        self.network, self.strategy, self.index = network, strategy, index
        self.threshold = None if threshold is None else float(threshold)
        self.path = None
        self._log = Log(clock=clock)
        self._roster = Roster()
        self._numbers: int | None = None
        self._approximate: ApproximateIndex | None = None
        self._seen: tuple | None = None

    # -- who is in it --------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._roster.people)

    def __contains__(self, name: str) -> bool:
        return name in self._roster.people

    def __repr__(self) -> str:
        where = f", kept in {self.path.name}" if self.path else ""
        return f"Gallery({len(self)} people, {len(self._roster.templates)} references by {self.network!r}{where})"

    @property
    def names(self) -> tuple[str, ...]:
        """Who is enrolled, in the order of enrolment: the columns of `scores`."""
        return tuple(self._roster.people)

    @property
    def references(self) -> np.ndarray:
        """A copy of what is kept of everybody: directions, float32 (rows, numbers), in the order of `names`."""
        return self._roster.templates.rows.copy()

    @property
    def log(self) -> list[Entry]:
        """What happened, the oldest first, with the names of those who are enrolled now."""
        return self._log.shown({person.reference: name for name, person in self._roster.people.items()})

    def columns(self, names: Iterable[str | None]) -> np.ndarray:
        """Return each name's column in `scores`, and `metrics.NOBODY` for who is not in the gallery: int64, (n,)."""
        position = {name: column for column, name in enumerate(self._roster.people)}
        return np.array([position.get(name, NOBODY) for name in names], np.int64)

    # -- enrol ---------------------------------------------------------------------------------------------------------

    def enrol(self, name: str, templates, network: str | None = None) -> None:
        """Enrol somebody.

        Parameters
        ----------
        name : str
            A name that nobody in the gallery has.
        templates : array_like of float, shape (n, numbers)
            What the network makes of one or more pictures of that person; each counts the same.
        network : str, optional
            The network that they come from, which is checked; without it, the caller vouches for them.

        Raises
        ------
        ValueError
            If the name is empty or taken, or the templates are none, of another length, not finite, or all zeros.
        OtherNetworkError
            If they come from another network.
        """
        self._enrol([self._checked_person(name, templates, network)])

    def enrol_labelled(self, templates, labels, names, network: str | None = None) -> None:
        """Enrol everybody in a set of labelled templates, or nobody if there is an error.

        Parameters
        ----------
        templates : array_like of float, shape (n, numbers)
        labels : array_like of int, shape (n,)
            Who is in each picture: positions in `names`.
        names : sequence of str
            As in `FaceDataset.names`; names without a template are left out.
        network : str, optional
            As `enrol` takes it.

        Raises
        ------
        ValueError, OtherNetworkError
            As `enrol` does, or if there is not one label for each template.
        """
        templates, labels = np.asarray(templates), np.asarray(labels)
        if labels.shape != templates.shape[:1]:
            raise ValueError(f"labels: expected one for each of the {len(templates)} templates, got {labels.shape}.")
        if not len(labels):
            raise ValueError("templates: expected at least one template, got none.")
        people = [(self._roster.new_name(names[person]), labels == person) for person in np.unique(labels)]
        if len(dict(people)) < len(people):
            raise ValueError(f"names: two labels have the same name; the names are {[name for name, _ in people]}.")
        self._enrol([self._checked_person(name, templates[theirs], network) for name, theirs in people])

    def _checked_person(self, name: str, values, network: str | None) -> tuple[str, np.ndarray, int]:
        """Return a new name, the references that are kept of somebody's templates, and how many templates there are."""
        name, what = self._roster.new_name(name), f"The templates of {name!r}"
        templates.check_network(self.network, network, what)
        directions = templates.checked(values, what, self._numbers)
        kept = directions if self.strategy == "best" else templates.mean_direction(directions, what)
        return name, kept, len(directions)

    def _enrol(self, people: list[tuple[str, np.ndarray, int]]) -> None:
        """Take checked people in."""
        for name, kept, count in people:
            person = self._roster.add(name, kept)
            if self._approximate is not None:
                self._approximate.add(person.ids, kept)
            self._log.note("enrolled", [person.reference], count)
            self._numbers = kept.shape[1]

    # -- search --------------------------------------------------------------------------------------------------------

    def scores(self, probes, network: str | None = None) -> np.ndarray:
        """Return the score of each probe for each person, as the functions of `metrics` take them.

        Parameters
        ----------
        probes : array_like of float, shape (m, numbers)
        network : str, optional
            As `enrol` takes it.

        Returns
        -------
        ndarray of float64, shape (m, people)
            Cosines, the columns in the order of `names`.

        Raises
        ------
        EmptyGalleryError, OtherNetworkError, ValueError
            As `search` does.
        """
        probes = self._checked_probes(probes, network)
        templates = self._roster.templates
        starts = np.searchsorted(templates.ids, self._roster.layout().starts)
        return templates.highest_by_group(probes, starts).astype(np.float64)

    def search(self, probes, top: int = 5, network: str | None = None) -> list[list[Candidate]]:
        """Return the most similar people to each probe, the most similar one first.

        Parameters
        ----------
        probes : array_like of float, shape (m, numbers)
            What the network makes of one or more pictures.
        top : int
            How many people, at least 1; fewer where the gallery has fewer.
        network : str, optional
            As `enrol` takes it.

        Returns
        -------
        list of list of Candidate
            One list for each probe.

        Raises
        ------
        EmptyGalleryError
            If nobody is enrolled.
        OtherNetworkError
            If the probes come from another network.
        ValueError
            If `top` is less than 1, or the probes are none, of another length, not finite, or all zeros.
        """
        if top < 1:
            raise ValueError(f"top: expected at least 1, got {top}.")
        probes = self._checked_probes(probes, network)
        candidates = self._candidates(probes, top)
        self._log.note("searched", count=len(probes))
        return candidates

    def identify(self, probes, threshold: float | None = None, network: str | None = None) -> list[Answer]:
        """Return who is in each probe: the most similar person, or nobody where the score is below the threshold.

        Parameters
        ----------
        probes, network
            As `search` takes them.
        threshold : float, optional
            From this score on, the probe is taken for that person; without it, the gallery's own.

        Returns
        -------
        list of Answer

        Raises
        ------
        EmptyGalleryError, OtherNetworkError, ValueError
            As `search` does, or if there is no threshold, or it is not a number.
        """
        threshold = self.threshold if threshold is None else threshold
        if threshold is None or np.isnan(threshold):
            raise ValueError(f"threshold: expected a number here or as the gallery's own, got {threshold}.")
        best = [candidates[0] for candidates in self._candidates(self._checked_probes(probes, network), 1)]
        answers = [Answer(each.name if each.score >= threshold else None, each.score) for each in best]
        named = [self._roster.people[answer.name].reference for answer in answers if answer.name is not None]
        self._log.note("identified", named, len(answers))
        return answers

    def _checked_probes(self, probes, network: str | None) -> np.ndarray:
        """Return probes as directions, or say why they cannot be compared."""
        if not self._roster.people:
            raise templates.EmptyGalleryError("The gallery is empty: enrol somebody before you search.")
        templates.check_network(self.network, network, "The probes")
        return templates.checked(probes, "The probes", self._numbers)

    def _candidates(self, probes: np.ndarray, top: int) -> list[list[Candidate]]:
        """Return the most similar people to each probe."""
        layout = self._roster.layout()
        # Of a person with several references, all may come before the next person's.
        count = min((top - 1) * layout.most + 1, len(self._roster.templates))
        scores, ids = self._search_index().search(probes, count)
        return [layout.candidates(*row, top) for row in zip(scores, ids, strict=True)]

    def _search_index(self) -> ExactIndex | ApproximateIndex:
        """Return what is searched in; an approximate index is made at the first search."""
        if self.index == "exact":
            return self._roster.templates
        if self._approximate is None:
            self._approximate = ApproximateIndex(self._roster.templates)
        return self._approximate

    # -- withdraw ------------------------------------------------------------------------------------------------------

    def withdraw(self, name: str) -> withdrawal.Withdrawal:
        """Delete somebody's name and templates, from memory, index and file, and look for what is left.

        The gallery's file, where it has one (`path`), is written again first, with all that has changed since it was
        last saved.

        Parameters
        ----------
        name : str

        Returns
        -------
        Withdrawal
            Which places were searched, and what was found; print it.  It does not hold the name.

        Raises
        ------
        ValueError
            If nobody of that name is enrolled.
        OSError
            If the file cannot be written; then nobody is withdrawn.
        """
        name = self._roster.known_name(name)
        person = self._roster.people[name]
        held = self._roster.templates.of(person.ids)
        entry = self._log.entry("withdrawn", [person.reference], len(held))
        if self.path:
            self._write(self.path, self._content(without=name, noted=entry))
        self._roster.remove(name)
        if self._approximate is not None:
            self._approximate.remove(person.ids)
        self._log.entries.append(entry)
        return withdrawal.look(name, person, held, entry, self._roster, self._log, self._approximate, self.path)

    # -- files ---------------------------------------------------------------------------------------------------------

    def save(self, path: str | PathLike | None = None) -> None:
        """Write the gallery and its log to a file, as a whole or not at all; from then on it is the gallery's file.

        Parameters
        ----------
        path : path-like, optional
            A name that ends in ``.npz``; what is there is replaced.  Without it, the file that the gallery was loaded
            from or last saved to.

        Raises
        ------
        ValueError
            If there is no path, or it ends otherwise.
        GalleryFileError
            If another program has changed the file since then: saving might bring back somebody who was withdrawn.
        OSError
            If the disk refuses; the file that was there before is then unchanged.
        """
        if path is None and self.path is None:
            raise ValueError("path: this gallery has no file yet, so say where to save it.")
        path = self.path if path is None else files.checked_path(path)
        self._write(path, self._content())
        self.path = path

    @classmethod
    def load(
        cls,
        path: str | PathLike,
        network: str | None = None,
        index: str = "exact",
        clock: Callable[[], datetime] = now,
    ) -> Gallery:
        """Return the gallery that `save` wrote.

        Parameters
        ----------
        path : path-like
        network : str, optional
            The network that the templates must come from; without it, the network named in the file is trusted.
        index, clock
            As the class takes them.

        Raises
        ------
        FileNotFoundError
            If there is no such file.
        GalleryFileError
            If it is damaged, or no gallery.
        OtherNetworkError
            If its templates come from another network.
        """
        path = files.checked_path(path)
        seen = files.signature(path)
        content = files.read(path)
        templates.check_network(content.about["network"], network, f"The templates to be compared with {path.name}")
        about = content.about
        gallery = cls(about["network"], about["strategy"], index, about["threshold"], clock)
        gallery.path, gallery._seen = path, seen
        gallery._log = Log(from_json(content.about["log"]), clock)
        gallery._numbers = content.about["numbers"]
        gallery._roster = Roster.of_parts(content.references, content.owners, content.about["people"])
        return gallery

    def _content(self, without: str | None = None, noted: Entry | None = None) -> files.Content:
        """Return what goes into the file, without a person and with another entry of the log where asked."""
        references, owners, people = self._roster.parts(without)
        entries = [*self._log.entries, *([noted] if noted else [])]
        about = {
            "network": self.network,
            "strategy": self.strategy,
            "threshold": self.threshold,
            "numbers": self._numbers,
            "people": people,
            "log": as_json(entries),
        }
        return files.Content(references, owners, about)

    def _write(self, path: Path, content: files.Content) -> None:
        """Write the file, unless somebody else has changed it since this gallery last saw it."""
        if path == self.path and files.signature(path) not in (self._seen, None):
            raise files.GalleryFileError(
                f"{path} was changed by another program in the meantime. Load it again, and repeat what you changed."
            )
        files.write(path, content)
        self._seen = files.signature(path)
