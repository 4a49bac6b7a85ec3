"""What engines are called; importing this takes no time."""

from typing import Literal, get_args

Engine = Literal["cpu", "cuda", "directml", "coreml", "openvino"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
