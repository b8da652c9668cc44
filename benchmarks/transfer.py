"""What a network that was trained on rendered people only, and has never seen a real face, does with real faces.

Run it from the repository: ``python -m benchmarks.transfer`` (``--help`` lists the options).  It needs LFW and Olivetti
(downloaded on first use, or found through the variable SCIKIT_LEARN_DATA), and renders the sets that do not come with
the course, the larger one in half an hour.  On two cores the whole table takes hours: trained networks and rendered
sets are kept in the course's cache, and what was interrupted goes on where it stopped: run the same command again.

Protocol.  Everything was chosen on LFW's View 1: ``--view1`` scores that alone and stores nothing.  View 2 (ten folds,
the threshold of each from the other nine) and Olivetti (all pairs) are for the table, not for choices: they were scored
once for each row, when its recipe stood.  The last row's was chosen when the View 2 of the others was known, on View 1
alone.  What makes a set good to learn from, `benchmarks.transfer_ablations` asks, on View 1 too; and what can be gained
with the last network as it is, `benchmarks.transfer_comparison`.  By LFW's terms this is "labeled outside data": no LFW
picture is trained on, except by the one baseline whose name says so.

At test time the embeddings of a picture and of its mirror image are added, and two pictures are compared by the cosine.
Every method is scored twice: as it is; and "centred", less its mean over the pictures of View 1's training pairs.  That
mean is 128 numbers from real faces, without a name or a label: no training, but no longer no real face at all.  It
takes away what all photographs have in common and no rendered picture has.

LFW is cut to its "face" crop, which rendered pictures are framed like.  Olivetti's faces are larger in their frame:
each picture is shrunk and its edge pixels are repeated, so that the eyes and mouth of the mean Olivetti face come to
lie where those of the mean face of LFW's View 1 lie.  No identity is used for this.
"""

from course_utils import environment

environment.setup()

import argparse
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from pathlib import Path

import keras
import numpy as np
import pandas as pd
from PIL import Image
from skimage.feature import hog
from sklearn.decomposition import PCA

from benchmarks.fingerprints import code_of, fingerprint
from course_utils import augmentation, losses, metrics, models, networks, results, training
from course_utils.datasets import FaceDataset, Pairs, load_faces, rendered, storage
from tools.rendered_set import people, plan, store

SIZE, MIDDLE = 64, slice(4, 60)  # pictures are 64 x 64; like the network, the baselines look at the middle 56 x 56
# Where Olivetti's picture lies in LFW's frame, in its 64 x 64 pixels: the similarity that best takes eyes and mouth of
# one mean face (at .256 .26, .75 .26, .503 .734 of the side) to those of the other (.335 .335, .685 .335, .51 .72).
OLIVETTI_SIZE, OLIVETTI_TOP, OLIVETTI_LEFT = 49, 9, 8
LUMA = np.array(augmentation.LUMA)

CENTRED = "centred_"  # begins the names of the scores of embeddings less their mean over real faces
SIDES = ("first", "second")  # of a pair

# Read when this module is: a file that is edited while the benchmark runs is not what was run.
CODE = code_of(augmentation, losses, models)

Embed = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class People:
    """Whom a network is trained on.

    Attributes
    ----------
    people, per_person
        How many, and pictures of each: the first ones of the plan.
    of, seed, looks, fixed
        The plan, as `tools.rendered_set.plan.make_plan` takes it; by default that of the embedded set.
    sets
        How many such sets: those of `seed` and the numbers after it.
    """

    people: int = plan.PEOPLE
    per_person: int = plan.PICTURES
    of: int = plan.PEOPLE
    seed: int = plan.SEED
    looks: int = plan.LOOKS
    fixed: str = ""
    sets: int = 1


@dataclass(frozen=True)
class Recipe:
    """How a network is trained; no default was chosen on anything but LFW's View 1.

    Attributes
    ----------
    shown
        How many pictures are shown in training, the same ones again and again: in whole passes over the set.
    augmented
        False: the pictures are only mirrored.
    margin, scale
        Of CosFace.
    learning_rate, weight_decay, batch_size
        Of SGD with Nesterov momentum 0.9: the rate rises over the first 5 % of the steps, then falls along a cosine.
        Keras takes ``weight_decay * learning_rate`` of a weight away at each step, outside the momentum.
    width, precision
        Of the network.
    start
        A network that comes with the course (`course_utils.networks`): the training goes on from its weights.  Empty:
        it begins with random ones.
    """

    shown: int = 67_200
    augmented: bool = True
    margin: float = 0.25
    scale: float = 24.0
    learning_rate: float = 0.05
    weight_decay: float = 5e-3
    batch_size: int = 128
    width: int = 16
    precision: str = "float32"
    start: str = ""


