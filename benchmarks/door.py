"""Let known people and strangers try the door of lesson 09: rendered people, and photographs of real ones.

Run it from the repository: ``python -m benchmarks.door``.  It needs Olivetti and LFW (downloaded on first use, or found
through the variable SCIKIT_LEARN_DATA) and takes three minutes of one core.

Each set is cut into people on whom the threshold is chosen and people who come to the door (`course_utils.protocols`);
ten of these are enrolled with three pictures each.  The network is the course's embedding, trained on other rendered
people.  The threshold is the one at which 5 % of the development people's searches let a stranger in.

- rendered: the development people choose the threshold, those of the training part come; faces as they are rendered.
- Olivetti, LFW: the pictures are written as JPEG files into a temporary folder with a folder for each person, and read
  as a reader's own photographs are: ``load_faces("folder", crop="detect")``.  What the detector refuses does not come.

Everything is repeated for `DRAWS` draws of who is developed on, enrolled, and a stranger.  The tries of all draws are
counted together, and intervals are by people, because a person comes again in each draw.
"""

from course_utils import environment

environment.setup()

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.kept_runs import use_one_thread
from benchmarks.transfer.embeddings import remembered
from course_utils import pretrained, results
from course_utils.datasets import FaceDataset, lfw, load_faces, storage
from course_utils.protocols import door
from course_utils.recognition import Embedder

ENROLLED, PICTURES, RATE, DRAWS = 10, 3, 0.05, 5
LFW_PEOPLE, LFW_PICTURES = 100, 6
METHOD = "person"
AS_MEASURED = {METHOD: "interval as measured, runs not stored: by people (metrics.person_interval)"}


def write_olivetti(folder: Path) -> None:
    """Write Olivetti's pictures, twice as large and with their edges repeated around them, as a photograph would be."""
    faces = load_faces("olivetti")
    number = defaultdict(int)
    for image, label in zip(faces.images, faces.labels, strict=True):
        home = folder / faces.names[label]
        home.mkdir(parents=True, exist_ok=True)
        number[label] += 1
        large = np.asarray(Image.fromarray(image).resize((128, 128), Image.Resampling.BICUBIC))
        around = np.pad(large, ((40, 40), (40, 40), (0, 0)), mode="edge")
        Image.fromarray(around).save(home / f"{number[label]:02d}.jpg", quality=92)


def write_lfw(folder: Path, people: int = LFW_PEOPLE, pictures: int = LFW_PICTURES, seed: int = 0) -> None:
    """Copy the first photographs of some people of whom LFW has enough; LFW's files are JPEG."""
    source = lfw.find_folder(storage.scikit_learn_folder())
    of_person = defaultdict(list)
    for file in lfw.list_pictures(source):
        of_person[file.split("/")[0]].append(file)
    enough = sorted(person for person, files in of_person.items() if len(files) >= pictures)
    for person in np.random.default_rng(seed).permutation(enough)[:people]:
        (folder / person).mkdir(parents=True)
        for file in of_person[person][:pictures]:
            shutil.copy(source / file, folder / person)


def photographs(write: Callable[[Path], None]) -> FaceDataset:
    """Return what is read of a temporary folder; people with too few usable pictures do not take part."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        faces = load_faces("folder", path=folder, crop="detect")
    return with_enough(faces)


def with_enough(faces: FaceDataset) -> FaceDataset:
    """Return the people who have a picture left when `PICTURES` are enrolled."""
    counts = np.bincount(faces.labels, minlength=len(faces.names))
    return faces.subset(counts[faces.labels] > PICTURES).renumber()


def halves(faces: FaceDataset, seed: int) -> tuple[FaceDataset, FaceDataset]:
    """Return who comes to the door, and the development people: half of a set each."""
    return faces.split(test_size=0.5, by="identity", seed=seed)


def counted(
    people: FaceDataset, development: FaceDataset | None, embedder: Embedder, draws: int = DRAWS
) -> list[door.Rate]:
    """Return the rates of all draws together; without development people, half of the others."""
    errors = defaultdict(list)
    for seed in range(draws):
        some, others = (people, development) if development else halves(people, seed)
        tried = door.try_door(some, others, embedder, ENROLLED, PICTURES, RATE, seed=seed)
        for error, happened in tried.errors().items():
            errors[error].append(happened)
    return [
        door.rate_of(error, *(np.concatenate(each) for each in zip(*happened, strict=True)))
        for error, happened in errors.items()
    ]


def rows_of(title: str, rates: list[door.Rate]) -> list[dict]:
    """Return rows of the table."""
    return [
        {
            "set": title,
            "error": each.error,
            "count": each.count,
            "tries": each.tries,
            "people": each.people,
            "rate": round(each.rate, 4),
            results.AS_MEASURED: {"rate": {"low": round(each.low, 4), "high": round(each.high, 4), "by": METHOD}},
        }
        for each in rates
    ]


def main() -> None:
    """Let them try, print and store."""
    use_one_thread()
    network = Embedder(pretrained.load_network("embedding"))
    embedder = Embedder(remembered(network), network.name, network.size)  # the same sets come in each draw
    rendered = {part: load_faces("rendered", split=part, people=80, pictures=10, size=64) for part in ("train", "dev")}
    sets = {
        "rendered": (rendered["train"], rendered["dev"]),
        "Olivetti": (photographs(write_olivetti), None),
        "LFW": (photographs(write_lfw), None),
    }
    rows = []
    for title, (people, development) in sets.items():
        print(title, len(people), "pictures of", len(people.names), "people", flush=True)
        rates = counted(people, development, embedder)
        print(*rates, sep="\n", flush=True)
        rows += rows_of(title, rates)
    results.store("door", rows, as_measured=AS_MEASURED)


if __name__ == "__main__":
    main()
