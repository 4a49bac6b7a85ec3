"""An analysis that follows people lists what moves like a theft, and the map has it."""

from dataclasses import replace
from pathlib import Path

from crimeview.core.found_by import FoundBy
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.map_facets import Facet, facet_values
from crimeview.jobs.map_points import points_of_case
from crimeview.jobs.theft_models import theft_models
from crimeview.store.case import open_case
from tests.jobs.finished import finished
from tests.jobs.test_theft import make_classifier
from tests.nets.made_pose import make_pose
from tests.tiny_models import make_models
from tests.walks import write_walk


def test_a_theft_by_pose_is_a_segment_and_a_point_of_the_map(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    pair = make_models(folder)
    make_pose(folder)
    make_classifier(folder, threshold=0.05)
    recording = write_walk(tmp_path / "shop.mp4", leftward=False)
    models = replace(pair, theft=theft_models(folder))
    with open_case(tmp_path / "case") as case:
        finished(analyze([recording], case=case, models=models, settings=AnalyzeSettings(lanes=1)))
        thefts = [s for s in case.segments() if FoundBy.THEFT in s.segment.found_by]
        assert thefts
        points = finished(points_of_case(case))
        values = facet_values(points.items, Facet.FOUND)
        assert any(value is not None and "theft" in value.split() for value in values.values)
        finished(analyze([recording], case=case, models=pair, settings=AnalyzeSettings(lanes=1)))
        assert not [s for s in case.segments() if FoundBy.THEFT in s.segment.found_by]