BASELINES = "baselines"  # what `--only` calls the rows that are not trained
# The other rows of the table: whom the network is trained on, and how.
NETWORKS = {
    "network": (People(), Recipe(shown=192_000)),
    "network, larger set": (People(people=2000, of=2000, seed=1), Recipe(shown=560_000)),
    "network, twice the people, trained further": (
        People(people=2000, of=2000, seed=1, sets=2),
        Recipe(shown=800_000, batch_size=64, learning_rate=0.04, start="embedding_first"),
    ),
}


def load_people(chosen: People) -> FaceDataset:
    """Return the rendered people to train on, at 64 x 64; those that do not come with the course are rendered first."""
    if chosen.sets > 1:
        seeds = range(chosen.seed, chosen.seed + chosen.sets)
        return together([load_people(replace(chosen, seed=seed, sets=1)) for seed in seeds])
    embedded = replace(chosen, people=plan.PEOPLE, per_person=plan.PICTURES) == People()
    path = None if embedded else rendered_set(chosen)
    return load_faces("rendered", people=chosen.people, pictures=chosen.per_person, size=SIZE, path=path)


def together(sets: list[FaceDataset]) -> FaceDataset:
    """Return sets of different people as one; its names say which set somebody is of."""
    before = np.cumsum([0, *(len(faces.names) for faces in sets)])
    return replace(
        sets[0],
        images=np.concatenate([faces.images for faces in sets]),
        labels=np.concatenate([faces.labels + start for faces, start in zip(sets, before[:-1], strict=True)]),
        names=tuple(f"{number}: {name}" for number, faces in enumerate(sets) for name in faces.names),
        attributes=pd.concat([faces.attributes for faces in sets]),
    )


def rendered_set(chosen: People) -> Path:
    """Render a set into the cache, if it is not there yet; return its folder."""
    settings = f"{chosen.people}-of-{chosen.of}-seed-{chosen.seed}-looks-{chosen.looks}-{chosen.fixed or 'varied'}"
    folder = storage.cache_folder() / "transfer_people" / f"{settings}-{people.renderer_fingerprint()}"
    if not (folder / rendered.SUMS).exists():  # the last file that is written
        whole = plan.make_plan(chosen.of, looks=chosen.looks, seed=chosen.seed, fixed=chosen.fixed)
        store.build_set(replace(whole, people=whole.people[: chosen.people]), folder)
    return folder


def shrink(images: np.ndarray, size: int) -> np.ndarray:
    """Scale pictures to size x size pixels, averaging over the pixels that become one."""
    if images.shape[1:3] == (size, size):
        return images
    resize = partial(Image.Image.resize, size=(size, size), resample=Image.Resampling.BICUBIC)
    return np.stack([np.asarray(resize(Image.fromarray(image))) for image in images])


def framed_like_lfw(images: np.ndarray) -> np.ndarray:
    """Shrink Olivetti's pictures into LFW's frame and repeat their edges around them."""
    after = SIZE - OLIVETTI_SIZE
    borders = ((0, 0), (OLIVETTI_TOP, after - OLIVETTI_TOP), (OLIVETTI_LEFT, after - OLIVETTI_LEFT), (0, 0))
    return np.pad(shrink(images, OLIVETTI_SIZE), borders, mode="edge")


def in_grey(images: np.ndarray) -> np.ndarray:
    """Return pictures without colour, in three equal channels."""
    return np.repeat((images @ LUMA).round().astype(np.uint8)[..., np.newaxis], 3, axis=-1)


# -- networks ----------------------------------------------------------------------------------------------------------


