"""The digest of a cell's code: it tells whether the stored outputs come from the code that stands there now.

Another seed, constant or argument gives another digest.  Comments and formatting do not, nor where a name is imported
from, nor addresses and version tags (`make links` writes them into setup cells): nobody has to run a lesson again
for those.  All versions of Python from 3.11 on give the same digests.
"""

import ast
import difflib
import hashlib
import json
import re
from collections.abc import Sequence

from IPython.core.inputtransformer2 import TransformerManager

_LENGTH = 8  # hexadecimal digits
_LEFT_OUT = {"ctx", "kind", "type_comment", "type_params"}  # says nothing, or not in every version of Python
_ADDRESS = re.compile(r"https?://[^\s\"']+|\bv\d+\.\d+\.\d+\b")


def code_digest(source: str) -> str:
    """Return the digest of the code of a cell; a cell that is no Python has that of its text."""
    try:
        code = json.dumps(_plain(ast.parse(TransformerManager().transform_cell(source))))
    except SyntaxError:
        code = source
    return hashlib.sha256(code.encode()).hexdigest()[:_LENGTH]


def _plain(node: object) -> object:
    """Return a syntax tree as lists, without what does not count."""
    if isinstance(node, ast.AST):
        fields = ((name, value) for name, value in ast.iter_fields(node) if name not in _LEFT_OUT)
        return [type(node).__name__, *([name, _plain(value)] for name, value in fields if value not in (None, []))]
    if isinstance(node, list):
        return [_plain(item) for item in node if not isinstance(item, ast.Import | ast.ImportFrom)]
    if isinstance(node, str):
        return _ADDRESS.sub("", node)
    return repr(node)


def changed_code(stored: Sequence[str], now: Sequence[str]) -> tuple[list[int], bool]:
    """Compare the digests of the cells that were run with those of the cells that stand there now.

    Returns
    -------
    (changed, removed)
        The positions of changed and new cells, from 0, and whether a cell that was run is no longer there.
    """
    changed, removed = [], False
    for kind, first, last, start, end in difflib.SequenceMatcher(None, stored, now, autojunk=False).get_opcodes():
        if kind != "equal":
            changed += range(start, end)
            removed = removed or last - first > end - start
    return changed, removed
