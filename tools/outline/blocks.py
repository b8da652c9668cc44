"""Text between marks: ``<!-- outline: NAME -->`` and ``<!-- end -->``, each on a line of its own."""

import re

from tools.outline.read import OutlineError

_BLOCK = re.compile(r"(?P<open><!-- outline: (?P<name>\w+) -->\n)(?P<text>.*?)(?P<close><!-- end -->)", re.DOTALL)


def block_text(text: str, name: str) -> str:
    """Return what a block of a text holds; empty where there is no such block."""
    return next((match["text"] for match in _BLOCK.finditer(text) if match["name"] == name), "")


def filled(text: str, blocks: dict[str, str], where: str) -> str:
    """Return a text with its blocks filled.

    Parameters
    ----------
    text
        It has each of the blocks once, and no others.
    blocks
        What each block is to hold, by its name.
    where
        Where the text stands, for the message.

    Raises
    ------
    OutlineError
        If a block is missing, is there twice, or is unknown.
    """
    found = sorted(match["name"] for match in _BLOCK.finditer(text))
    if found != sorted(blocks):
        raise OutlineError(
            f"{where} must have the blocks {', '.join(sorted(blocks))}, each once and no others, but it has "
            f"{', '.join(found) or 'none'}: write <!-- outline: NAME --> and <!-- end -->, each on a line of its own."
        )
    return _BLOCK.sub(lambda match: f"{match['open']}{blocks[match['name']]}\n{match['close']}", text)
