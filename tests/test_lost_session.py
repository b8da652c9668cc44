"""The training that lesson 10 kills: it goes on where it stopped, and ends otherwise only if it forgets something."""

import shutil

import pytest

from course_utils.protocols import lost_session


@pytest.fixture(scope="module")
def ends(tmp_path_factory):
    """Return what three trainings printed and ended with: undisturbed, killed, and killed and forgetful."""
    folder = tmp_path_factory.mktemp("lost")
    undisturbed = lost_session.start(folder / "undisturbed")
    killed = lost_session.start(folder / "killed", pause_after=37)
    lost_session.watch(killed, until="step 37")
    lost_session.kill(killed)
    shutil.copytree(folder / "killed", folder / "forgetful")
    started = {
        "undisturbed": undisturbed,
        "killed": lost_session.start(folder / "killed"),
        "forgetful": lost_session.start(folder / "forgetful", forget_optimizer=True),
    }
    return {
        name: (lost_session.watch(process), lost_session.end_of(folder / name)) for name, process in started.items()
    }


def test_a_killed_training_goes_on_and_ends_as_the_undisturbed_one(ends):
    printed, end = ends["killed"]
    assert printed == ["goes on after step 34", *(f"step {step}" for step in range(35, 61, 5)), "ends after step 60"]
    assert ends["undisturbed"][0][:2] == ["begins", "step 5"]
    assert lost_session.different(ends["undisturbed"][1], end) == []
    assert len(end["loss"]) == lost_session.EPOCHS


def test_a_training_that_forgets_its_optimizer_ends_elsewhere(ends):
    printed, end = ends["forgetful"]
    assert printed[0] == "goes on after step 34"
    different = lost_session.different(ends["undisturbed"][1], end)
    assert {"loss", "weights 1"} <= set(different)  # "weights 0" counts the draws of random numbers
    before = slice(0, 3)  # epochs that ended before
    assert end["loss"][before].tolist() == ends["undisturbed"][1]["loss"][before].tolist()


def test_a_training_that_fails_is_reported_with_what_it_printed(tmp_path):
    process = lost_session.start(tmp_path, pause_after=-1)
    process.kill()
    with pytest.raises(RuntimeError, match="ended before it printed 'step 3'"):
        lost_session.watch(process, until="step 3")
