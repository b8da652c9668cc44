"""Measure, print and store the rows of a table."""

import argparse
from dataclasses import asdict, replace
from pathlib import Path

import keras

from benchmarks.transfer.baselines import baselines
from benchmarks.transfer.embeddings import network_embedding
from benchmarks.transfer.people import People, load_people
from benchmarks.transfer.real_faces import AS_MEASURED, CENTRED, RealFaces
from benchmarks.transfer.recipe import Recipe
from benchmarks.transfer.training import train, untrained
from course_utils import environment, results
from course_utils.datasets import FaceDataset, storage


def row(method: str, runs: list[dict], **settings) -> dict:
    """Return a row of the table: every run (one per seed), as it is stored, and what was set."""
    return {"method": method, "runs": [as_stored(run) for run in runs], "date": results.machine()["date"], **settings}


def as_stored(run: dict) -> dict:
    """Return the scores of one training, rounded, its intervals apart."""
    scores = {name: value for name, value in run.items() if not isinstance(value, dict)}
    intervals = {name.removesuffix("_interval"): value for name, value in run.items() if isinstance(value, dict)}
    return rounded(scores) | {results.AS_MEASURED: rounded(intervals)}


def rounded(value):
    """Return a value with all numbers in it rounded."""
    if isinstance(value, dict):
        return {name: rounded(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [rounded(entry) for entry in value]
    return round(value, results.DIGITS) if isinstance(value, float) else value


def intervals(rows: list[dict]) -> dict[str, list[str]]:
    """Return by which method of `results.complete` each score of the runs becomes a number of the table."""
    scores = dict.fromkeys(
        name for row in rows for run in row.get("runs", []) for name in run if name != results.AS_MEASURED
    )
    by_fold = [name for name in scores if name.endswith("_by_fold")]
    return {
        "mean": [name for name in scores if name not in by_fold],
        "folds": [name.removesuffix("_by_fold") for name in by_fold],
    }


def show(row: dict) -> None:
    """Print the lines of a method: its scores as it is, and centred."""
    row = results.complete(row, intervals([row]))
    print(row["method"])
    for prefix, how in (("", "as it is"), (CENTRED, "centred")):
        scores = {name.removeprefix(prefix): value for name, value in row.items() if name.startswith(prefix)}
        print(f"  {how:8s} {'  '.join(in_words(scores))}", flush=True)


def in_words(scores: dict) -> list[str]:
    """Return the scores of a method as words: accuracies with their standard errors, the others with intervals."""
    words = [f"View 1 {scores['view1_accuracy']:.3f}"]
    for prefix, name in (("view2", "View 2"), ("view2_grey", "in grey")):
        if f"{prefix}_accuracy" in scores:
            accuracy, error = scores[f"{prefix}_accuracy"], scores[f"{prefix}_standard_error"]
            words.append(f"{name} {accuracy:.3f} +- {error:.3f} AUC {scores[f'{prefix}_auc']:.3f}")
    for key, name in (("view1_auc", "View 1 AUC"), ("olivetti_auc", "Olivetti AUC"), ("olivetti_eer", "EER")):
        if key in scores:
            words.append(f"{name} {scores[key]:.3f} [{scores[f'{key}_low']:.3f}, {scores[f'{key}_high']:.3f}]")
    return words


def measure_simple(faces: FaceDataset, real: RealFaces, seeds: list[int]) -> list[dict]:
    """Score what is not trained to tell people apart; print each row when it is known, return them all."""
    rows = []
    for method, make in baselines(faces, real.lfw).items():
        rows.append(row(method, [real.score(make())]))
        show(rows[-1])
    runs = [real.score(network_embedding(untrained(faces, Recipe(), seed))) for seed in seeds]
    rows.append(row("network, untrained", runs, seeds=seeds))
    show(rows[-1])
    return rows


def measure(method: str, chosen: People, recipe: Recipe, real: RealFaces, seeds: list[int], folder: Path) -> dict:
    """Train one network per seed and score them; print the row and return it."""
    faces = load_people(chosen)
    runs = [
        real.score(network_embedding(train(faces, recipe, seed, folder)))
        for seed in environment.progress(seeds, "seeds")
    ]
    settings = {"people": asdict(chosen), "recipe": asdict(recipe), "backend": keras.backend.backend()}
    measured = row(method, runs, seeds=seeds, pictures=len(faces), **settings)
    show(measured)
    return measured


def record(program: str, rows: list[dict], options: argparse.Namespace, photographs: str) -> None:
    """Store a table, or the rows of it that were measured; nothing where the command line asked for something else."""
    described = {"intervals": intervals(rows), "as_measured": AS_MEASURED, "photographs": photographs}
    if options.stored and options.only:
        results.replace_rows(program, rows, "method", **described)
    elif options.stored:
        results.store(program, rows, **described)


def measure_all(networks: dict[str, tuple[People, Recipe]], real: RealFaces, options: argparse.Namespace) -> list[dict]:
    """Train and score the networks that the command line wants; print each row when it is known, return them all."""
    folder = storage.cache_folder() / "transfer"
    rows = []
    wanted = [method for method in networks if not options.only or method in options.only]
    for method in environment.progress(wanted, "networks"):
        chosen, recipe = networks[method]
        rows.append(measure(method, chosen, replace(recipe, **options.changes), real, options.seeds, folder))
    return rows
