import pytest

from crimeview.core.found_by import FoundBy
from crimeview.core.track import TrackKind


def test_scorers_have_words_and_words_are_scorers() -> None:
    both = FoundBy.NOVELTY | FoundBy.EVENTS
    assert both.words == ("events", "novelty")
    assert FoundBy.of_words(reversed(both.words)) == both
    assert FoundBy.NOTHING.words == ()
    assert FoundBy.of_words(()) == FoundBy.NOTHING
    for scorer in FoundBy:
        assert FoundBy.of_words(scorer.words) is scorer
    with pytest.raises(KeyError):
        FoundBy.of_words(["both"])


def test_scores_are_those_of_the_first_scorer() -> None:
    assert FoundBy.NOTHING.track is TrackKind.FRAME_SCORES
    assert FoundBy.VIOLENCE.track is TrackKind.VIOLENCE
    assert (FoundBy.VIOLENCE | FoundBy.NOVELTY).track is TrackKind.VIOLENCE
    assert (FoundBy.EVENTS | FoundBy.NOVELTY).track is TrackKind.FRAME_SCORES
