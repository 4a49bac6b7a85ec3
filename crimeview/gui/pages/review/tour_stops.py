"""What a tour says of the review page."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from crimeview.gui.commands import Actions, key_texts
from crimeview.gui.text import translate
from crimeview.gui.tour import TourStop


def review_stops(
    actions: Actions, *, recordings: QWidget, picture: QWidget, scores: QWidget, segments: QWidget
) -> Sequence[TourStop]:
    def key(command_id: str) -> str:
        return next(key_texts(actions.commands[command_id]), "–")

    return (
        TourStop(
            title=translate("Tour", "Recordings"),
            text=translate(
                "Tour",
                "Drop video files or folders anywhere on the window. They are looked through in "
                "the background, and the files themselves stay untouched.",
            ),
            target=lambda: recordings,
        ),
        TourStop(
            title=translate("Tour", "Picture"),
            text=translate(
                "Tour",
                "{play} plays, {back} and {on} go frame by frame, and {faster} plays faster at "
                "each press. Zoom, light, regions to ignore and other cameras beside it are in the "
                "menus.",
            ).format(
                play=key("play"),
                back=key("frame-back"),
                on=key("frame-forward"),
                faster=key("shuttle-on"),
            ),
            target=lambda: picture,
        ),
        TourStop(
            title=translate("Tour", "Scores over time"),
            text=translate(
                "Tour",
                "How unusual each moment is, with the segments as blocks. Click to go there, drag "
                "to look through, turn the wheel to zoom. A score is a lead, not a finding.",
            ),
            target=lambda: scores,
        ),
        TourStop(
            title=translate("Tour", "Segments to review"),
            text=translate(
                "Tour",
                "What is worth looking at, the highest score first. {next} goes to the next one, "
                "{confirm} confirms, {dismiss} dismisses, {unsure} leaves it unsure, and {undo} "
                "takes anything back.",
            ).format(
                next=key("next-segment"),
                confirm=key("review-confirmed"),
                dismiss=key("review-dismissed"),
                unsure=key("review-unsure"),
                undo=key("undo"),
            ),
            target=lambda: segments,
        ),
    )
