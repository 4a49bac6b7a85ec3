from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import ModelError
from crimeview.nets.frame_classifier import FrameClassifier
from crimeview.nets.verify import verify
from tests.tiny_models import THRESHOLD, VIOLENCE_SPEC, make_frame_classifier, make_models


def test_motion_is_probable_and_a_still_scene_is_not(tmp_path: Path) -> None:
    model = make_frame_classifier(tmp_path)
    assert verify(model) == 0.0
    still = np.full((3, 16, 16, 1), 90, np.uint8)
    moving = still.copy()
    moving[1] += 60
    with FrameClassifier(model, threads=1) as classifier:
        assert classifier.spec == VIOLENCE_SPEC
        assert classifier.threshold == THRESHOLD
        probabilities = [classifier.probability(frames) for frames in (still, moving)]
    assert 0.0 <= probabilities[0] < 0.1
    assert 0.9 < probabilities[1] <= 1.0
    assert isinstance(probabilities[0], float)
    with pytest.raises(ValueError, match="closed"):
        classifier.probability(still)


def test_another_kind_of_model_is_refused(tmp_path: Path) -> None:
    models = make_models(tmp_path)
    with pytest.raises(ModelError, match="is not a frame classifier"):
        FrameClassifier(models.encoder)
    assert models.violence is not None
    manifest = models.violence.manifest
    two = replace(manifest, output=replace(manifest.output, shape=(1, 2)))
    with pytest.raises(ModelError, match="one output"):
        FrameClassifier(replace(models.violence, manifest=two))
