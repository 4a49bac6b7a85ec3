from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.manifest import Manifest, Metric, Variant
from crimeview.jobs.model_card import card_path, write_card
from crimeview.training.cards import NOTES_BEGIN, NOTES_END, card
from tests.tiny_models import make_models


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    scorer = make_models(tmp_path / "made").scorer.manifest
    figure = Metric(name="AUC", value=0.83, interval=(0.76, 0.89), protocol="held-out clips")
    control = Metric(name="AUC, control", value=0.81, interval=None, protocol="held-out clips")
    return replace(scorer, metrics=(figure, control), calibration="Half means as likely as not.")


def _page(manifest: Manifest, earlier: str | None = None) -> str:
    files = [manifest.file, *(v.file for v in manifest.variants)]
    return card(manifest, sizes=dict.fromkeys(files, 1_500_000), earlier=earlier)


def test_a_card_says_what_the_manifest_says(manifest: Manifest) -> None:
    page = _page(manifest)
    assert page.startswith(f"# {manifest.name}: a score for each clip")
    assert "| AUC | 0.83 | 0.76 to 0.89 | 1 |" in page
    assert "| AUC, control | 0.81 |  | 1 |" in page  # one protocol, told once
    assert page.count("held-out clips") == 1
    assert "Half means as likely as not." in page
    assert f"**Default threshold**: {manifest.threshold:g}." in page
    assert "1.50 MB" in page


def test_notes_written_by_hand_are_kept(manifest: Manifest) -> None:
    first = _page(manifest)
    notes = "It cannot see thefts.\n\n- Nor a person lying still."
    head, rest = first.split(NOTES_BEGIN)
    edited = head + NOTES_BEGIN + "\n" + notes + "\n" + NOTES_END + rest.split(NOTES_END)[1]
    changed = replace(manifest, threshold=0.75)
    again = _page(changed, edited)
    assert notes in again
    assert "0.75" in again
    assert _page(changed, again) == again


def test_int8_has_its_figures_or_the_reason_why_not(manifest: Manifest) -> None:
    cosine = Metric(name="centered cosine to fp32", value=0.998, interval=None, protocol="p")
    variant = Variant(
        precision="int8",
        file="tiny-int8.onnx",
        sha256="0" * 64,
        metrics=(cosine,),
        check=manifest.check,
    )
    shipped = _page(replace(manifest, variants=(variant,)))
    assert "`tiny-int8.onnx`, 1.50 MB" in shipped
    assert "| centered cosine to fp32 | 0.998 | p |" in shipped
    refused = replace(cosine, name="int8, refused: centered cosine to fp32", value=0.9)
    page = _page(replace(manifest, metrics=(*manifest.metrics, refused)))
    assert "lost too much" in page
    assert "| centered cosine to fp32 | 0.9 | p |" in page
    assert "| int8, refused" not in page
    assert "No int8 variant was made" in _page(manifest)


def test_the_card_lies_beside_the_folder_of_models(tmp_path: Path) -> None:
    encoder = make_models(tmp_path / "models").encoder
    path = write_card(encoder.folder)
    assert path == card_path(encoder.folder)
    assert path == tmp_path / "docs" / "models" / f"{encoder.manifest.name}.md"
    page = path.read_text(encoding="utf-8")
    path.write_text(page.replace("Nothing yet", "Something"), encoding="utf-8")
    assert "Something" in write_card(encoder.folder).read_text(encoding="utf-8")
    assert [p.name for p in path.parent.iterdir()] == [path.name]
