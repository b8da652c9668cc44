"""Constructions that a learner has to read twice, kept out of everything that a learner reads.

They are what authors whose first language is not English are most likely to write again.  A construction is a regular
expression, what to write instead, a sentence in which it must be found, and one in which it must not.
"""

import re
from typing import NamedTuple

import pytest

from course_utils.environment import ROOT
from course_utils.exercises import hints
from tools.notebooks.tidy import read_notebook

HINTS = sorted((ROOT / "course_utils" / "exercises").glob("lesson_*/*.md"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb")) + sorted((ROOT / "notebooks" / "solutions").glob("*.ipynb"))
DOCUMENTS = [ROOT / name for name in ("README.md", "data/README.md", "data/MEASUREMENTS.md", "CONTRIBUTING.md")]
TEXTS = {path.relative_to(ROOT).as_posix(): path for path in [*HINTS, *NOTEBOOKS, *DOCUMENTS]}

START = r"(?:\A|\n|[.?!:] |\()"  # of a sentence
PARTICIPLES = (
    "Asked|Chosen|Compared|Counted|Drawn|Given|Kept|Listed|Meant|Measured|Plotted|Printed|Shown|Stored|Tested|Trained|"
    "Used|Wanted"
)
NOT_A_NOUN = r"(?:of|one|to|not|can|could|may|might|must|should|would|will|do|does|did)\b"


class Construction(NamedTuple):
    """What is not to be written, what to write instead, a sentence with it, and one that is not meant."""

    pattern: str
    instead: str
    planted: str
    fine: str


CONSTRUCTIONS = {
    "fronted participle": Construction(
        rf"{START}(?:{PARTICIPLES})(?: for| on| up)? (?:is|are|was|were)\b",
        "an active verb: the figure shows, the exercise asks for",
        "The loss falls. Shown are the eight maps that are strongest.",
        "The figure shows the eight strongest maps. Training pictures are used once.",
    ),
    "asked for": Construction(
        r"\b(?:is|are) asked for\b|\basked (?:for )?(?:is|are)\b",
        "a subject that asks: the exercise asks for, the question is about",
        "This is how probable it is that none fits. What is asked for is the opposite.",
        "The docstring asks for the mean.",
    ),
    "question without do": Construction(
        rf"\b(?:how many|how much|which|what) (?:(?!{NOT_A_NOUN})[\w-]+ ){{1,3}}"
        r"(?:has|have|had) (?:it|they|he|she|we|you)\b"
        r"|\bhow many (?:[\w-]+ ){1,3}has (?:an?|the|this|that|each|one)\b"
        r"|\bhow (?:far|long|large|often) (?:has|have) (?:it|they|the \w+)\b"
        r"|\bhas (?:it|he|she|(?:each|the|this) [\w-]+) (?:a|an|any|no|one)\b[^.!?]*\?",
        "does: how many inputs does it have",
        "How many inputs has it? Has it a window, and a stride?",
        "How many inputs does it have? Which of the two has it? Which class should have it? Has it been trained?",
    ),
    "anew": Construction(r"\banew\b", "again, new", "Draw the order anew.", "Draw a new order."),
    "alike": Construction(
        r"\balike\b",
        "similar, equally, in the same way",
        "It treats both alike.",
        "It treats both in the same way. Two similar faces look the same.",
    ),
    "beside": Construction(
        r"\bbeside\b",
        "next to, in addition to",
        "The sum stands beside it.",
        "What else is next to it, besides the sum?",
    ),
    "by how much": Construction(
        r"\bby how much (?:do|does|did|is|are|must|may|for|the)\b",
        "how much, by what factor",
        "By how much does it fall?",
        "How much does it fall? Which of them wins, and by how much?",
    ),
    "without a word": Construction(
        r"\bwithout a word\b",
        "silently, and raises no error",
        "NumPy goes on without a word.",
        "NumPy silently goes on.",
    ),
    "number of percent": Construction(
        r"\bnumbers? of percent\b",
        "a percentage",
        "This is a number of percent.",
        "A percentage is the number times 100.",
    ),
    "not it": Construction(
        r"\b(?:is|are) not it\b", "is not right yet", "The first list is not it yet.", "It is not; it is right."
    ),
    "so it would be": Construction(
        r"\bso (?:it|that) (?:is|was|would be) (?:before|if|when|where|with)\b",
        "this would be right if",
        "So it would be if nobody asked.",
        "So it is right if nobody asks.",
    ),
    "is to": Construction(
        r"\b(?:function|network|picture|pictures|program) (?:is|are) to (?:be|\w+)\b",
        "should",
        "This function is to make each picture brighter.",
        "This function should make each picture brighter. It is close to 1.",
    ),
    "shall": Construction(r"\bshall\b", "should", "Its map shall be 0.", "Its map should be 0."),
    "who as a subject": Construction(
        r"(?:\A|\n|[.?!] )(?:Who|Whoever) (?!(?:it|he|she|they|we|you)\b)[^.?!:]*[.](?=\s|\Z)",
        "if you, somebody who, a program that",
        "Who guesses is right half of the time.",
        "Who is it? Who it is takes a comparison. Somebody who guesses is right half of the time.",
    ),
    "who for whoever": Construction(
        r"\b(?:by|for|than) who (?!(?:it|they|he|she|we|you|is|was|are)\b)\w+",
        "those who, a learner who",
        "A second hint, for who gets the first one again.",
        "It asks for who it is. The hint is for those who get it again.",
    ),
    "threshold on": Construction(
        r"\bfrom \w+ \*?threshold\*? on\b",
        "from some threshold upwards",
        "From some threshold on, we say yes.",
        "From some threshold upwards, we say yes.",
    ),
    "which for what": Construction(
        r"\bwhich (?:fraction|percentage|share) of\b",
        "what fraction, what share",
        "Which fraction of the pairs match?",
        "What fraction of the pairs match? Which of them match?",
    ),
    "another for different": Construction(
        r"\b(?:is|are|was|were|be) another(?: one)?(?=[.;,])",
        "different",
        "Other people come, so their rate is another one.",
        "Their rate is different. This is another rate, and there was another one before.",
    ),
    "interval holds 0": Construction(
        r"\b(?:intervals?|neither|it|they) holds? 0(?!\d|\.\d)",
        "contains, includes",
        "Each interval holds 0.",
        "Each interval contains 0. It holds 0.5 of them.",
    ),
    "one for we": Construction(
        r"\bhow (?:can|does|must|should) one (?!of\b)\w+",
        "we, you",
        "How does one train embeddings?",
        "How do we train embeddings? How does one of them train?",
    ),
    "object first": Construction(
        rf"{START}(?:How|What|Whether|Which|Why)\b[^.?!:;,]*, "
        r"(?:we have not|(?:lesson|section) \d+ (?:asks|measures|says|shows)|[\w ]+ cannot (?:say|tell))\b",
        "a subject first: section 11 measures whether",
        "They are many. Whether so many weights do harm, section 11 measures.",
        "Section 11 measures whether they do harm. Which columns of the table, section 6, tell the two apart?",
    ),
    "the own": Construction(
        r"\bthe own\b",
        "its own, one's own, the person's own",
        "The figure shows the angle to the own direction.",
        "The figure shows the angle to the person's own direction.",
    ),
    "each other one": Construction(
        r"\beach other (?:class|face|one|people|person|pictures?)\b",
        "every other, or each of the others",
        "The odds are 5 to 1 against each other person.",
        "The odds are 5 to 1 against every other person. People resemble each other.",
    ),
    "as good": Construction(
        r"\b(?:is|are|was|were|be|stays?|remains?) as "
        r"(?:bad|fast|good|high|large|long|low|narrow|often|small|wide)(?=[.,;:)])",
        "just as good, equally good",
        "The loss falls to 0.01, and the first ten steps are as good.",
        "The first ten steps are just as good, and they are as good as those of Adam.",
    ),
    "behind a layer": Construction(
        r"(?<!look )(?<!looks )\bbehind (?:an?|the) (?:convolution|layer|ReLU|sigmoid|softmax)\b",
        "after a layer",
        "The squared error stalls behind a sigmoid.",
        "It stalls after a sigmoid. Keras looks behind the softmax for the logits.",
    ),
    "bare decimal": Construction(
        r"(?<![\w.])\.\d", "a 0 before the point", "It is right in .83 of them.", "0.83, 0..1"
    ),
}
each_construction = pytest.mark.parametrize("name", CONSTRUCTIONS)


def found(name, text):
    return [match[0] for match in re.finditer(CONSTRUCTIONS[name].pattern, text, re.IGNORECASE)]


def plain(text):
    """Return a text without code, formulas and addresses, each paragraph on one line."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$", "x", text, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)|<[^>]*>", "", text)
    text = re.sub(r"\n(?=\s*(?:[-*|#]|\d+\. ))", "\n\n", text)
    return re.sub(r"[ \t]*\n(?!\n)[ \t]*", " ", text.replace("\n\n", "\0")).replace("\0", "\n")


def read(path):
    """Return what a learner reads of a file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        source = "\n\n".join(cell.source for cell in read_notebook(source).cells if cell.cell_type == "markdown")
    elif path in HINTS:
        text = hints.read(source)
        parts = [text.title, text.passed, text.otherwise]
        source = "\n\n".join([*parts, *(part for item in text.items for part in (item.hint, item.second))])
    return plain(source)


@each_construction
def test_a_planted_construction_is_found(name):
    construction = CONSTRUCTIONS[name]
    assert found(name, plain(construction.planted))
    assert found(name, plain(construction.planted.replace(" ", "\n", 1)))
    assert found(name, plain(construction.fine)) == []


@pytest.mark.parametrize("name", TEXTS)
def test_no_sentence_has_to_be_read_twice(name):
    text = read(TEXTS[name])
    faults = {one: (sentences, CONSTRUCTIONS[one].instead) for one in CONSTRUCTIONS if (sentences := found(one, text))}
    assert faults == {}
