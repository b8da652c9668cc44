"""What README and lesson 00 say of the lessons: blocks of text, made from the outline."""

from tools.outline import lengths
from tools.outline.links import Repository
from tools.outline.read import Lesson, Outline, duration, numbers


def readme_blocks(outline: Outline, repository: Repository) -> dict[str, str]:
    """Return what README's blocks hold, by name."""
    return {
        "status": availability(outline),
        "clone": f"```\ngit clone {repository.address}\ncd {repository.name}\n```",
        "lessons": f"{_readme_table(outline, repository)}\n\n{lengths.explanation()}",
        "exercises": "\n".join(_exercises(lesson, repository) for lesson in outline.ready if lesson.exercises),
    }


def start_blocks(outline: Outline) -> dict[str, str]:
    """Return what the blocks of lesson 00 hold, by name."""
    lines = ["| lesson | subject | minutes alone | exercises |", "|---|---|---|---|"]
    for lesson in outline.ready:
        link = f"[{lesson.label}]({lesson.path()})" if lesson.number else lesson.label
        exercises = f"[exercises]({lesson.path('exercises')})" if lesson.exercises else ""
        lines.append(f"| {link} | {_subject(lesson)} | {lesson.alone} | {exercises} |")
    return {"lessons": "\n".join([*lines, "", availability(outline)])}


def availability(outline: Outline) -> str:
    """Say which lessons are there, and which are not yet."""
    missing = outline.in_preparation
    if not missing:
        return "All lessons are available."
    verb = "is" if len(missing) == 1 else "are"
    return f"Lessons {numbers(outline.ready)} are available; {numbers(missing)} {verb} in preparation."


def _readme_table(outline: Outline, repository: Repository) -> str:
    lines = ["| lesson | article | subject | in class | alone | runs in | |", "|---|---|---|---|---|---|---|"]
    for lesson in outline.lessons:
        if lesson.ready:
            path = f"notebooks/{lesson.path()}"
            cells = [f"[{lesson.label}]({path})", lesson.article, _subject(lesson), f"{lesson.in_class} minutes"]
            cells += [f"{lesson.alone} minutes", duration(lesson.runs_in), repository.badge(path)]
        else:
            cells = [lesson.label, lesson.article, f"{_subject(lesson)} *(in preparation)*", "", "", "", ""]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _exercises(lesson: Lesson, repository: Repository) -> str:
    path = f"notebooks/{lesson.path('exercises')}"
    return f"- [{lesson.label} {lesson.title}]({path}) {repository.badge(path)}"


def _subject(lesson: Lesson) -> str:
    return f"{lesson.title}: {lesson.subject}"
