import threading
from pathlib import Path

from crimeview.store.case import Case, open_case
from tests.store.begun import CONTENT, OTHER_CONTENT, begin


def _fill(case: Case, content: str, *, count: int = 5) -> None:
    case.strips.writer(content).append([(2.0 * n, b"jpeg %d" % n) for n in range(count)])


def test_the_picture_at_or_before_a_time_is_found(case: Case) -> None:
    recording_id, _ = begin(case)
    case.strips.writer(CONTENT.sha256).append([(0.5, b"a"), (1.5, b"b"), (9.5, b"c")])
    found = [case.strips.picture(recording_id, t) for t in (0.4, 0.5, 1.49, 1.5, 9.4, 1e6)]
    assert found == [None, (0.5, b"a"), (0.5, b"a"), (1.5, b"b"), (1.5, b"b"), (9.5, b"c")]


def test_there_is_none_without_a_fingerprint_or_a_recording(case: Case) -> None:
    _fill(case, CONTENT.sha256)
    recording_id = case.add_recording(Path("unread.mp4"))
    assert case.strips.picture(recording_id, 1.0) is None
    assert case.strips.picture(recording_id + 7, 1.0) is None


def test_a_writer_goes_on_where_the_one_before_stopped(tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case:
        begin(case)
        assert case.strips.writer(CONTENT.sha256).newest is None
        _fill(case, CONTENT.sha256, count=5)
    with open_case(tmp_path / "case") as case:
        assert case.strips.writer(CONTENT.sha256).newest == 8.0


def test_copies_share_their_pictures_and_the_last_one_takes_them_along(case: Case) -> None:
    first, _ = begin(case, "a.mp4")
    second, _ = begin(case, "b.mp4")
    other, _ = begin(case, "c.mp4", content=OTHER_CONTENT)
    _fill(case, CONTENT.sha256)
    _fill(case, OTHER_CONTENT.sha256)
    assert case.strips.picture(second, 3.0) == case.strips.picture(first, 3.0) == (2.0, b"jpeg 1")
    case.remove_recording(first)
    assert case.strips.picture(second, 3.0) == (2.0, b"jpeg 1")
    case.remove_recording(second)
    assert case.strips.writer(CONTENT.sha256).newest is None
    assert case.strips.picture(other, 3.0) == (2.0, b"jpeg 1")


def test_a_file_of_other_content_loses_the_pictures_of_the_old(case: Case) -> None:
    recording_id, _ = begin(case)
    _fill(case, CONTENT.sha256)
    case.set_fingerprint(recording_id, CONTENT)  # the same once more
    assert case.strips.picture(recording_id, 3.0) is not None
    case.set_fingerprint(recording_id, OTHER_CONTENT)
    assert case.strips.picture(recording_id, 3.0) is None
    assert case.strips.writer(CONTENT.sha256).newest is None


def test_a_writer_left_behind_by_a_removal_stores_nothing(case: Case) -> None:
    recording_id, _ = begin(case)
    writer = case.strips.writer(CONTENT.sha256)
    case.remove_recording(recording_id)
    writer.append([(0.0, b"late")])
    assert case.strips.writer(CONTENT.sha256).newest is None


def test_two_writers_of_the_same_content_do_not_disturb_each_other(case: Case) -> None:
    recording_id, _ = begin(case)

    def write() -> None:
        writer = case.strips.writer(CONTENT.sha256)
        for start in range(0, 60, 6):
            writer.append([(float(start + n), b"%d" % (start + n)) for n in range(6)])

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [case.strips.picture(recording_id, n + 0.5) for n in range(60)]
    assert found == [(float(n), b"%d" % n) for n in range(60)]
