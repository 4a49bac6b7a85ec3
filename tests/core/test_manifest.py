import json
from typing import Any

import numpy as np
import pytest

from crimeview.core.errors import ModelError
from crimeview.core.manifest import Manifest, check_input


def encoder() -> dict[str, Any]:
    return {
        "name": "c3d-test",
        "kind": "encoder",
        "file": "c3d-test.onnx",
        "sha256": "0" * 64,
        "clip": {
            "frames": 16,
            "rate": None,
            "step": 16,
            "resize": [128, 171],
            "crop": [112, 112],
            "color": "rgb",
        },
        "input": {
            "name": "clip",
            "shape": [1, 3, 16, 112, 112],
            "layout": "NCTHW",
            "scale": 1.0,
            "mean": [90.0, 98.0, 102.0],
            "std": [1.0, 1.0, 1.0],
        },
        "output": {"name": "fc6", "shape": [1, 4096]},
        "feature_space": "c3d-test-fc6",
        "segments": None,
        "threshold": None,
        "calibration": None,
        "metrics": [{"name": "AUC", "value": 0.8, "interval": [0.7, 0.9], "protocol": "5 folds"}],
        "origin": {
            "data": ["rendered scenes"],
            "license": "Apache-2.0",
            "commit": "abc",
            "date": "2026-01-31",
            "description": "A test.",
        },
        "check": {"expected": [0.5], "tolerance": 0.001},
        "variants": [
            {
                "precision": "int8",
                "file": "c3d-test-int8.onnx",
                "sha256": "1" * 64,
                "metrics": [],
                "check": {"expected": [0.4], "tolerance": 0.01},
            }
        ],
    }


def changed(path: str, value: object) -> str:
    data = encoder()
    *parents, key = path.split(".")
    place = data
    for parent in parents:
        place = place[parent]
    place[key] = value
    return json.dumps(data)


def test_a_manifest_survives_the_round_trip() -> None:
    manifest = Manifest.from_json(json.dumps(encoder()))
    assert manifest.clip is not None
    assert manifest.clip.resize == (128, 171)
    assert Manifest.from_json(manifest.to_json()) == manifest
    assert json.loads(manifest.to_json()) == encoder()


@pytest.mark.parametrize("key", sorted(encoder()))
def test_every_key_is_needed(key: str) -> None:
    data = encoder()
    del data[key]
    with pytest.raises(ModelError, match=rf"{key} missing"):
        Manifest.from_json(json.dumps(data))


@pytest.mark.parametrize("part", ["", "clip.", "input.", "output.", "origin.", "check."])
def test_unknown_keys_are_refused(part: str) -> None:
    with pytest.raises(ModelError, match="unknown key surprise"):
        Manifest.from_json(changed(f"{part}surprise", 1))


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ("kind", "oracle", "kind must be one of"),
        ("file", "../evil.onnx", "file"),
        ("sha256", "123", "sha256"),
        ("name", "C3D Test", "name"),
        ("clip", None, "an encoder needs a clip"),
        ("clip.frames", 0, "whole number"),
        ("clip.frames", True, "whole number"),
        ("clip.rate", -1, "rate must be above 0"),
        ("clip.crop", [200, 112], "crop is larger"),
        ("clip.resize", [128], "two numbers"),
        ("clip.color", "sepia", "color must be one of"),
        ("input.mean", [90.0], "same length"),
        ("input.std", [1.0, 0.0, 1.0], "above 0"),
        ("input.layout", "CHW", "layout must be one of"),
        ("input.layout", "NCHW", "clips of one frame"),
        ("input.shape", ["1"], "whole number"),
        ("output.name", 5, "must be text"),
        ("feature_space", None, "needs a feature_space"),
        ("segments", 0, "whole number"),
        ("segments", 32, "only a scorer"),
        ("calibration", 1, "must be text"),
        ("variants", [{}], "missing"),
        ("threshold", "high", "must be a number"),
        ("threshold", 7, "above 0 and at most at 1"),
        ("threshold", float("nan"), "not finite"),
        ("check.tolerance", 10**400, "far too large"),
        ("origin.date", "yesterday", "date"),
        ("origin", [], "must be an object"),
        ("metrics", {}, "must be a list"),
    ],
)
def test_values_that_make_no_sense_are_refused(path: str, value: object, complaint: str) -> None:
    with pytest.raises(ModelError, match=complaint):
        Manifest.from_json(changed(path, value))


def test_channels_must_fit_the_color() -> None:
    with pytest.raises(ModelError, match="one number per channel"):
        Manifest.from_json(changed("clip.color", "gray"))


def test_text_that_is_not_json_is_refused_with_a_sentence() -> None:
    with pytest.raises(ModelError, match="not valid JSON"):
        Manifest.from_json("{")


def test_the_check_pattern_never_changes() -> None:
    pattern = check_input((2, 3, 4, 1))
    assert pattern.shape == (2, 3, 4, 1)
    assert pattern.dtype == np.uint8
    assert pattern.ravel()[:8].tolist() == [0, 187, 119, 51, 239, 171, 102, 34]


def test_a_variant_needs_a_file_of_its_own() -> None:
    data = encoder()
    data["variants"][0]["file"] = data["file"]
    with pytest.raises(ModelError, match="a file of its own"):
        Manifest.from_json(json.dumps(data))


def type_classifier() -> dict[str, Any]:
    return encoder() | {
        "kind": "type-classifier",
        "clip": None,
        "input": encoder()["input"] | {"shape": [None, 8], "layout": None, "mean": [], "std": []},
        "output": {"name": "types", "shape": [None, 3]},
        "threshold": 0.4,
        "classes": ["fight", "crash", "theft"],
    }


def test_only_a_type_classifier_has_classes_and_needs_them() -> None:
    manifest = Manifest.from_json(json.dumps(type_classifier()))
    assert manifest.classes == ("fight", "crash", "theft")
    assert json.loads(manifest.to_json()) == type_classifier()
    for classes in (["fight", "crash"], ["a", "a", "b"], [], "abc", ["a", "b", 3]):
        with pytest.raises(ModelError):
            Manifest.from_json(json.dumps(type_classifier() | {"classes": classes}))
    without = type_classifier()
    del without["classes"]
    with pytest.raises(ModelError, match="classes missing"):
        Manifest.from_json(json.dumps(without))
    with pytest.raises(ModelError, match="unknown key classes"):
        Manifest.from_json(json.dumps(encoder() | {"classes": ["a", "b"]}))
    with pytest.raises(ModelError, match="needs a threshold"):
        Manifest.from_json(json.dumps(type_classifier() | {"threshold": None}))


def test_a_projection_says_what_it_takes_and_gives() -> None:
    projection = {k: v for k, v in type_classifier().items() if k != "classes"}
    projection |= {"kind": "projection", "threshold": None}
    assert Manifest.from_json(json.dumps(projection)).kind == "projection"
    for fault in ({"feature_space": None}, {"output": {"name": "x", "shape": [None, None]}}):
        with pytest.raises(ModelError, match="projection needs"):
            Manifest.from_json(json.dumps(projection | fault))