def build(n_people: int, recipe: Recipe, steps: int, seed: int) -> tuple[keras.Model, keras.Model]:
    """Return the network, and the same network as it is trained: augmentation before it, cosines after it."""
    keras.utils.set_random_seed(seed)
    keras.config.set_dtype_policy(recipe.precision)
    network = models.embedding_network((SIZE, SIZE, 3), width=recipe.width)
    keras.config.set_dtype_policy("float32")
    change = augmentation.transfer_pipeline(seed) if recipe.augmented else keras.layers.RandomFlip("horizontal")
    pictures = keras.Input((SIZE, SIZE, 3))
    trained = keras.Model(pictures, losses.CosineLogits(n_people)(network(change(pictures))))
    warm_up = max(1, steps // 20)
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - warm_up), warmup_target=recipe.learning_rate, warmup_steps=warm_up
    )
    trained.compile(
        optimizer=keras.optimizers.SGD(rate, momentum=0.9, nesterov=True, weight_decay=recipe.weight_decay),
        loss=losses.CosFace(recipe.margin, recipe.scale),
        metrics=["accuracy"],
    )
    return network, trained


def train(faces: FaceDataset, recipe: Recipe, seed: int, folder: Path) -> keras.Model:
    """Return the network trained on rendered faces, from `folder` if it was trained before.

    An interrupted training of the same pictures, recipe and seed goes on where its last whole epoch ended.
    """
    name = training_name(faces, recipe, seed)
    epochs = max(1, round(recipe.shown / len(faces)))
    batches = training.Batches(faces.images, faces.labels, batch_size=recipe.batch_size, seed=seed)
    network, trained = build(len(faces.names), recipe, steps=epochs * len(batches), seed=seed)
    weights = folder / f"{name}.weights.h5"
    if not weights.exists():
        folder.mkdir(parents=True, exist_ok=True)
        if recipe.start:
            network.set_weights(networks.load_network(recipe.start).get_weights())
        callbacks = [training.Resume(batches, folder / name), training.progress_bar()]
        history = trained.fit(batches, epochs=epochs, shuffle=False, callbacks=callbacks, verbose=0).history
        (folder / f"{name}.json").write_text(json.dumps(history) + "\n", encoding="utf-8")
        network.save_weights(weights)
    network.load_weights(weights)
    return network


def training_name(faces: FaceDataset, recipe: Recipe, seed: int) -> str:
    """Return a name that differs where pictures, people, recipe, seed, backend, first weights or the code differ."""
    start = networks.record()[recipe.start]["sha256"] if recipe.start else ""
    return fingerprint(faces, asdict(recipe), seed, CODE, start)


def untrained(faces: FaceDataset, recipe: Recipe, seed: int) -> keras.Model:
    """Return the network with random weights; only batch normalisation has seen pictures, rendered ones."""
    network, _ = build(len(faces.names), recipe, steps=1, seed=seed)
    order = np.random.default_rng(seed).permutation(len(faces))
    for start in range(0, min(len(faces), 40 * recipe.batch_size), recipe.batch_size):
        network(faces.images[order[start : start + recipe.batch_size]], training=True)
    return network


def network_embedding(network: keras.Model) -> Embed:
    """Return a function that adds the embeddings of each picture and of its mirror image."""

    def embed(images: np.ndarray) -> np.ndarray:
        return sum(network.predict(version, batch_size=256, verbose=0) for version in (images, images[:, :, ::-1]))

    return embed


# -- baselines: none of them learns to tell people apart ---------------------------------------------------------------


def grey_middle(images: np.ndarray) -> np.ndarray:
    """Return the middle of each picture as a grey row of mean 0 and standard deviation 1."""
    rows = (images[:, MIDDLE, MIDDLE] @ LUMA).reshape(len(images), -1)
    rows = rows - rows.mean(axis=1, keepdims=True)
    return rows / np.maximum(rows.std(axis=1, keepdims=True), 1e-6)


def eigenfaces(images: np.ndarray, components: int = 200) -> Embed:
    """Return the projection on the whitened principal components of these pictures."""
    rows = grey_middle(images)
    projection = PCA(min(components, *rows.shape), whiten=True, svd_solver="randomized", random_state=0).fit(rows)
    return lambda others: projection.transform(grey_middle(others))


def gradients(images: np.ndarray) -> np.ndarray:
    """Return histograms of oriented gradients of the pictures' middles, 7 x 7 cells of 8 x 8 pixels."""
    describe = partial(hog, pixels_per_cell=(8, 8), cells_per_block=(2, 2), transform_sqrt=True)
    return np.stack([describe(image[MIDDLE, MIDDLE] @ LUMA) for image in images])


