"""Who is shown: a person's face, and a look (hair, beard, make-up) that the same face can change."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import numpy as np

from face_renderer import shape as face_shape
from face_renderer.colors import ITA_RANGE, linear, melanin

HAIR_COLORS = {
    "black": (26, 22, 20), "dark brown": (48, 34, 26), "brown": (80, 57, 40), "light brown": (118, 88, 62),
    "dark blond": (146, 118, 84), "blond": (186, 156, 110), "platinum": (216, 198, 166), "auburn": (96, 50, 32),
    "ginger": (148, 82, 46), "grey": (140, 138, 136), "white": (206, 204, 200), "greying": (86, 82, 80),
}  # fmt: skip
AGED_COLORS = ("grey", "white", "greying")
IRIS_COLORS = {"dark brown": (70, 45, 30), "brown": (98, 62, 36), "hazel": (110, 86, 50), "green": (88, 104, 70),
               "blue": (92, 112, 130), "grey": (114, 124, 130)}  # fmt: skip
STYLES_LONG = ("long centre", "long side", "bob", "fringe", "pulled back", "ponytail", "curly", "pixie", "wavy",
               "layered")  # fmt: skip
STYLES_SHORT = ("side part", "side part", "swept back", "crew", "fade", "buzz", "spiky", "short curls", "short fringe",
                "short", "short")  # fmt: skip
STYLES_TIGHT_LONG = ("afro", "pulled back", "curly", "bob", "short afro")
STYLES_TIGHT_SHORT = ("buzz", "short afro", "crew", "bald", "fade")
STYLES_BALDING = ("receding", "receding", "comb-over", "rim", "rim", "bald", "buzz")
BEARDS = ("none", "stubble", "moustache", "goatee", "full", "heavy stubble")
LIPSTICKS = ((176, 54, 62), (186, 90, 90), (150, 52, 70), (196, 104, 98))


@dataclass(frozen=True)
class Skin:
    """What chance decides about skin, besides its tone; each about 1 unless said otherwise."""

    seed: int
    redness: float
    oiliness: float
    wrinkles: float
    shadowed_eyes: float  # 0..0.7
    freckles: float  # 0..1
    moles: int
    lip_color: float


@dataclass(frozen=True)
class Eyebrows:
    """Eyebrows; lengths in decimetres."""

    color: str
    thickness: float  # about 1
    arch: float
    height: float
    density: float  # 0..1
    inner: float  # where it begins and ends, from the middle of the face
    outer: float
    tilt: float
    soft_end: float  # how far from the inner end it is at its densest, a share of its length
    ragged: float  # 0..1: how unruly its hairs are

    @property
    def light(self) -> np.ndarray:
        """Colour as linear light, (3,)."""
        own = linear(HAIR_COLORS[self.color])
        return 0.7 * own / (1 + own) + 0.006  # brows are darker than fair hair


@dataclass(frozen=True)
class Hair:
    """Hair of the head."""

    seed: int
    style: str
    color: str
    shade: float  # about 1: lighter or darker than the colour's name
    wave: float  # 0..1
    volume: float  # about 1
    hairline: tuple[float, float]  # raised in the middle and at the temples, decimetres
    sideburns: float  # how much longer than usual, decimetres

    @property
    def light(self) -> np.ndarray:
        """Colour as linear light, (3,)."""
        return linear(HAIR_COLORS[self.color]) * self.shade


@dataclass(frozen=True)
class Look:
    """What a person can change from one day to another."""

    number: int
    hair: Hair
    beard: str
    beard_length: float  # decimetres
    lipstick: tuple[float, float, float] | None  # linear light
    eye_makeup: float  # 0..1


@dataclass(frozen=True)
class Person:
    """A person who does not exist.

    Attributes
    ----------
    seed : int
        Decides everything that is not given.
    femininity : float
        0..1: how much of the head model's female shape.
    age : float
        Years, 18 to 85.
    build, muscle : float
        -1 (slim, slight) to 1 (heavy, strong).
    ancestry : tuple of three floats
        Shares of the head model's three directions of head shape; sum 1.  A shape, not a group of people.
    ita : float
        Skin tone: the individual typology angle of the bare skin's colour, degrees.
    shape : tuple of (str, float)
        Traits of `face_renderer.shape.traits` and how far each goes, -1..1.
    iris : str
        One of `IRIS_COLORS`.
    shaves : float
        How dark shaven skin is, 0 (no beard grows) to 1.
    """

    seed: int
    femininity: float
    age: float
    build: float
    muscle: float
    ancestry: tuple[float, float, float]
    ita: float
    shape: tuple[tuple[str, float], ...]
    skin: Skin
    iris: str
    iris_shade: tuple[float, float, float]
    brows: Eyebrows
    hair_color: str
    shaves: float
    look: Look

    @classmethod
    def sample(
        cls,
        seed: int,
        *,
        ita: float | None = None,
        age: float | None = None,
        build: float | None = None,
        femininity: float | None = None,
    ) -> Person:
        """Draw a person.

        Parameters
        ----------
        seed : int
            From 0; the same seed and arguments give the same person.
        ita : float, optional
            Individual typology angle, degrees, from -70.9 (darkest) to 71.0 (lightest): `colors.ITA_RANGE`.
        age : float, optional
            Years, 18 to 85.
        build : float, optional
            -1 (slim) to 1 (heavy).
        femininity : float, optional
            0..1.

        Raises
        ------
        ValueError
            If a value is out of its range.
        """
        limits = {"ita": (ita, *ITA_RANGE), "age": (age, 18, 85), "build": (build, -1, 1),
                  "femininity": (femininity, 0, 1)}  # fmt: skip
        for name, (value, low, high) in limits.items():
            if value is not None and not low <= value <= high:
                raise ValueError(f"{name}: expected a number from {low:.4g} to {high:.4g}, got {value!r}.")
        if not isinstance(seed, int | np.integer) or seed < 0:
            raise ValueError(f"seed: expected a whole number from 0, got {seed!r}.")
        random = np.random.default_rng([11, int(seed)])
        drawn = {
            "ita": random.uniform(-55, 64),
            "age": random.uniform(18, 80),
            "build": float(np.clip(random.normal(0, 0.5), -1, 1)),
            "femininity": float(np.clip(random.choice([0.07, 0.93]) + random.normal(0, 0.08), 0, 1)),
        }
        given = {name: float(drawn[name] if value is None else value) for name, (value, *_) in limits.items()}
        return cls._with(int(seed), random, **given)

    @classmethod
    def _with(cls, seed: int, random: np.random.Generator, ita: float, age: float, build: float, femininity: float):
        """Draw the rest of a person."""
        dark = melanin(ita)
        # Dark and light skin occur with every shape of head; how often follows the tone loosely.
        pull = np.array([0.25 + 1.6 * dark, 0.9 - 0.5 * abs(dark - 0.35), 0.25 + 1.4 * (1 - dark) ** 2])
        ancestry = tuple(float(share) for share in np.random.default_rng([47, seed]).dirichlet(pull))
        hair_color = _draw_hair_color(seed, dark, age)
        natural = _draw_hair_color(seed, dark, 20) if hair_color in AGED_COLORS else hair_color
        person = cls(
            seed=seed,
            femininity=femininity,
            age=age,
            build=build,
            muscle=float(np.clip(random.normal(0.1 - 0.3 * femininity, 0.4), -1, 1)),
            ancestry=ancestry,
            ita=ita,
            shape=face_shape.draw_traits(random, femininity, build),
            skin=Skin(
                seed=int(random.integers(1 << 30)),
                redness=random.uniform(0.5, 1.4),
                oiliness=random.uniform(0.45, 1.1),
                wrinkles=random.uniform(0.7, 1.2),
                shadowed_eyes=random.uniform(0, 0.7),
                freckles=float(random.uniform(0.3, 1) * (random.random() < 0.2) * (dark < 0.3)),
                moles=int(random.poisson(1.8)),
                lip_color=random.uniform(0.7, 1.2),
            ),
            iris=str(random.choice(["dark brown", "brown"], p=[0.65, 0.35]) if dark > 0.5 else
                     random.choice(list(IRIS_COLORS), p=[0.18, 0.28, 0.14, 0.10, 0.20, 0.10])),
            iris_shade=tuple(random.uniform(0.85, 1.2, 3).tolist()),
            brows=Eyebrows(
                color=natural if random.random() < 0.6 or hair_color not in AGED_COLORS else hair_color,
                thickness=float(np.exp(random.normal(-0.30 if femininity > 0.5 else 0.02, 0.25))),
                arch=random.uniform(-0.012, 0.018) + 0.008 * femininity,
                height=random.normal(0, 0.014),
                density=random.uniform(0.15, 0.8) if femininity > 0.5 else random.uniform(0.25, 1.0),
                inner=random.uniform(0.085, 0.14),
                outer=random.uniform(0.47, 0.55),
                tilt=float(np.clip(random.normal(-0.02, 0.025), -0.08, 0.025)),
                soft_end=random.uniform(0.12, 0.5),
                ragged=random.uniform(0, 0.5) if femininity > 0.5 else random.uniform(0.1, 1.0),
            ),
            hair_color=hair_color,
            shaves=float(random.uniform(0.2, 1)) if femininity < 0.5 else 0.0,
            look=None,
        )  # fmt: skip
        return person.with_look(0)

    def with_look(self, number: int) -> Person:
        """Return the same face with another look.

        Parameters
        ----------
        number : int
            From 0; the same number gives the same look.
        """
        random = np.random.default_rng([13, self.seed, int(number)])
        feminine = self.femininity > 0.5
        dark = melanin(self.ita)
        tight = random.random() < (0.85 if self.ancestry[0] > 0.55 else 0.45 if dark > 0.75 else 0.02)
        if tight:
            styles = STYLES_TIGHT_LONG if feminine else STYLES_TIGHT_SHORT
        else:
            styles = STYLES_LONG if feminine else STYLES_SHORT
        style = str(random.choice(styles))
        balding = np.random.default_rng([17, self.seed]).random() < (self.age - 30) / 75  # a trait, not a look
        if balding and not feminine:
            style = str(random.choice(STYLES_BALDING))
        color = self.hair_color
        if feminine and random.random() < 0.25:  # dyed
            fair = ["light brown", "auburn", "dark blond"] if dark < 0.5 else []
            color = str(random.choice(["black", "dark brown", "brown", *fair]))
        raised = float(np.clip(np.random.default_rng([19, self.seed]).normal(-0.01, 0.04), -0.08, 0.08))
        temples = -0.05 if feminine else 0.03 + 0.14 * max(0.0, (self.age - 35) / 50)
        beard, makeup = "none", 0.0
        if not feminine:
            beard = str(random.choice(BEARDS, p=[0.50, 0.20, 0.07, 0.06, 0.09, 0.08]))
        elif random.random() < 0.6:
            makeup = float(random.uniform(0.1, 0.8))
        look = Look(
            number=int(number),
            hair=Hair(
                seed=int(random.integers(1 << 30)),
                style=style,
                color=color,
                shade=float(random.uniform(0.85, 1.15)),
                wave=float(random.uniform(0, 1)),
                volume=float(random.uniform(0.6, 1.2)),
                hairline=(raised + 0.15, 0.26) if style in ("receding", "comb-over") else (raised, temples),
                sideburns=float(random.uniform(-0.32, -0.15) if feminine else random.uniform(-0.05, 0.12)),
            ),
            beard=beard,
            beard_length=float(random.uniform(0.03, 0.10)),
            lipstick=_draw_lipstick(random) if makeup > 0.25 else None,
            eye_makeup=makeup,
        )
        return replace(self, look=look)

    def factors(self) -> dict[str, float | str | int]:
        """Return what is known of the person and the look as one flat row; the shape is summed up by its seed."""
        row = {name: value for name, value in asdict(self).items() if isinstance(value, int | float | str)}
        row |= {f"shape_{name}": share for name, share in zip("abc", self.ancestry, strict=True)}
        row |= {f"skin_{name}": value for name, value in asdict(self.skin).items() if name != "seed"}
        row |= {f"brow_{name}": value for name, value in asdict(self.brows).items()}
        hair = {name: value for name, value in asdict(self.look.hair).items() if isinstance(value, float | str)}
        row |= {"look": self.look.number, **{f"look_hair_{name}": value for name, value in hair.items()}}
        row |= {"look_beard": self.look.beard, "look_eye_makeup": self.look.eye_makeup,
                "look_lipstick": self.look.lipstick is not None}  # fmt: skip
        return row


def _draw_hair_color(seed: int, dark: float, age: float) -> str:
    """Draw the natural colour of the hair: dark with dark skin, grey with age; the same at every age until it greys."""
    random = np.random.default_rng([43, seed])
    aged = random.choice(AGED_COLORS, p=[0.4, 0.2, 0.4])
    fair = random.choice(
        ["black", "dark brown", "brown", "light brown", "dark blond", "blond", "platinum", "auburn", "ginger"],
        p=[0.10, 0.22, 0.22, 0.16, 0.12, 0.09, 0.02, 0.04, 0.03],
    )
    deep = random.choice(["black", "dark brown", "brown"], p=[0.62, 0.30, 0.08])
    greys, darkens = random.random(2)
    grey_chance = np.clip((age - 42) / 40, 0, 0.85)
    return str(aged if greys < grey_chance else deep if darkens < 2.2 * dark - 0.2 else fair)


def _draw_lipstick(random: np.random.Generator) -> tuple[float, float, float]:
    """Draw the colour of a lipstick, linear light."""
    return tuple(linear(LIPSTICKS[random.integers(len(LIPSTICKS))]).tolist())
