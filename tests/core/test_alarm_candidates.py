"""The plainest judge of scores."""

from crimeview.core.alarm_candidates import CandidateJudge, CandidateRule
from crimeview.core.track import TrackKind
from crimeview.core.watching import CameraHealth, CameraState, LiveAlarm, LiveScore


def score(time: float, value: float, *, camera: str = "gate") -> LiveScore:
    return LiveScore(
        camera=camera,
        kind=TrackKind.CLIP_SCORES,
        start=time,
        end=time + 1,
        score=value,
        threshold=0.6,
        known=time,
        told=time + 1,
    )


def judged(judge: CandidateJudge, *scores: LiveScore) -> list[LiveAlarm]:
    return [alarm for each in scores for alarm in judge.take(each)]


def test_an_alarm_begins_at_the_threshold_and_ends_when_scores_have_stayed_low() -> None:
    judge = CandidateJudge(CandidateRule(hysteresis=0.8, quiet=3.0))
    values = [0.1, 0.59, 0.7, 0.9, 0.5, 0.2, 0.2, 0.2, 0.2]
    alarms = judged(judge, *[score(time, value) for time, value in enumerate(values)])
    begun, over = alarms
    assert begun.id == over.id
    assert (begun.start, begun.end, begun.peak) == (2, None, 0.7)
    assert (over.start, over.end, over.peak, over.peak_time) == (2, 5, 0.9, 3.5)


def test_cameras_alarm_each_for_itself() -> None:
    alarms = judged(CandidateJudge(), score(0, 0.7), score(0, 0.7, camera="yard"), score(1, 0.7))
    assert [alarm.camera for alarm in alarms] == ["gate", "yard"]


def test_another_threshold_can_be_given() -> None:
    assert not judged(CandidateJudge(CandidateRule(threshold=0.9)), score(0, 0.8))
    assert judged(CandidateJudge(CandidateRule(threshold=0.3)), score(0, 0.4))


def test_an_alarm_of_a_camera_that_is_lost_ends() -> None:
    judge = CandidateJudge(CandidateRule(quiet=3.0))
    judged(judge, score(0, 0.7))
    health = [
        CameraHealth(camera="gate", time=time, state=CameraState.LOST, since=0.0)
        for time in (2.0, 5.0, 30.0, 31.0)
    ]
    assert [alarm.end for each in health for alarm in judge.take(each)] == [1.0]
