from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from crimeview.core.errors import ModelError
from crimeview.nets.quantize import quantize
from crimeview.nets.session import run_file


def _inputs(count: int, *, seed: int) -> list[NDArray[np.float32]]:
    random = np.random.default_rng(seed)
    return [random.normal(size=(1, 4, 12, 12)).astype(np.float32) for _ in range(count)]


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """Subtract the mean, two convolutions, average: a front, layers with weights, and a head."""
    random = np.random.default_rng(0)
    weights = {
        "first": random.normal(0, 0.2, (8, 4, 3, 3)).astype(np.float32),
        "second": random.normal(0, 0.2, (6, 8, 3, 3)).astype(np.float32),
    }
    graph = helper.make_graph(
        [
            helper.make_node("ReduceMean", ["clip"], ["usual"], keepdims=1),
            helper.make_node("Sub", ["clip", "usual"], ["moved"], name="front"),
            helper.make_node("Conv", ["moved", "first"], ["a"], name="conv1"),
            helper.make_node("Relu", ["a"], ["b"], name="relu1"),
            helper.make_node("Conv", ["b", "second"], ["c"], name="conv2"),
            helper.make_node("Relu", ["c"], ["d"], name="relu2"),
            helper.make_node("GlobalAveragePool", ["d"], ["e"], name="head"),
            helper.make_node("Flatten", ["e"], ["features"]),
        ],
        "made",
        [helper.make_tensor_value_info("clip", TensorProto.FLOAT, (1, 4, 12, 12))],
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, (1, 6))],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    file = tmp_path / "made.onnx"
    opset = helper.make_opsetid("", 18)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=9), file)
    return file


def _kinds(file: Path, *, of: str) -> list[str]:
    """Element types of the weights behind each convolution, `of` its name."""
    graph = onnx.load(file).graph
    makers = {output: node for node in graph.node for output in node.output}
    types = {i.name: TensorProto.DataType.Name(i.data_type) for i in graph.initializer}
    (conv,) = [n for n in graph.node if n.name == of]
    weights = conv.input[1]
    return [types[makers[weights].input[0]] if weights in makers else types[weights]]


def test_int8_gives_nearly_the_same_on_what_it_was_not_calibrated_on(
    network: Path, tmp_path: Path
) -> None:
    target = tmp_path / "int8.onnx"
    quantize(network, target, _inputs(20, seed=1), spared=0)
    test = _inputs(20, seed=2)
    wanted = np.concatenate([run_file(network, v) for v in test])
    found = np.concatenate([run_file(target, v) for v in test])
    off = np.abs(found - wanted).max()
    assert 0 < off < 0.03 * np.abs(wanted).max()
    assert _kinds(target, of="conv1") == _kinds(target, of="conv2") == ["INT8"]


def test_front_and_head_stay_as_they_are(network: Path, tmp_path: Path) -> None:
    target = tmp_path / "int8.onnx"
    quantize(network, target, _inputs(5, seed=1), spared=0)
    graph = onnx.load(target).graph
    makers = {output: node.op_type for node in graph.node for output in node.output}
    front = next(n for n in graph.node if n.op_type == "Sub")
    head = next(n for n in graph.node if n.op_type == "GlobalAveragePool")
    assert "DequantizeLinear" not in {makers.get(name) for name in front.input}
    assert "QuantizeLinear" not in {n.op_type for n in graph.node if head.output[0] in n.input}


def test_spared_layers_keep_their_weights(network: Path, tmp_path: Path) -> None:
    target = tmp_path / "int8.onnx"
    quantize(network, target, _inputs(5, seed=1), spared=1)
    assert _kinds(target, of="conv1") == ["FLOAT"]
    assert _kinds(target, of="conv2") == ["INT8"]


def test_scales_are_per_channel(network: Path, tmp_path: Path) -> None:
    target = tmp_path / "int8.onnx"
    quantize(network, target, _inputs(5, seed=1), spared=0)
    sizes = {i.name: i.dims for i in onnx.load(target).graph.initializer}
    assert [list(d) for name, d in sizes.items() if name.startswith("second_scale")] == [[6]]


@pytest.mark.parametrize(
    ("count", "spared", "sentence"),
    [(0, 0, "at least one input"), (3, 2, "no layers with weights")],
)
def test_nothing_to_go_on_is_told(
    network: Path, tmp_path: Path, count: int, spared: int, sentence: str
) -> None:
    with pytest.raises(ModelError, match=sentence):
        quantize(network, tmp_path / "int8.onnx", _inputs(count, seed=1), spared=spared)
