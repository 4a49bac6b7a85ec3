"""Scorers on features of made footage: each method finds the event, and probabilities are fair."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.errors import ModelError  # noqa: E402
from crimeview.core.metrics import roc_auc  # noqa: E402
from crimeview.training.classifier import Classifier  # noqa: E402
from crimeview.training.data.examples import Example  # noqa: E402
from crimeview.training.fit_scorer import (  # noqa: E402
    FITS,
    OWN_METHODS,
    OwnMethod,
    ScorerRecipe,
    calibrate,
    event_head,
    fit_base,
    in_context,
    usual_reference,
)
from crimeview.training.forms import make_form  # noqa: E402
from crimeview.training.heads import Tasks  # noqa: E402
from crimeview.training.tracks import (  # noqa: E402
    FeatureTrack,
    ScoredTrack,
    TrackStore,
    events_of,
    scored,
)
from tests.jobs.finished import finished  # noqa: E402

DIMENSIONS = 8
FORM = replace(make_form("motion-small"), widths=(2, 4, 4, 4, 4, 4, 4))


def _tracks(*, seed: int = 0) -> list[FeatureTrack]:
    """Events raise the first feature, by more than its noise."""
    random = np.random.default_rng(seed)
    tracks = []
    for number in range(24):
        label = ("normal", "fight")[number % 2]
        clips = 2 if label == "fight" else 40
        features = random.normal(0, 1, (clips, DIMENSIONS)).astype(np.float32)
        if label == "fight":
            features[:, 0] += 6
        example = Example(
            path=Path(f"{number}.mp4"),
            data="a" if number < 12 else "b",
            label=label,
            group=str(number),
            fold=0,
        )
        starts = np.arange(clips) * 0.64
        times = np.column_stack([starts, starts + 1.36])
        tracks.append(FeatureTrack(example, times, features, events_of(example)))
    return tracks


def _encoder() -> Classifier:
    tasks = Tasks(("fight",), {"a": ("fight",), "b": ("fight",)})
    encoder = Classifier(FORM, tasks, dropout=0.5, seed=0).eval()
    with torch.no_grad():
        encoder.heads.weight.zero_()
        encoder.heads.weight[0, 0] = -1.0  # “normal” says no where the first feature is high
    return encoder


@pytest.mark.parametrize("method", ["head", "milr"])
def test_each_method_finds_events_it_has_not_seen(method: OwnMethod) -> None:
    recipe = ScorerRecipe(method=method, bags=40)
    network = finished(fit_base(_tracks(), encoder=_encoder(), recipe=recipe))
    test = [scored(network, t) for t in _tracks(seed=1)]
    positive = np.array([t.track.anomalous.any() for t in test])
    assert roc_auc(positive, np.array([t.scores.mean() for t in test])) > 0.95


def test_every_method_can_be_fitted() -> None:
    assert {"head", *FITS} == OWN_METHODS.keys()


def test_a_scorer_that_ranks_the_wrong_way_round_is_refused() -> None:
    tracks = [scored(torch.nn.Flatten(0), t) for t in _one_feature()]
    assert calibrate(tracks).slope > 0
    turned = [replace(t, scores=-t.scores) for t in tracks]
    with pytest.raises(ModelError, match="ranks ordinary clips above events"):
        calibrate(turned)


def _one_feature() -> list[FeatureTrack]:
    return [replace(t, features=t.features[:, :1]) for t in _tracks()]


def test_the_event_head_is_the_classifiers_own() -> None:
    encoder = _encoder()
    features = torch.rand(5, DIMENSIONS)
    with torch.inference_mode():
        normal = encoder.classify(features)[:, 0]
        torch.testing.assert_close(event_head(encoder)(features), -normal)


def test_smoothing_spreads_a_peak() -> None:
    peak = np.zeros((9, DIMENSIONS), np.float32)
    peak[4, 0] = 10
    found = []
    for sigma in (0.0, 1.0):
        recipe = ScorerRecipe(sigma=sigma)
        network = finished(fit_base([], encoder=_encoder(), recipe=recipe))
        with torch.inference_mode():
            found.append(network(torch.from_numpy(peak)).numpy())
    assert found[1][4] < 0.5 * found[0][4]
    assert found[1][3] > found[0][3]


def test_half_means_that_events_and_ordinary_clips_are_as_likely() -> None:
    """Events in one of ten clips, but weighed as if they were half; sets weigh the same."""
    random = np.random.default_rng(0)
    tracks = []
    for number in range(400):
        label = "fight" if number % 10 == 0 else "normal"
        example = Example(
            path=Path("x"), data="ab"[number % 20 == 0], label=label, group="x", fold=0
        )
        times = np.array([[0.0, 1.36]])
        track = FeatureTrack(example, times, np.zeros((1, 1), np.float32), events_of(example))
        mean = 3.0 if label == "fight" else 1.0
        tracks.append(ScoredTrack(track, random.normal(mean, 1, 1).astype(np.float32)))
    calibration = calibrate(tracks)
    assert calibration.clips == 400
    assert -calibration.offset / calibration.slope == pytest.approx(2.0, abs=0.35)


def test_calm_recordings_set_the_reference() -> None:
    example = Example(path=Path("x"), data="a", label="normal", group="x", fold=0)
    quiet = []
    for level in (0.0, 1.0, 2.0, 3.0, 9.0):
        track = FeatureTrack(example, np.zeros((200, 2)), np.zeros((200, 1), np.float32), ())
        quiet.append(ScoredTrack(track, np.full(200, level, np.float32)))
    assert usual_reference(quiet, recipe=ScorerRecipe()) == 1.0


def test_context_changes_no_order_within_a_recording() -> None:
    recipe = ScorerRecipe()
    base = finished(fit_base([], encoder=_encoder(), recipe=recipe))
    network = in_context(base, reference=-2.0, recipe=recipe)
    features = torch.rand(50, DIMENSIONS)
    with torch.inference_mode():
        assert torch.equal(base(features).argsort(), network(features).argsort())


def test_stored_tracks_come_back_for_the_same_key_only(tmp_path: Path) -> None:
    store, tracks = TrackStore(tmp_path), _tracks()
    examples = [t.example for t in tracks]
    store.write("clips", tracks, key="one")
    found = store.read("clips", examples, key="one")
    assert [t.example for t in found] == examples
    for track, again in zip(tracks, found, strict=True):
        np.testing.assert_array_equal(track.features, again.features)
        np.testing.assert_array_equal(track.anomalous, again.anomalous)
    assert store.read("clips", examples, key="two") == []
    assert store.read("clips", examples[1:], key="one") == []
