"""Draw names of people as they are written: in any script that a font of this machine has, with any sign in them."""

import warnings
from collections.abc import Iterable
from functools import cache

FALLBACKS = (
    *(
        "Noto Sans CJK SC",
        "Noto Sans CJK JP",
        "Source Han Sans SC",
        "WenQuanYi Micro Hei",
        "Droid Sans Fallback",
    ),  # Linux
    *("PingFang SC", "Hiragino Sans GB", "Heiti SC", "Arial Unicode MS", "Apple SD Gothic Neo"),  # macOS
    *("Microsoft YaHei", "SimHei", "Yu Gothic", "Meiryo", "Malgun Gothic", "Segoe UI", "Nirmala UI"),  # Windows
    *("Noto Sans", "Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans Hebrew", "Noto Sans Thai", "DejaVu Sans"),
)


def prepare(texts: Iterable[str]) -> None:
    """Let Matplotlib draw these texts: it takes signs that its font lacks from other fonts of this machine.

    Signs that no font has are drawn as boxes.  A warning names them once, in place of Matplotlib's own for each.
    """
    missing = {sign for text in texts for sign in str(text) if not sign.isspace()} - _drawable(_families())
    if not missing:
        return
    from matplotlib import rcParams

    helpers = [name for name in FALLBACKS if name in _installed() and missing & _signs(name)]
    rcParams["font.family"] = [*_families(), *(name for name in helpers if name not in _families())]
    missing -= _drawable(_families())
    if missing:
        _warn("".join(sorted(missing))[:20])


@cache
def _warn(signs: str) -> None:
    warnings.filterwarnings("ignore", message=r"Glyph \d+ .*missing from")  # one for each sign in each figure
    warnings.warn(
        f"No font of this machine has the signs {signs}, which are drawn as boxes. Install one that has them, such as "
        "Noto Sans CJK for Chinese, Japanese and Korean, or write the names in Latin letters.",
        stacklevel=5,
    )


def _families() -> list[str]:
    """Return the fonts that Matplotlib goes through for each sign."""
    from matplotlib import rcParams

    return list(rcParams["font.family"])


@cache
def _installed() -> frozenset[str]:
    """Return the names of all fonts that Matplotlib knows of."""
    from matplotlib.font_manager import fontManager

    return frozenset(fontManager.get_font_names())


def _drawable(families: Iterable[str]) -> set[str]:
    """Return the signs that these fonts have together."""
    return set().union(*(_signs(family) for family in families))


@cache
def _signs(family: str) -> frozenset[str]:
    """Return the signs of a font, by the name of its family."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(map(chr, get_font(findfont(FontProperties(family=[family]))).get_charmap()))
