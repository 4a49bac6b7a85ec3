"""What is said to be wrong with models, libraries and comparisons of segments: each form."""

from collections.abc import Callable

from crimeview.gui.text import translate

MODEL_FAULTS: tuple[Callable[[], str], ...] = (
    lambda: translate(
        "Told",
        "The case has {count} segments with features; groups need at least {fewest}. Analyze "
        "more recordings, or lower the threshold.",
    ),
    lambda: translate(
        "Told", "{segments} segments cannot be parted into {count} groups; give a smaller --count."
    ),
    lambda: translate(
        "Told", "A map cannot be written as “{name}”; let the name end in .png, .svg or .csv."
    ),
    lambda: translate(
        "Told", "“{file}” cannot be written ({reason}); choose another place or free some space."
    ),
    lambda: translate("Told", "This case has learned nothing of types that could be forgotten."),
    lambda: translate(
        "Told",
        "{count} segments with features have a type or are dismissed; give types to at least "
        "{fewest}, of two kinds or more (dismissed ones are a kind), to learn from them.",
    ),
    lambda: translate(
        "Told",
        "All that was said is of one recording, so that it cannot be found out whether "
        "learning helps with others; review segments of another recording as well.",
    ),
    lambda: translate(
        "Told",
        "The case {case} has no segments with features; analyze recordings first, or lower "
        "the threshold.",
    ),
    lambda: translate(
        "Told",
        "Recordings of {case} were analyzed with different encoders; analyze all of them with one.",
    ),
    lambda: translate(
        "Told", "A name needs at least one letter; “crimeview groupings unname” takes one back."
    ),
    lambda: translate(
        "Told",
        "“{name}” is no projection for the features of “{space}”; {there}. “crimeview train "
        "projection” makes one.",
    ),
    lambda: translate(
        "Told",
        "The projection “{name}” takes vectors of {wanted} numbers; these have {count}. Train "
        "it again for this encoder.",
    ),
    lambda: translate(
        "Told",
        "The case {case} holds no segments to compare with; analyze recordings into it, or "
        "lower its threshold.",
    ),
    lambda: translate(
        "Told", "The library {library} is empty; add to it first (“crimeview library add”)."
    ),
    lambda: translate(
        "Told", "The library {library} has no segments yet; add some with “crimeview library add”."
    ),
    lambda: translate(
        "Told",
        "The library {library} holds vectors of {held}, but the query is one of {space}: they "
        "cannot be compared. Choose the encoder that the library was made with.",
    ),
    lambda: translate(
        "Told",
        "A library on a server keeps no copies of clips; leave --copy-clips out, or add to a "
        "library in a folder.",
    ),
    lambda: translate(
        "Told",
        "“{name}” is not the file that was analyzed; nothing was copied of it. Analyze it again.",
    ),
    lambda: translate("Told", "The folder {folder} cannot be made ({reason}); free some space."),
    lambda: translate(
        "Told", "There is no library in {folder}; add to it first (“crimeview library add”)."
    ),
    lambda: translate(
        "Told",
        "The library {folder} cannot be written; allow writing in that folder or choose "
        "another one.",
    ),
    lambda: translate(
        "Told", "{file} is a database of another program, not a library; choose another folder."
    ),
    lambda: translate(
        "Told",
        "The library {library} was written by a newer crimeview; update crimeview to open it.",
    ),
    lambda: translate("Told", "{folder} is a file; a library needs a folder."),
    lambda: translate(
        "Told", "The library's folder {folder} cannot be made ({reason}); choose another place."
    ),
    lambda: translate(
        "Told",
        "There is no library in {library} yet; its administrator makes one with “crimeview "
        "library create URL”.",
    ),
    lambda: translate("Told", "The library {library} could not be used ({reason}); try again."),
    lambda: translate(
        "Told",
        "The search index was missing and was built anew from the library ({count} vectors).",
    ),
    lambda: translate(
        "Told",
        "The search index was damaged ({reason}) and was built anew from the library ({count} "
        "vectors).",
    ),
    lambda: translate(
        "Told",
        "The search index was of another kind and was built anew from the library ({count} "
        "vectors).",
    ),
    lambda: translate(
        "Told",
        "The search index was of another state of the library and was built anew from the library "
        "({count} vectors).",
    ),
    lambda: translate(
        "Told",
        "The search index could not be stored beside the library; free some space on its disk. "
        "Until then it is built anew each time.",
    ),
    lambda: translate(
        "Told", "The part of the graph that was built is damaged ({reason}) and is built anew."
    ),
    lambda: translate(
        "Told",
        "The graph is built but could not be stored beside the library; free some space on its "
        "disk. Building it again goes on from what was stored last.",
    ),
    lambda: translate(
        "Told",
        "The graph could not take the index's place ({reason}); try again, nothing of it is lost.",
    ),
    lambda: translate(
        "Told",
        "You may read the library {library}, but not change it; ask its administrator to make "
        "you an editor.",
    ),
    lambda: translate(
        "Told",
        "Somebody else has changed this segment meanwhile; look at it again before you change it.",
    ),
    lambda: translate(
        "Told",
        "A library cannot be at a “{scheme}” address; give a folder, or a URL as "
        "postgresql://name@server/database?sslmode=verify-full.",
    ),
    lambda: translate(
        "Told",
        "Leave the password out of the library's URL, where others can read it; “crimeview "
        "library login URL” asks for it and keeps it in your keyring.",
    ),
    lambda: translate(
        "Told",
        "Leave {secret} out of the library's URL, where others can read it; use a key file "
        "that only you may read.",
    ),
    lambda: translate(
        "Told",
        "The library's URL cannot be read; give one as "
        "postgresql://name@server:5432/database?sslmode=verify-full.",
    ),
    lambda: translate(
        "Told",
        "No keyring of this computer could keep the password, so it was not kept; set one up "
        "(GNOME Keyring, KWallet, or the system's own), or use a client certificate or a "
        ".pgpass file.",
    ),
    lambda: translate(
        "Told", "The keyring of this computer could not be asked; unlock it and try again."
    ),
    lambda: translate("Told", "There is something at {folder} already; choose another name."),
    lambda: translate(
        "Told",
        "The package {folder} cannot be written ({reason}); free some space or choose another "
        "place.",
    ),
    lambda: translate(
        "Told", "{folder} is not a package of a library: its {file} is missing or cannot be read."
    ),
    lambda: translate(
        "Told", "The package {folder} is incomplete ({missing}); copy it again. Nothing was added."
    ),
    lambda: translate(
        "Told",
        "The package {folder} is damaged ({file} is not what was written); copy it again. "
        "Nothing was added.",
    ),
    lambda: translate(
        "Told",
        "The process that did the work ended unexpectedly, perhaps for want of memory; close "
        "other programs, or take fewer segments.",
    ),
    lambda: translate(
        "Told", "There is no folder of models at {place}; set CRIMEVIEW_MODELS to one."
    ),
    lambda: translate("Told", "There is no model “{name}” in {place}; known there: {known}."),
    lambda: translate(
        "Told", "{folder} is not a model: it has no {file}; copy the whole model folder there."
    ),
    lambda: translate("Told", "{file} is damaged; copy the model again."),
    lambda: translate(
        "Told", "{model} is incomplete: {file} cannot be read; copy the whole folder again."
    ),
    lambda: translate(
        "Told",
        "{model} is damaged: the SHA-256 of {file} is not the one in its manifest; copy the "
        "model folder again.",
    ),
    lambda: translate(
        "Told", "{model} cannot be opened on the engine {engine} ({reason}); choose the engine cpu."
    ),
    lambda: translate(
        "Told", "{model} is not a usable ONNX file ({reason}); copy the model again."
    ),
    lambda: translate(
        "Told",
        "The scorer “{scorer}” was trained on features “{wanted}”, but the encoder "
        "“{encoder}” gives “{given}”; choose a pair that fits.",
    ),
    lambda: translate(
        "Told",
        "There is no detector to tell classes of objects by; import one with: crimeview "
        "models import FILE.onnx",
    ),
    lambda: translate(
        "Told",
        "The model “{name}” cannot be the {kind}: its kind is {known}; “crimeview models "
        "list” says which there are.",
    ),
    lambda: translate(
        "Told", "There is nothing at {path}; give a file of weights or a model's folder."
    ),
    lambda: translate(
        "Told",
        "There is “{name}” in {folder} already; give another --name, or --replace to put the "
        "import in its place.",
    ),
    lambda: translate(
        "Told",
        "There is no {manifest} in {folder}, which says what an ONNX file wants and gives; "
        "write one beside the ONNX file, as the models that crimeview ships have it.",
    ),
    lambda: translate(
        "Told",
        "The input of {name} is not a float32 picture (1, 3, height, width), so it is no "
        "detector; write a manifest.json beside the ONNX file if it is another model.",
    ),
    lambda: translate(
        "Told", "{name} is not a usable ONNX file ({reason}); copy or export it again."
    ),
    lambda: translate(
        "Told",
        "Importing weights needs PyTorch, which is not installed; install it with “pip "
        "install 'crimeview[train]'”.",
    ),
)
