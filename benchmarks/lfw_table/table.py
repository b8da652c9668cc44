"""Measure, store and print the rows of the table: View 1 for every choice, then View 2 once for each system."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from benchmarks import kept_runs
from benchmarks.fingerprints import code_of
from benchmarks.lfw_table import descriptors, discriminants, networks, olivetti, rules
from benchmarks.lfw_table.photographs import Photographs
from benchmarks.lfw_table.systems import SYSTEMS
from benchmarks.transfer.real_faces import AS_MEASURED, version, with_interval
from benchmarks.transfer.table import as_stored
from course_utils import metrics, pretrained, results
from course_utils.protocols import lfw_folds, lfw_scores

NAME, AREA = "lfw_table", "view1_test_auc"
VIEW1, VIEW2, OLIVETTI = "View 1", "View 2", "Olivetti"


def settings_of(name: str, chosen: dict, photographs: Photographs) -> list:
    """Return all that a system's scores depend on."""
    make = SYSTEMS[name].make
    code = code_of(getattr(make, "func", make), rules, descriptors, discriminants, networks, lfw_folds)
    weights = [pretrained.record()[network]["sha256"] for network in ("embedding", "landmarks")]
    return [name, chosen, repr(getattr(make, "keywords", {})), version(photographs.lfw), weights, *code]


def row_name(view: str, name: str, chosen: dict) -> str:
    """Return the name of a row: a candidate on View 1, or a system on View 2."""
    words = [f"{key} {value}" for key, value in chosen.items()] if view == VIEW1 else []
    return f"{view}: {', '.join([name, *words])}"


def measure_view1(name: str, photographs: Photographs) -> list[dict]:
    """Score a system's candidates on View 1's test pairs; return a row for each."""
    rows, lfw = [], photographs.lfw
    pairs = lfw.pairs["view1_test"]
    people = lfw.labels[pairs.first], lfw.labels[pairs.second]
    for chosen in SYSTEMS[name].candidates:
        scores = rules.score_view1(SYSTEMS[name].make(photographs, **chosen), lfw)
        measured = with_interval(AREA, "dyadic", metrics.roc_auc, scores, *people)
        about = {"row": row_name(VIEW1, name, chosen), "view": VIEW1, "system": name, "candidate": chosen}
        rows.append(about | as_stored(measured) | {"date": results.machine()["date"]})
        print(f"{rows[-1]['row']:70} area {measured[AREA]:.4f}", flush=True)
    return rows


def rows_of(name: str, view: str, rows: Iterable[dict]) -> list[dict]:
    """Return those rows that belong to a system and a view."""
    return [row for row in rows if (row["system"], row["view"]) == (name, view)]


def choice(name: str, rows: Iterable[dict]) -> dict:
    """Return the candidate with the largest area on View 1, of the stored rows; of equal ones the first.

    Raises
    ------
    ValueError
        If not all candidates are stored.
    """
    stored = rows_of(name, VIEW1, rows)
    known = [row["candidate"] for row in stored]
    if missing := [each for each in SYSTEMS[name].candidates if each not in known]:
        raise ValueError(f"{name}: the candidate {missing[0]} was not scored on View 1. Score View 1 first: --view1.")
    return max(stored, key=lambda row: row[AREA])["candidate"]


@lru_cache(maxsize=1)
def photographs_of_this_process() -> Photographs:
    """Return LFW, which each worker loads once."""
    return Photographs()


def train_fold(job: tuple[str, dict, int]) -> None:
    """Train a system for a fold, if that was not done, and keep the fold's scores."""
    name, chosen, fold = job
    photographs = photographs_of_this_process()
    settings = settings_of(name, chosen, photographs)
    rules.kept_fold(SYSTEMS[name].make(photographs, **chosen), photographs.lfw, settings, fold)


def measure_view2(name: str, chosen: dict, photographs: Photographs, workers: int = 0) -> dict:
    """Score a system on View 2, keep the scores of its pairs, and return its row; networks are trained by workers."""
    system, lfw = SYSTEMS[name], photographs.lfw
    trained = system.make(photographs, **chosen)
    if workers and isinstance(trained, rules.Trained) and trained.threshold == rules.NINTH_FOLD:
        folds = np.unique(lfw.pairs["view2"].fold).tolist()
        kept_runs.train_ahead([(name, chosen, fold) for fold in folds], workers, train_fold, kept_runs.use_one_thread)
    lfw_scores.store_pairs(rules.comparisons(lfw))
    lfw_scores.store(name, rules.score_view2(trained, lfw, settings_of(name, chosen, photographs)))
    about = {"row": row_name(VIEW2, name, chosen), "view": VIEW2, "system": name, "column": system.column}
    about |= {"learned_from": system.learned_from, "sees": system.sees, "candidate": chosen}
    about |= {"known_before": system.known} if system.known else {}
    about |= {
        "threshold": trained.threshold if isinstance(trained, rules.Trained) and trained.labelled else "nine folds"
    }
    if system.reports_undetected:
        about["not_detected"] = not_detected(photographs)
    return about | {"date": results.machine()["date"]}


def measure_olivetti(name: str, chosen: dict, photographs: olivetti.WithOlivetti) -> dict:
    """Score a system on Olivetti, and return its row."""
    measured = as_stored(olivetti.measure(name, chosen, photographs))
    about = {"row": row_name(OLIVETTI, name, chosen), "view": OLIVETTI, "system": name, "candidate": chosen}
    if SYSTEMS[name].reports_undetected:
        about["not_detected"] = int((~photographs.whole.detected).sum())
    return about | measured | {"date": results.machine()["date"]}


def not_detected(photographs: Photographs) -> list[int]:
    """Return the pictures of View 2, as places in the sorted list of LFW's files, in which no face was detected."""
    missed = photographs.compared[~photographs.whole.detected]
    return sorted(set(missed.tolist()) & set(photographs.lfw.pairs["view2"].pictures.tolist()))


def stored_rows() -> list[dict]:
    """Return the rows that are stored, none where there is no table yet."""
    return results.read(NAME)["rows"] if NAME in results.names() else []


def keep(rows: list[dict], photographs: Photographs) -> None:
    """Put rows into the stored table, in place of those of the same name."""
    described = {"as_measured": AS_MEASURED, "photographs": version(photographs.lfw)}
    if stored_rows():
        results.replace_rows(NAME, rows, "row", **described)
    else:
        results.store(NAME, rows, **described)


def show(rows: list[dict]) -> None:
    """Print the table."""
    for row in rows:
        print(
            f"{row['system']:32} {row['column']:13} {row['accuracy']:.4f} +- {row['standard_error']:.4f} "
            f"[{row['low']:.4f}, {row['high']:.4f}]  EER {row['eer']:.4f}  "
            f"area {row['auc']:.4f} [{row['auc_low']:.4f}, {row['auc_high']:.4f}]"
        )
