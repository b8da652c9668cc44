"""Name the legal statements of lesson 11 that nobody has checked for years: laws change.

Run it from the repository: ``python -m tools.law``, or ``python -m tools.law --years 1``.  It fails no test: that a
statement is old does not mean that it is wrong.  Check each against its source, correct it in
``course_utils/protocols/law.toml`` where it has changed, and set ``checked_on``.
"""

import argparse
import datetime

from course_utils.protocols import law

YEARS = 2
DAYS = 365.25  # in a year


def report(statements: dict[str, law.Statement], today: datetime.date, years: float = YEARS) -> str:
    """Return what a maintainer has to check again, one line for each statement.

    Parameters
    ----------
    statements
        As `law.load` returns them.
    today
        The day of the report.
    years
        How long a check lasts.
    """
    old = law.not_checked_since(statements, today - datetime.timedelta(days=years * DAYS))
    if not old:
        oldest = min(statement.checked_on for statement in statements.values())
        return f"All {len(statements)} statements were checked within {years:g} years, the oldest on {oldest}."
    lines = [
        f"{statement.id}: checked on {statement.checked_on}. {statement.act}, {statement.article}: {statement.source}"
        for statement in old
    ]
    return "\n".join([f"{len(old)} of {len(statements)} statements were not checked for {years:g} years:", *lines])


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=float, default=YEARS, help="how long a check lasts")
    statements, _ = law.load()
    print(report(statements, datetime.date.today(), parser.parse_args().years))


if __name__ == "__main__":
    main()
