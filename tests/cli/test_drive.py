import json
import math

import pytest

from crimeview.cli.drive import print_json


def test_what_is_no_number_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"a": math.nan, "b": [1.5, math.inf, {"c": -math.inf}], "d": ("x", None, True, 2)}
    print_json(value)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out) == {"a": None, "b": [1.5, None, {"c": None}], "d": ["x", None, True, 2]}
