"""What is said to be wrong with networks, what they run on, and their manifests: each form."""

from collections.abc import Callable

from crimeview.gui.text import translate

NETWORK_FAULTS: tuple[Callable[[], str], ...] = (
    lambda: translate("Told", "The manifest is not valid JSON: {reason}."),
    lambda: translate("Told", "The model's {part} is not valid: {reason}."),
    lambda: translate("Told", "Correct {file} or copy the model again."),
    lambda: translate(
        "Told",
        "{file} cannot be read ({reason}); allow reading that folder or copy the model again.",
    ),
    lambda: translate(
        "Told", "The model in {folder} calls itself “{name}”; give its folder that name."
    ),
    lambda: translate("Told", "The model “{name}” has no {precision} variant; run it in fp32."),
    lambda: translate(
        "Told",
        "The model “{name}” cannot be run in {precision} on the engine {engine} here: {reason}; "
        "choose another, or let the program choose.",
    ),
    lambda: translate(
        "Told",
        "The model “{name}” is not a detector (its kind is {kind}); import one with: crimeview "
        "models import FILE.onnx",
    ),
    lambda: translate(
        "Told", "The model “{name}” is not a detector (its kind is {kind}); choose another."
    ),
    lambda: translate(
        "Told", "The model “{name}” is not an encoder (its kind is {kind}); choose another."
    ),
    lambda: translate(
        "Told", "The model “{name}” is not a frame classifier (its kind is {kind}); choose another."
    ),
    lambda: translate(
        "Told", "The model “{name}” is not a projection (its kind is {kind}); choose another."
    ),
    lambda: translate(
        "Told", "The model “{name}” is not a scorer (its kind is {kind}); choose another."
    ),
    lambda: translate(
        "Told",
        "The model “{name}” is not a sequence classifier (its kind is {kind}); choose another.",
    ),
    lambda: translate(
        "Told", "The model “{name}” is not a type classifier (its kind is {kind}); choose another."
    ),
    lambda: translate(
        "Told",
        "The model “{name}” is not one for {part}; fetch it with: crimeview models fetch pose",
    ),
    lambda: translate("Told", "The pose networks are not in {place}; {how}"),
    lambda: translate(
        "Told",
        "The detector has no class for people; its classes are {classes}. Import one that finds "
        "people.",
    ),
    lambda: translate(
        "Told",
        "The network's output ({shape}) is not one of a detector of the YOLO family (YOLOX, v5, "
        "v7, v8, v11, or end to end with boxes of six numbers); export it again with one "
        "output, a fixed size and a batch of 1.",
    ),
    lambda: translate("Told", "The detector “{name}” has no fixed size; import it again."),
    lambda: translate(
        "Told",
        "The manifest of the encoder “{name}” does not say how many features it gives; correct "
        "the output's shape.",
    ),
    lambda: translate(
        "Told",
        "The manifest of the frame classifier “{name}” must have one output and a threshold; "
        "correct it or copy the model again.",
    ),
    lambda: translate(
        "Told",
        "The manifest of “{name}” must have an input of {rows} by {columns} numbers and a "
        "threshold; correct it or copy the model again.",
    ),
    lambda: translate("Told", "{engine} is not installed; {how}, or choose the engine cpu."),
    lambda: translate(
        "Told", "OpenVINO is not installed; install it with: pip install 'crimeview[openvino]'"
    ),
    lambda: translate(
        "Told", "What was measured cannot be kept in {file} ({reason}); allow writing there."
    ),
    lambda: translate("Told", "{model} could not run ({reason})."),
    lambda: translate(
        "Told",
        "{model} does not agree with its manifest: the {part} should be the float32 {name} "
        "{shape}, but the file has {found}.",
    ),
    lambda: translate(
        "Told",
        "{model} does not reproduce its check on this computer: it is off by {error} where "
        "{allowed} is allowed; do not use it here, and report this with your processor and the "
        "engine {engine}.",
    ),
    lambda: translate(
        "Told",
        "{model} gives {count} numbers for its check where its manifest has {wanted}; copy the "
        "model folder again.",
    ),
)
