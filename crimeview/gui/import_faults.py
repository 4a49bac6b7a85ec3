"""What is said to be wrong with weights and models that are imported: each form."""

from collections.abc import Callable

from crimeview.gui.text import translate

IMPORT_FAULTS: tuple[Callable[[], str], ...] = (
    lambda: translate(
        "Told",
        "The input of {name} has no fixed size; export it again with a fixed height and width "
        "and a batch of 1.",
    ),
    lambda: translate(
        "Told",
        "{name} has {inputs} inputs and {outputs} outputs where a detector here has one of "
        "each; export it without masks and without suppression.",
    ),
    lambda: translate(
        "Told",
        "A model cannot be called “{name}”; use small letters, digits, dots and hyphens, a "
        "letter or digit first.",
    ),
    lambda: translate(
        "Told", "The model lacks {file}, or it cannot be read; copy its whole folder again."
    ),
    lambda: translate(
        "Told",
        "The {manifest} beside {name} is that of {other}; put the manifest of {again} beside it.",
    ),
    lambda: translate("Told", "{file} cannot be read; copy the model again."),
    lambda: translate(
        "Told",
        "{folder} cannot be written ({reason}); give another folder with --out, or set "
        "CRIMEVIEW_MODELS to a folder of your own.",
    ),
    lambda: translate(
        "Told", "{folder} is not a model, so it is not replaced; give another --name."
    ),
    lambda: translate(
        "Told",
        "The exported model “{name}” does not give what the trained network gives (off by "
        "{error}); nothing was written.",
    ),
    lambda: translate(
        "Told",
        "Making the pose networks needs the packages onnx and tflite; install them with “pip "
        "install 'crimeview[pose]'”.",
    ),
    lambda: translate(
        "Told",
        "{file} does not hold MediaPipe's pose networks as version 0.10.21 has them; give that "
        "version's wheel, or pose_landmarker_full.task.",
    ),
    lambda: translate("Told", "The TFLite file is damaged; copy or fetch it again."),
    lambda: translate("Told", "{file} is damaged; copy or fetch it again."),
    lambda: translate(
        "Told",
        "{file} cannot be read as a PyTorch checkpoint; it may be damaged or of another kind: "
        "copy it again, or save the network's state_dict() and import that.",
    ),
    lambda: translate(
        "Told",
        "{file} is a PyTorch file without named weights; save the network's state_dict() and "
        "import that.",
    ),
    lambda: translate(
        "Told", "{file} is a TorchScript program; save the network's state_dict() and import that."
    ),
    lambda: translate(
        "Told",
        "{file} was not loaded, and nothing in it was run, for it asks to run code ({code}) "
        "beside its weights; use it only where you trust its maker, to save its state_dict() "
        "alone, and import that.",
    ),
    lambda: translate("Told", "{file} is a MATLAB file that cannot be read; copy it again."),
    lambda: translate(
        "Told",
        "{file} is a MATLAB file, but not {what}: that has weights and biases under {keys}, "
        "this has {found}; give the file of the weights, such as weights_L1L2.mat.",
    ),
    lambda: translate(
        "Told",
        "“{architecture}” describes {wanted}, but {file} has {found}; give the model.json that "
        "was published beside the weights.",
    ),
    lambda: translate(
        "Told",
        "“{architecture}” does not describe a network as Keras does; give the model.json that "
        "was published beside the weights.",
    ),
    lambda: translate(
        "Told",
        "{file} is a PyTorch checkpoint of a network that is not known here: it has {found}, "
        "where {wanted} were expected; import one of these, or export your network to ONNX and "
        "write a manifest for it.",
    ),
    lambda: translate(
        "Told",
        "{file} is an HDF5 file (Keras' .h5 or MATLAB 7.3), which cannot be imported; save the "
        "weights with PyTorch, or as a MATLAB 5 file.",
    ),
    lambda: translate(
        "Told",
        "{file} is no file of weights that is known here; give a PyTorch checkpoint, a MATLAB "
        "file of Sultani's scorer, or an ONNX file with a manifest.json beside it.",
    ),
    lambda: translate("Told", "{file} cannot be read ({reason}); give the file of a model."),
    lambda: translate(
        "Told", "The TFLite file uses the activation {name}, which is not converted."
    ),
    lambda: translate(
        "Told",
        "The TFLite file uses the operator {name}, which is not converted; take the files of "
        "the mediapipe 0.10.21 wheel.",
    ),
    lambda: translate(
        "Told",
        "The TFLite file has quantized weights, which are not converted; take the float file.",
    ),
    lambda: translate(
        "Told", "The TFLite file has weights that are sparse in blocks, not converted."
    ),
    lambda: translate("Told", "This is not a TFLite file: it does not carry the letters TFL3."),
    lambda: translate(
        "Told",
        "{file} does not fit: {name} must be {shape} floating-point numbers, but is {found} of "
        "{kind}; import the published weights.",
    ),
    lambda: translate(
        "Told",
        "{file} has weights that the published network has not ({names}), so it is another "
        "network; import the published weights, or export yours to ONNX and write a manifest.",
    ),
    lambda: translate(
        "Told", "{file} is damaged: {name} has numbers that are not finite; get the file again."
    ),
    lambda: translate(
        "Told", "{file} is incomplete: {names} missing (it has {found}); get the file again."
    ),
)
