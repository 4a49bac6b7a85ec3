"""The words of `crimeview models`."""

from typing import Any

from crimeview.cli.words import add_command, path
from crimeview.nets.engine_names import ENGINES

_IMPORT = """
    FILE is told by its content:
      C3D trained on Sports-1M, a PyTorch checkpoint in the naming of DavideA/c3d-pytorch or
      of mmaction2; an encoder
      Sultani's anomaly scorer: the MATLAB file of its weights, or a PyTorch checkpoint of
      ekosman/AnomalyDetectionCVPR2018-Pytorch
      any model of crimeview's own: its folder, or its ONNX file with manifest.json beside it
      a detector of people of the YOLO family (YOLOX, v5, v7, v8, v11, or end to end), an ONNX file
      without a manifest; its layout is told by shape and values
      MediaPipe's pose networks: the wheel of mediapipe 0.10.21 or pose_landmarker_full.task
    The first two need crimeview[train], the last crimeview[pose]. Nothing in a file is ever run.
    What was imported is used with: crimeview analyze --encoder NAME --scorer NAME, or --theft
    --detector NAME. Weights keep the license of their makers.
"""
_FETCH = """
    pose fetches the wheel of mediapipe 0.10.21 from the Python package index with pip, checks its
    SHA-256, and converts the two pose networks in it to ONNX. Nothing of the wheel is installed or
    run. The networks are under the Apache License 2.0.
"""
_BENCH = """
    Each precision, engine and number of threads that this computer has is measured in turn, and
    compared with fp32 on the CPU: what does not agree is never used (a centered cosine below
    0.995, unless every number is within the tolerance of the model's own check). A clip costs the
    larger of the network's wall time and the CPU time of decoding (10 ms) and network over all
    cores. The least cost wins; within 5 % of it the fewest threads, then the engine cpu, then the
    least CPU time.
    Analyses run the winner from then on, until the processor, the packages or the model change.
    --json prints {"machine": ..., "models": [{"name", "timings", "chosen", "reason"}]} instead of
    the table; figures that were not measured, because of a "fault", are null.
"""


def add_models(commands: Any) -> None:
    command = add_command(commands, "models", "list, show, verify, measure and import the networks")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_command(actions, "list", "list the models")
    show = add_command(actions, "show", "say what a model is, was trained on and reaches")
    show.add_argument("name", metavar="NAME", help="a name that “models list” prints")
    _add_verify(actions)
    _add_bench(actions)
    _add_import(actions)
    _add_fetch(actions)


def _add_fetch(actions: Any) -> None:
    command = add_command(
        actions,
        "fetch",
        "fetch networks of others that are not shipped (needs crimeview[pose])",
        _FETCH,
    )
    command.add_argument("what", choices=("pose",), help="MediaPipe's pose networks")
    command.add_argument(
        "--out", metavar="DIR", type=path, help="the folder of models (default: where others are)"
    )
    command.add_argument(
        "--replace", action="store_true", help="put them in the place of those that are there"
    )


def _add_verify(actions: Any) -> None:
    verify = add_command(
        actions, "verify", "check that a model, or all, still compute what they did when made"
    )
    verify.add_argument("name", metavar="NAME", nargs="?", help="one model instead of all")
    verify.add_argument(
        "--engine",
        choices=ENGINES,
        default="cpu",
        help="what runs them (default: cpu; openvino needs crimeview[openvino], the others another "
        "onnxruntime; without NAME only models that take clips are tried there)",
    )


def _add_bench(actions: Any) -> None:
    command = add_command(
        actions, "bench", "measure every way to run a model, or all, and keep the fastest", _BENCH
    )
    command.add_argument("name", metavar="NAME", nargs="?", help="one model instead of all")
    command.add_argument("--json", action="store_true", help="print one JSON object at the end")


def _add_import(actions: Any) -> None:
    command = add_command(actions, "import", "make a model of published weights", _IMPORT)
    command.add_argument("file", metavar="FILE", type=path, help="the weights, or a model's folder")
    command.add_argument(
        "--name", metavar="NAME", help="what to call the model (default: by what it is)"
    )
    command.add_argument(
        "--json",
        metavar="MODEL.JSON",
        type=path,
        help="the layers of a MATLAB file's network (default: model.json beside it, if there is)",
    )
    command.add_argument(
        "--out",
        metavar="DIR",
        type=path,
        help="the model's own folder, whose last part is its name; together with --name the folder "
        "of models that it goes into (default: where the other models are)",
    )
    command.add_argument(
        "--replace", action="store_true", help="put it in the place of a model of that name"
    )
