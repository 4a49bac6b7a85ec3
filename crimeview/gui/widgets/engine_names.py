"""What networks are run on and with, in words."""

from crimeview.gui.text import translate


def engine_title(engine: str) -> str:
    match engine:
        case "auto":
            return translate("Engine", "Automatic")
        case "cpu":
            return translate("Engine", "Processor")
        case "cuda":
            return translate("Engine", "NVIDIA graphics card (CUDA)")
        case "directml":
            return translate("Engine", "Graphics card (DirectML)")
        case "coreml":
            return translate("Engine", "Apple silicon (CoreML)")
        case _:
            return translate("Engine", "Processor, with OpenVINO")


def precision_title(precision: str) -> str:
    match precision:
        case "auto":
            return translate("Engine", "Automatic")
        case "fp32":
            return translate("Engine", "Full (fp32)")
        case _:
            return translate("Engine", "Reduced (int8)")
