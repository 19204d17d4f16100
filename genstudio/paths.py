"""Where files are: the data that come with the program, and the user's own models and logs.

The program's data are the folders ``checkpoints/``, ``resources/`` and ``tokenizers/``: beside the package in a checkout or an
editable install, inside it as ``genstudio/_data`` in an installed wheel. The user's folder is the platform's usual one;
the environment variable ``GENSTUDIO_HOME`` puts it elsewhere.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from genstudio.errors import FileError, ModelError, did_you_mean

__all__ = [
    "changes",
    "checkpoints",
    "corpora",
    "find_model",
    "home",
    "home_trouble",
    "installed_models",
    "library",
    "logs",
    "resource",
    "resources",
    "runs",
    "tokenizers",
    "training_lock",
    "user_models",
]

_PACKAGE = Path(__file__).resolve().parent
_PROBE = 65_536  # bytes


def _data() -> Path:
    packaged = _PACKAGE / "_data"
    return packaged if packaged.is_dir() else _PACKAGE.parent


def changes() -> Path:
    """The file that says what is new in each version."""
    return _data() / "CHANGELOG.md"


def checkpoints() -> Path:
    """The folder of the models that come with the program; each is a folder in it."""
    return _data() / "checkpoints"


def resources() -> Path:
    """The folder of sample songs and sentences, icons and the like."""
    return _data() / "resources"


def tokenizers() -> Path:
    """The folder of the tokenizers that come with the program; each is a folder in it."""
    return _data() / "tokenizers"


def resource(name: str) -> Path:
    """The path of a resource, such as ``songs/the-kesh.mid`` (always with slashes).

    Raises:
        FileError: it is missing in the installation.
    """
    path = resources().joinpath(*name.split("/"))
    if not path.exists():
        raise FileError("{path} is missing; install GenStudio again, or run it from a whole checkout.", path=path)
    return path


def home() -> Path:
    """The user's own folder for this program; it may not exist yet."""
    chosen = os.environ.get("GENSTUDIO_HOME")
    if chosen:
        return Path(os.path.expanduser(chosen))
    import platformdirs  # late: importing it takes longer than everything else here

    return Path(platformdirs.user_data_dir("genstudio", appauthor=False))


def home_trouble() -> str:
    """Why the user's own folder, or a file or folder in it, cannot be used, as a clause; "" if it can.

    This is tested by writing, because permissions do not show a full or read-only disk.
    """
    folder = home()
    place = folder
    while not os.path.lexists(place) and place != place.parent:
        place = place.parent
    if not place.is_dir():
        return f"{place} is no folder, so {folder} cannot be used" if place != folder else f"{folder} is no folder"
    for inside in ("models", "corpora", "runs", "maps", "logs"):
        if os.path.lexists(folder / inside) and not (folder / inside).is_dir():
            return f"{folder / inside} is no folder, and should be one"
    for inside in ("library.db", "studio.json"):
        if os.path.lexists(folder / inside) and not (folder / inside).is_file():
            return f"{folder / inside} is no file, and should be one"
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(bytes(_PROBE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return f"{folder} cannot be written ({error.strerror or error})"
    return ""


def user_models() -> Path:
    """The folder of the user's own models, each a folder in it; it may not exist yet."""
    return home() / "models"


def corpora() -> Path:
    """The folder of the corpora of the studio, each a folder in it; it may not exist yet."""
    return home() / "corpora"


def runs() -> Path:
    """The folder where the studio trains models, each in a folder in it; it may not exist yet."""
    return home() / "runs"


def training_lock(out: Path) -> Path:
    """The lock file (:func:`genstudio.files.holding`) of a process that trains into the folder ``out``."""
    return out / "training" / ".lock"


def library() -> Path:
    """The file of the user's library; it may not exist yet."""
    return home() / "library.db"


def logs() -> Path:
    """The folder of the logs; it may not exist yet."""
    return home() / "logs"


def _is_model(folder: Path) -> bool:
    try:
        return (folder / "manifest.json").is_file() and (folder / "model.safetensors").is_file()
    except (OSError, ValueError):  # a name that is too long or has a zero byte, a folder without permission
        return False


def installed_models() -> dict[str, Path]:
    """Name and folder of every model that can be loaded by name, sorted; the user's own models hide those of the program."""
    found: dict[str, Path] = {}
    for parent in (checkpoints(), user_models()):
        try:
            folders = sorted(parent.iterdir())
        except OSError:
            continue
        found.update({folder.name: folder for folder in folders if _is_model(folder)})
    return dict(sorted(found.items()))


def find_model(name: str | os.PathLike[str]) -> Path:
    """The folder of a model.

    Args:
        name: a folder with a model (or its ``model.safetensors`` or ``manifest.json``), or the name of an installed model. A name
            takes precedence over a folder of the current directory; write ``./name`` for the folder.

    Raises:
        ModelError: there is no such model, or no model in the folder.
    """
    text = os.fspath(name)
    installed = installed_models()
    if text in installed:
        return installed[text]
    folder = Path(os.path.expanduser(text))  # unlike Path.expanduser, it accepts an unknown ~user
    if folder.name in ("model.safetensors", "manifest.json") and _is_model(folder.parent):
        return folder.parent
    if text and _is_model(folder):
        return folder
    try:
        is_folder = bool(text) and folder.is_dir()
    except (OSError, ValueError):  # on some systems, for a zero byte or a name that is too long
        is_folder = False
    if is_folder:
        raise ModelError(
            "{folder} holds no model; expected model.safetensors and manifest.json in it, as a training writes them.", folder=folder
        )
    if "/" in text or os.sep in text:
        raise ModelError(
            ("there is no model folder {text!r}; give a folder that a training made, or an installed model: {installed}."),
            text=text,
            installed=", ".join(installed) or "there is none",
        )
    raise ModelError("there is no model {text!r}; {hint}", text=text, hint=did_you_mean(text, installed))
