"""Legal statements have article, source and dates; an old one is reported by a tool and fails no test."""

import datetime
import re

import pytest

from course_utils.protocols import law
from tools import law as tool

STATEMENTS, SCENARIOS = law.load()
TEXT = law.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_has_article_source_and_date(name):
    statement = STATEMENTS[name]
    assert re.match(r"https://\S+$", statement.source)
    assert statement.article
    assert statement.says.endswith(".")
    assert isinstance(statement.since, datetime.date)
    assert datetime.date(2026, 1, 1) <= statement.checked_on <= datetime.date.today()
    assert f"as of {statement.checked_on}" in str(statement)


def test_a_decision_is_decided_and_an_act_applies_from_a_day():
    assert {STATEMENTS[name].beginning for name in ("school", "shop", "clearview")} == {"decided"}
    assert "decided 2024-05-16" in str(STATEMENTS["clearview"])
    assert "from 2018-05-25" in str(STATEMENTS["biometric"])


def test_every_scenario_is_decided_by_statements_that_there_are():
    assert len(SCENARIOS) >= 6
    assert {scenario.verdict for scenario in SCENARIOS} == set(law.VERDICTS)
    assert all(scenario.statements for scenario in SCENARIOS)


@pytest.mark.parametrize(
    ("line", "instead", "message"),
    [
        (r'source = "[^"]*"', "", "'biometric' has no source"),
        (r"checked_on = \S+", "", "'biometric' has no checked_on"),
        (r"since = \S+", 'since = "May 2018"', "'biometric' has no since"),
        (r'beginning = "from"', 'beginning = "since"', "'biometric' has the beginning 'since'"),
        (r'article = "[^"]*"', 'article = " "', "'biometric' has no article"),
        (r"checked_on", "checked", "'biometric' has no checked_on"),
        (r"place =", 'Place = "x"\nplace =', "'biometric' has 'Place'"),
        (r'verdict = "not allowed"', 'verdict = "perhaps"', "has the verdict 'perhaps'"),
        (r'"biometric", "school"', '"biometric", "schol"', "names the statement 'schol'"),
        (r"\[\[statements\]\]", "[[statements]", "cannot be read"),
    ],
)
def test_a_planted_fault_is_named(tmp_path, line, instead, message):
    path = tmp_path / "law.toml"
    path.write_text(re.sub(line, instead, TEXT.partition("\n\n")[2], count=1), encoding="utf-8")
    with pytest.raises(law.LawFileError, match=message):
        law.load(path)


def test_an_old_statement_is_reported_and_a_new_one_is_not():
    newest = max(statement.checked_on for statement in STATEMENTS.values())
    assert "All" in tool.report(STATEMENTS, newest, years=100)
    report = tool.report(STATEMENTS, newest + datetime.timedelta(days=800), years=2)
    assert report.startswith(f"{len(STATEMENTS)} of {len(STATEMENTS)} statements")
    assert all(statement.source in report for statement in STATEMENTS.values())
