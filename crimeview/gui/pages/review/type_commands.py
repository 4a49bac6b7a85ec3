"""What can be done with the types that are suggested for segments."""

from collections.abc import Sequence

from crimeview.gui.commands import Command, Need
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.text import translate
from crimeview.gui.type_learning import TypeLearning


def type_commands(reviewing: Reviewing, learning: TypeLearning) -> Sequence[Command]:
    menu = translate("Review", "&Review")
    section = translate("Review", "S&uggested types")
    table = (
        (
            "accept-type",
            translate("Review", "&Accept the suggested type"),
            reviewing.accept_suggested,
            ("E",),
            Need.SEGMENT,
        ),
        (
            "suggest-types",
            translate("Review", "&Suggest types anew"),
            learning.suggest,
            (),
            Need.SEGMENTS,
        ),
        (
            "learn-types",
            translate("Review", "&Learn types from what was said"),
            learning.learn,
            (),
            Need.SEGMENTS,
        ),
        (
            "forget-types",
            translate("Review", "&Forget what was learned last"),
            learning.forget,
            (),
            Need.SEGMENTS,
        ),
    )
    return tuple(
        Command(
            id=name,
            title=title,
            menu=menu,
            section=section,
            run=run,
            shortcuts=keys,
            needs=needs,
        )
        for name, title, run, keys, needs in table
    )
