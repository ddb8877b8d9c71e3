"""What stands beside the cases of a study names nobody."""

from __future__ import annotations

from dsar.desk.campaign_whom import UnmandatedError
from dsar.desk.gathering import reason
from dsar.directory.errors import UnknownControllerError


def test_the_reason_for_which_a_seat_was_left_out_is_a_kind_and_no_name() -> None:
    held = UnmandatedError(name="Zoé Example", id="P-1", today="2026-03-01", why="M-1: it ended")
    assert reason(str(held)) == "mandate"
    assert reason(str(UnknownControllerError(text="zoe"))) == "controller"
    assert reason("Stopped: Zoé Example does not want it") == "stopped"
    assert reason("Zoé Example moved away") == "other"
