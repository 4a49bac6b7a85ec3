import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import ModelError
from crimeview.jobs.models import ModelPair
from crimeview.nets.encoder import Encoder
from crimeview.nets.scorer import Scorer, check_fit
from tests.tiny_models import DIMENSIONS, SPEC, THRESHOLD, make_models


@pytest.fixture
def pair(tmp_path: Path) -> ModelPair:
    return make_models(tmp_path)


def _clip(*, moving: bool) -> np.ndarray:
    random = np.random.default_rng(1)
    still = random.integers(0, 255, (1, *SPEC.crop, 1), np.uint8)
    clip = np.repeat(still, SPEC.frames, axis=0)
    if moving:
        clip[::2] = 255 - clip[::2]
    return clip


def test_features_are_the_same_each_time_and_tell_motion(pair: ModelPair) -> None:
    with Encoder(pair.encoder, threads=1) as encoder, Scorer(pair.scorer) as scorer:
        check_fit(encoder, scorer)
        assert encoder.spec == SPEC
        assert encoder.dimensions == DIMENSIONS
        features = np.stack([encoder.features(_clip(moving=m)) for m in (False, True)])
        assert features.shape == (2, DIMENSIONS)
        assert features.dtype == np.float32
        again = encoder.features(_clip(moving=True))
        np.testing.assert_array_equal(features[1], again)
        scores = scorer.scores(features)
        assert scores.shape == (2,)
        assert scores[0] < THRESHOLD < scores[1]
        assert scorer.threshold == THRESHOLD


def test_scores_take_stored_half_precision_features_and_none_at_all(pair: ModelPair) -> None:
    with Scorer(pair.scorer) as scorer:
        features = np.random.default_rng(0).random((3, DIMENSIONS)).astype(np.float16)
        np.testing.assert_array_equal(
            scorer.scores(features), scorer.scores(features.astype(np.float32))
        )
        assert scorer.scores(np.zeros((0, DIMENSIONS), np.float32)).shape == (0,)


def test_one_is_not_the_other(pair: ModelPair) -> None:
    with pytest.raises(ModelError, match="is not an encoder"):
        Encoder(pair.scorer)
    with pytest.raises(ModelError, match="is not a scorer"):
        Scorer(pair.encoder)


def test_another_feature_space_does_not_fit(pair: ModelPair) -> None:
    other = replace(
        pair.scorer, manifest=replace(pair.scorer.manifest, feature_space="another encoder's")
    )
    with pytest.raises(ModelError, match=r"trained on features “another encoder's”.*choose a pair"):
        check_fit(pair.encoder, other)
    check_fit(pair.encoder, pair.scorer)


def test_closed_ones_refuse(pair: ModelPair) -> None:
    with Encoder(pair.encoder) as encoder, Scorer(pair.scorer) as scorer:
        pass
    with pytest.raises(ValueError, match="closed"):
        encoder.features(_clip(moving=False))
    with pytest.raises(ValueError, match="closed"):
        scorer.scores(np.zeros((1, DIMENSIONS), np.float32))


_LENGTHS = """
import numpy as np
from crimeview.jobs.models import default_models
from crimeview.nets.scorer import Scorer

def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096 / 1e6

with Scorer(default_models().scorer, threads=1) as scorer:
    rows = np.random.default_rng(0).random((3000, 128), np.float32)
    scorer.scores(rows)
    before = resident()
    for length in range(1, len(rows)):
        scorer.scores(rows[:length])
    print(resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
def test_scoring_ever_more_rows_keeps_nothing_of_each_length() -> None:
    """As a watched camera does, a row more each time: half an hour of it took 3 MB."""
    ended = subprocess.run(
        [sys.executable, "-c", _LENGTHS], capture_output=True, text=True, check=True
    )
    assert float(ended.stdout) < 1.5