def centred_gradients(images: np.ndarray) -> Embed:
    """Return the histograms less their mean over these pictures, without which all faces are much alike."""
    mean = gradients(images).mean(axis=0)
    return lambda others: gradients(others) - mean


# -- scores ------------------------------------------------------------------------------------------------------------


def compare(embed: Embed, images: np.ndarray, pairs: Pairs) -> np.ndarray:
    """Return the cosine of each pair, embedding only pictures that some pair needs."""
    used, places = np.unique(np.concatenate([pairs.first, pairs.second]), return_inverse=True)
    first, second = np.split(places, 2)
    return metrics.cosine_similarity(embed(images[used]), first, second)


def score_view1(embed: Embed, lfw: FaceDataset) -> dict[str, float]:
    """Score View 1: the AUC of all its pairs, with an interval by identity; the accuracy on its test pairs.

    The accuracy's threshold is that of the training pairs.
    """
    train_pairs, test_pairs = lfw.pairs["view1_train"], lfw.pairs["view1_test"]
    train_scores, test_scores = (compare(embed, lfw.images, pairs) for pairs in (train_pairs, test_pairs))
    threshold = metrics.best_threshold(train_scores, train_pairs.same)
    first, second = (np.concatenate([getattr(each, side) for each in (train_pairs, test_pairs)]) for side in SIDES)
    return {
        "view1_accuracy": float(np.mean((test_scores >= threshold) == test_pairs.same)),
        **with_interval("view1_auc", metrics.roc_auc, np.concatenate([train_scores, test_scores]),
                        lfw.labels[first], lfw.labels[second]),
    }  # fmt: skip


def with_interval(name: str, measure: Callable, scores: np.ndarray, first_person, second_person) -> dict[str, float]:
    """Return a measure of comparisons, and the bounds of its interval by identity."""
    low, high = metrics.identity_interval(measure, scores, first_person, second_person)
    return {name: measure(scores, first_person == second_person), f"{name}_low": low, f"{name}_high": high}


def score_view2(embed: Embed, lfw: FaceDataset) -> dict[str, float]:
    """Score View 2 in colour and in grey: the official accuracy with its standard error, and the AUC of all pairs."""
    pairs = lfw.pairs["view2"]
    scored = {}
    for prefix, change in (("view2", np.asarray), ("view2_grey", in_grey)):
        scores = compare(lambda images, change=change: embed(change(images)), lfw.images, pairs)
        accuracy, error = metrics.ten_fold_accuracy(scores, pairs.same, pairs.fold)
        scored[f"{prefix}_accuracy"], scored[f"{prefix}_standard_error"] = accuracy, error
        scored[f"{prefix}_auc"] = metrics.roc_auc(scores, pairs.same)
    return scored


def score_olivetti(embed: Embed, olivetti: FaceDataset) -> dict[str, float]:
    """Score all pairs of Olivetti: AUC and equal error rate, with intervals by identity."""
    first, second, _ = metrics.all_pairs(olivetti.labels)
    scores = metrics.cosine_similarity(embed(framed_like_lfw(olivetti.images)), first, second)
    who = olivetti.labels[first], olivetti.labels[second]
    return {
        **with_interval("olivetti_auc", metrics.roc_auc, scores, *who),
        **with_interval("olivetti_eer", metrics.equal_error_rate, scores, *who),
    }


@dataclass(frozen=True)
class RealFaces:
    """The real faces, and whether only View 1 may be looked at."""

    lfw: FaceDataset
    olivetti: FaceDataset | None = None

    def score(self, embed: Embed) -> dict[str, float]:
        """Return all scores of an embedding, as it is and centred."""
        embed = remembered(embed)
        mean = embed(view1_pictures(self.lfw)).mean(axis=0)
        centred = self._score(lambda images: embed(images) - mean)
        return self._score(embed) | {f"{CENTRED}{name}": value for name, value in centred.items()}

    def _score(self, embed: Embed) -> dict[str, float]:
        scored = score_view1(embed, self.lfw)
        if self.olivetti is not None:
            scored |= score_view2(embed, self.lfw) | score_olivetti(embed, self.olivetti)
        return scored


def remembered(embed: Embed) -> Embed:
    """Return the same embedding, which is computed once for the same pictures: centred scores need it again."""
    known = {}

    def embed_once(images: np.ndarray) -> np.ndarray:
        key = hashlib.sha256(np.ascontiguousarray(images).data).digest()
        if key not in known:
            known[key] = embed(images)
        return known[key]

    return embed_once


