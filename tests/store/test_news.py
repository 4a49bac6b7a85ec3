"""What a case tells of as news: all that was written but what its asker knows."""

from pathlib import Path

from crimeview.store.case import open_case


def test_what_is_written_here_is_news_unless_it_is_known(tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case:
        number, revision = case.news(), case.revision()
        assert case.news() == number
        with case.known():
            case.add_recording(tmp_path / "one.mp4")
        assert case.news() == number
        assert case.revision() != revision
        case.add_recording(tmp_path / "two.mp4")
        assert case.news() != number


def test_what_others_write_is_news_before_within_and_after(tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case, open_case(tmp_path / "case") as other:
        number = case.news()
        other.add_recording(tmp_path / "before.mp4")
        with case.known():
            case.add_recording(tmp_path / "one.mp4")
        assert case.news() == number + 1
        with case.known():
            case.add_recording(tmp_path / "two.mp4")
            other.add_recording(tmp_path / "within.mp4")
            case.add_recording(tmp_path / "three.mp4")
        assert case.news() == number + 2
        other.add_recording(tmp_path / "after.mp4")
        assert case.news() == number + 3
        assert len(case.recordings()) == 6


def test_what_others_write_while_a_transaction_ends_is_news(tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case, open_case(tmp_path / "case") as other:
        number, database = case.news(), case._database
        with database.known(), database.writing() as session:
            connection = session.connection().connection.dbapi_connection
        assert connection is not None
        with database.news.known(connection):
            other.add_recording(tmp_path / "meanwhile.mp4")
        assert case.news() == number + 1
