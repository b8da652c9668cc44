"""Number the random ids of drawings and styled tables, which are others in every run."""

import re

# What matplotlib writes into an SVG (a letter or a word, and ten digits of a digest), and pandas into a styled table.
_RANDOM_ID = re.compile(r'\bid="(?P<kind>[a-z]+|T_)(?P<digits>[0-9a-f]{10}|(?<=T_)[0-9a-f]{5})(?=["_])')
_DATE = re.compile(r"\s*<dc:date>[^<]*</dc:date>")


def number_ids(text: str) -> str:
    """Return SVG or HTML without dates, and with numbers in place of random ids, the first one first."""
    found = dict.fromkeys(match.group("kind", "digits") for match in _RANDOM_ID.finditer(text))
    for number, (kind, digits) in enumerate(found, start=1):
        text = text.replace(f"{kind}{digits}", f"{kind}{number}")
    return _DATE.sub("", text)
