"""Measure how often a picture that was computed from a stolen template is taken for its owner, by whom.

Run it from the repository: ``python -m benchmarks.template_inversion``.  ``--people 20`` measures fewer victims.

Protocol; `course_utils.protocols.template_inversion` is its code, which the lesson uses too.

- *Attacker*: has the course's embedding, and pictures of the 320 people of the part "train", none of whom is attacked.
  The decoder is fitted to eight pictures of each.
- *Choice*: the learning rate of the refinement is the one whose pictures are, on people of "dev", most similar to the
  stolen ones for the earlier network.  (A high rate fits the picture to one network only.)
- *Victims*: the people of "test".  The template of the first picture of each is stolen.
- *Pictures shown*: the decoder's answer; the same, refined by following the network's gradient; the victim's real
  picture; somebody else's real picture; the mean picture of the training people.
- *Judges*: the embedding itself; the same network after a third of its training, with other weights; and eigenfaces,
  which have never seen a network.  Each has the threshold at which 1 % of the non-mated pairs of "dev" match.
- *Against*: the picture whose template was stolen, and another picture of the victim, which the attacker never had.
- Each victim is one trial, so Wilson's interval is one by people.
"""

from course_utils import environment

environment.setup()

import argparse
from functools import partial

import numpy as np

from benchmarks.kept_runs import use_one_thread
from course_utils import pretrained, privacy, results
from course_utils.datasets import FaceDataset, load_faces
from course_utils.protocols import baselines
from course_utils.protocols import template_inversion as shared
from course_utils.protocols.embedding_losses import outputs_of

PEOPLE = 80
TRAIN_PICTURES, PICTURES = 8, 4
RIDGE, STEPS = 1.0, 60
RATES = (0.02, 0.05, 0.1)  # of the refinement


def main(arguments: list[str] | None = None) -> None:
    """Steal, reconstruct, show around, print and store."""
    description = __doc__.split("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.template_inversion", description=description)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many victims, at least 2")
    parser.add_argument("--others", type=int, default=None, help="how many people the attacker has; all by default")
    parser.add_argument("--steps", type=int, default=STEPS, help="steps of the refinement")
    options = parser.parse_args(arguments)
    use_one_thread()
    owned = load_faces("rendered", split="train", people=options.others, pictures=TRAIN_PICTURES, size=64)
    dev = load_faces("rendered", split="dev", pictures=PICTURES, size=64)
    victims = load_faces("rendered", split="test", people=options.people, pictures=PICTURES, size=64)
    network = pretrained.load_network("embedding")
    embed = partial(outputs_of, network)
    judges = {
        "the network": shared.comparer(embed, dev),
        "earlier network": shared.comparer(partial(outputs_of, pretrained.load_network("embedding_first")), dev),
        "eigenfaces": shared.comparer(baselines.eigenfaces(owned.images), dev),
    }
    stolen, _other = shared.stolen_and_other(victims)
    templates, real = embed(victims.images[stolen]), victims.images[stolen]
    decoder = privacy.fit_decoder(embed(owned.images), owned.images, RIDGE)
    embedders = {"attacked": embed, "earlier": judges["earlier network"].embed}
    tried = rates_tried(network, embedders, decoder, dev, options.steps)
    rate = max(tried, key=lambda row: row["cosine_earlier"])["rate"]
    refined, cosines = privacy.refined(network, decoder, templates, options.steps, rate)
    print("mean cosine with the stolen template, first and last step:", cosines[[0, -1]].round(3))
    shown = {
        "decoded": decoder(templates),
        "decoded and refined": refined,
        "real picture": real,
        "somebody else": np.roll(real, 1, axis=0),
        "mean picture": np.repeat(owned.images.mean(axis=0, keepdims=True), len(real), axis=0),
    }
    rows = shared.rates(judges, shown, victims)
    for row in rows:
        print(
            f"{row['judge']:16} {row['shown']:20} {row['against']:20} {row['successes']} of {row['trials']}", flush=True
        )
    results.store("template_inversion_choice", tried)
    results.store("template_inversion", rows, {"wilson": ["accepted"]})


def rates_tried(
    network, embedders: dict[str, shared.Embed], decoder: privacy.Decoder, faces: FaceDataset, steps: int
) -> list[dict]:
    """Return, for each learning rate, the mean cosine of a refined picture with the stolen one in both networks."""
    pictures = faces.images[shared.stolen_and_other(faces)[0]]
    templates, rows = embedders["attacked"](pictures), []
    for rate in RATES:
        refined, _cosines = privacy.refined(network, decoder, templates, steps, rate)
        row = {"rate": rate, "people": len(pictures)}
        for name, embed in embedders.items():
            row[f"cosine_{name}"] = round(float(shared.similarities(embed, refined, pictures).mean()), 3)
        print(row, flush=True)
        rows.append(row)
    return rows


if __name__ == "__main__":
    main()