def view1_pictures(lfw: FaceDataset) -> np.ndarray:
    """Return the pictures of View 1's training pairs, each once."""
    return lfw.images[lfw.pairs["view1_train"].pictures]


def baselines(faces: FaceDataset, lfw: FaceDataset) -> dict[str, Callable[[], Embed]]:
    """Return what the network is held against, by name; each is made when it is called."""
    return {
        "raw pixels": lambda: grey_middle,
        "eigenfaces of rendered people": lambda: eigenfaces(faces.images),
        "eigenfaces of View 1's people (real)": lambda: eigenfaces(view1_pictures(lfw)),
        "gradients (HOG)": lambda: centred_gradients(faces.images),
    }


# -- the table ---------------------------------------------------------------------------------------------------------


def row(method: str, runs: list[dict[str, float]], **settings) -> dict:
    """Return a row of the table: the mean of the runs (one per seed), every run, and what was set."""
    means = {name: round(float(np.mean([run[name] for run in runs])), 4) for name in runs[0]}
    rounded = [{name: round(value, 4) for name, value in run.items()} for run in runs]
    return {"method": method, **means, "runs": rounded, "date": results.machine()["date"], **settings}


def show(table: dict) -> None:
    """Print the lines of a method: its scores as it is, and centred."""
    print(table["method"])
    for prefix, how in (("", "as it is"), (CENTRED, "centred")):
        scores = {name.removeprefix(prefix): value for name, value in table.items() if name.startswith(prefix)}
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
    table = row(method, runs, seeds=seeds, pictures=len(faces), **settings)
    show(table)
    return table


def parse(
    program: str, summary: str, rows: list[str], arguments: list[str] | None, beyond_view1: bool
) -> argparse.Namespace:
    """Read the command line of a benchmark that trains these rows, and scores them on more than View 1, or not.

    Returns
    -------
    argparse.Namespace
        Among it ``changes``, fields of the recipe that hold for every network; and ``whole``: True if the table will be
        the one to store.
    """
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{program}", description=summary)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="one training each")
    parser.set_defaults(view1=False)
    if beyond_view1:
        parser.add_argument("--view1", action="store_true", help="score View 1 only, and store nothing")
    parser.add_argument("--only", nargs="+", choices=rows, metavar="ROW",
                        help=f"measure only these; the others stay as they are stored: {'; '.join(rows)}")  # fmt: skip
    for field in fields(Recipe):
        if field.type in (int, float):
            help_text = "for all networks; nothing is stored then"
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), help=help_text)
    parser.add_argument("--precision", choices=["float32", "mixed_bfloat16"], help="for all networks")
    options = parser.parse_args(arguments)
    options.changes = {name: value for name in asdict(Recipe()) if (value := getattr(options, name, None)) is not None}
    options.stored = not (options.view1 or set(options.changes) - {"precision"})
    return options


def record(program: str, rows: list[dict], options: argparse.Namespace) -> None:
    """Store a table, or the rows of it that were measured; nothing where the command line asked for something else."""
    if options.stored and options.only:
        results.replace_rows(program, rows, "method")
    elif options.stored:
        results.store(program, rows)


def measure_all(networks: dict[str, tuple[People, Recipe]], real: RealFaces, options: argparse.Namespace) -> list[dict]:
    """Train and score the networks that the command line wants; print each row when it is known, return them all."""
    folder = storage.cache_folder() / "transfer"
    rows = []
    wanted = [method for method in networks if not options.only or method in options.only]
    for method in environment.progress(wanted, "networks"):
        chosen, recipe = networks[method]
        rows.append(measure(method, chosen, replace(recipe, **options.changes), real, options.seeds, folder))
    return rows


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the table and store it."""
    options = parse("transfer", __doc__.split("\n")[0], [BASELINES, *NETWORKS], arguments, beyond_view1=True)
    real = RealFaces(load_faces("lfw", size=SIZE), None if options.view1 else load_faces("olivetti"))
    rows = []
    if not options.only or BASELINES in options.only:
        rows = measure_simple(load_people(People()), real, options.seeds)
    rows += measure_all(NETWORKS, real, options)
    record("transfer", rows, options)


if __name__ == "__main__":
    main()
