"""What an encoder sees in training is what it sees in use, for every form and input."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.errors import UsageError  # noqa: E402
from crimeview.core.manifest import Output  # noqa: E402
from crimeview.jobs.gather import gather_frames  # noqa: E402
from crimeview.nets.catalog import read_model  # noqa: E402
from crimeview.nets.encoder import Encoder  # noqa: E402
from crimeview.nets.preprocess import network_input  # noqa: E402
from crimeview.nets.session import run_file  # noqa: E402
from crimeview.nets.verify import check_values  # noqa: E402
from crimeview.training.catform import CatForm  # noqa: E402
from crimeview.training.choices import FORMS  # noqa: E402
from crimeview.training.classifier import Classifier, embed  # noqa: E402
from crimeview.training.data.examples import Example  # noqa: E402
from crimeview.training.data.framecache import FrameCache  # noqa: E402
from crimeview.training.export import export_model  # noqa: E402
from crimeview.training.forms import Form, make_form  # noqa: E402
from crimeview.training.heads import find_tasks  # noqa: E402
from crimeview.training.networks import paper_widths  # noqa: E402
from crimeview.video.encode import VideoWriter  # noqa: E402
from crimeview.video.source import opened  # noqa: E402
from tests.made_model import drafted  # noqa: E402

FORM_AND_INPUT = [
    ("motion-small", None),
    ("motion-small", "motion-rgb"),
    ("motion-eighth", "rgb"),
    ("motion-eighth", None),
    ("motion-eighth", "motion-rgb"),
    ("c3d-quarter", None),
    ("c3d-half", "motion-rgb"),
    ("c3d", None),
]


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds at an odd size and rate: a still scene with a bright thing that crosses it."""
    path = tmp_path_factory.mktemp("video") / "moving.mp4"
    scene = np.random.default_rng(0).integers(0, 200, (90, 122, 3), np.uint8)
    with VideoWriter(path, rate=23.0, width=122, height=90) as video:
        for number in range(69):
            picture = scene.copy()
            picture[30:60, number : number + 25] = (250, 200, 90)
            video.write(picture)
    return path


def _exported(model: Classifier, form: Form, folder: Path) -> Encoder:
    manifest = drafted(
        "tested",
        "encoder",
        clip=form.spec,
        input=form.input,
        output=Output(name="features", shape=(1, form.dimensions)),
        feature_space="tested",
    )
    export_model(
        CatForm(model.encoder),
        draft=manifest,
        check_values=check_values(manifest),
        run=run_file,
        folder=folder,
    )
    return Encoder(read_model(folder), threads=1)


@pytest.mark.parametrize(("name", "front"), FORM_AND_INPUT)
def test_features_in_use_are_those_of_training(
    name: str, front: str | None, recording: Path, tmp_path: Path
) -> None:
    made = make_form(name, front=front)  # type: ignore[arg-type]
    form = replace(made, widths=tuple(max(2, w // 16) for w in made.widths))
    example = Example(path=recording, data="made", label="fight", group="a", fold=0)
    model = Classifier(form, find_tasks([example]), dropout=0.0, seed=1).eval()
    job = gather_frames([example], FrameCache(tmp_path / "frames", form.spec))
    while True:
        try:
            next(job)
        except StopIteration as end:
            (frames,) = end.value.frames
            break
    with opened(recording) as source, _exported(model, form, tmp_path / "tested") as encoder:
        clips = list(source.clips(encoder.spec))
        whole = [clip for clip in clips if clip.end <= frames.times[-1, 1]]
        used = np.stack([encoder.features(clip.frames) for clip in whole])
    prepare = partial(network_input, spec=form.spec, wanted=form.input)
    starts = np.array([clip.start for clip in whole])

    def embedded(at: np.ndarray) -> np.ndarray:
        batches = embed(model, frames, at, spec=form.spec, prepare=prepare)
        return np.concatenate([features for features, _ in batches])

    trained, later = embedded(starts), embedded(starts + 1 / 23)
    assert len(used) >= 2
    assert trained.shape == (len(used), form.dimensions)
    allowed = 1e-4 * np.abs(trained).max()
    np.testing.assert_allclose(used, trained, atol=allowed)
    assert np.abs(later - trained).max() > 10 * allowed  # a frame more or less would show


def test_the_papers_form_is_the_papers() -> None:
    form = make_form("c3d")
    assert form.widths == paper_widths(1.0) == (64, 128, 256, 256, 512, 512, 512, 512)
    assert form.input.shape == (1, 3, 16, 112, 112)
    assert form.dimensions == 4096
    assert not form.batch_norm
    with pytest.raises(UsageError, match="c3d-half"):
        make_form("c3d", front="motion")


def test_every_form_can_be_built_and_trains_at_its_sizes() -> None:
    for name in FORMS:
        form = make_form(name)
        with torch.device("meta"):
            encoder = form.encoder()
        for size in form.sizes:
            shape = (2, form.spec.channels, form.spec.frames, size, size)
            assert encoder(torch.empty(shape, device="meta")).shape == (2, form.dimensions)
