"""What a model is called, what it is for, what it can show, and what can be done with it as a thing of one's own.

Models that come along have a face in the table; others are called as their owner wishes (``title`` in the manifest), or like their
folder. Plain functions; those that read or write folders are for the engine's threads.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from genstudio import paths
from genstudio.domains import get_domain, names, read_file
from genstudio.errors import FileError, GenStudioError
from genstudio.files import write_text
from genstudio.gui import kinds
from genstudio.gui.items import Item, items_of
from genstudio.gui.names import folder_for

__all__ = [
    "EXAMPLES", "Face", "delete", "duplicate", "face_of", "kept_examples", "rename", "shipped", "title_of",
    "written_examples",
]  # fmt: skip

EXAMPLES = 3
_LONGEST_TITLE = 80
_LEFT_OUT = ("training", "prior")  # folders of a model that only its training needs

# By the folder of a model that comes along: its name, what it is for, what it learned from, and the licence of that.
_FACES = {
    "drums-2bar": (
        QT_TRANSLATE_NOOP("Faces", "Beats, 2 bars"),
        QT_TRANSLATE_NOOP("Faces", "Turns one beat into another, with the loudness and timing of a drummer."),
        QT_TRANSLATE_NOOP("Faces", "1,150 performances of drummers on an electronic kit (Groove MIDI Dataset)"),
        "CC BY 4.0",
    ),
    "english-sentence": (
        QT_TRANSLATE_NOOP("Faces", "English sentences"),
        QT_TRANSLATE_NOOP("Faces", "Writes the sentences between two sentences of up to some twenty words."),
        QT_TRANSLATE_NOOP("Faces", "78,771 short sentences that people gave (Common Voice, Tatoeba)"),
        "CC0, CC BY 2.0 FR",
    ),
    "folk-melody-16bar": (
        QT_TRANSLATE_NOOP("Faces", "Tunes, 16 bars"),
        QT_TRANSLATE_NOOP("Faces", "Writes the tunes between two tunes: jigs, reels, marches, airs and songs."),
        QT_TRANSLATE_NOOP("Faces", "5,443 dance tunes and airs of Ireland, Scotland and New England"),
        QT_TRANSLATE_NOOP("Faces", "CC BY 4.0, and by leave of those who wrote them down"),
    ),
    "folk-melody-2bar": (
        QT_TRANSLATE_NOOP("Faces", "Ideas, 2 bars"),
        QT_TRANSLATE_NOOP("Faces", "Mixes two short ideas, note for note, in every common metre and key."),
        QT_TRANSLATE_NOOP("Faces", "5,443 dance tunes and airs of Ireland, Scotland and New England"),
        QT_TRANSLATE_NOOP("Faces", "CC BY 4.0, and by leave of those who wrote them down"),
    ),
    "four-voices-4bar": (
        QT_TRANSLATE_NOOP("Faces", "Four voices, 4 bars"),
        QT_TRANSLATE_NOOP("Faces", "Writes music for four voices, and the other parts to one that is given."),
        QT_TRANSLATE_NOOP("Faces", "122 string quartets from Haydn to Bartók (OpenScore)"),
        "CC0",
    ),
    "lead-sheet-8bar": (
        QT_TRANSLATE_NOOP("Faces", "Songs with chords, 8 bars"),
        QT_TRANSLATE_NOOP("Faces", "Writes tunes with chord symbols, and chords to a tune that has none."),
        QT_TRANSLATE_NOOP("Faces", "502 popular songs, hymns and carols (OpenEWLD)"),
        QT_TRANSLATE_NOOP("Faces", "public domain; refined on songs under CC0"),
    ),
    "series-daily": (
        QT_TRANSLATE_NOOP("Faces", "Time series"),
        QT_TRANSLATE_NOOP("Faces", "Forecasts columns of numbers, fills their gaps, and writes the curves between two curves."),
        QT_TRANSLATE_NOOP("Faces", "16,000 generated series with trends, seasons and noise"),
        QT_TRANSLATE_NOOP("Faces", "made by this program"),
    ),
    "song-4bar": (
        QT_TRANSLATE_NOOP("Faces", "Voice and piano, 4 bars"),
        QT_TRANSLATE_NOOP("Faces", "Writes songs with piano, and the piano to a tune that has none."),
        QT_TRANSLATE_NOOP("Faces", "1,460 songs for voice and piano (OpenScore Lieder)"),
        "CC0",
    ),
    "tang-quatrain": (
        QT_TRANSLATE_NOOP("Faces", "Tang poems"),
        QT_TRANSLATE_NOOP("Faces", "Writes the poems between two poems of four lines, in Chinese."),
        QT_TRANSLATE_NOOP("Faces", "14,171 quatrains of the Tang dynasty (chinese-poetry)"),
        "MIT",
    ),
}


@dataclass(frozen=True)
class Face:
    """title: what it is called. purpose: what it is for, in a sentence. data: what it learned from; licence: of that, ""
    where it is not known. own: it lies in the user's folder of models, and can be renamed and deleted."""

    title: str
    purpose: str = ""
    data: str = ""
    licence: str = ""
    own: bool = False


def shipped(folder: str | Path) -> bool:
    """Whether the model in a folder comes along with the program."""
    return Path(folder).parent == paths.checkpoints()


def title_of(folder: str | Path, title: str = "") -> str:
    """What the model in a folder is called, in the language of the window; ``title``: as its manifest has it."""
    place = Path(folder)
    if shipped(place) and place.name in _FACES:
        return QCoreApplication.translate("Faces", str(_FACES[place.name][0]))
    return title or place.name


def face_of(folder: str | Path, domain: str, preset: str = "", length: int = 0, title: str = "", learned: int = 0) -> Face:
    """The face of the model in a folder. The rest is as its manifest has it; ``learned``: from how many pieces."""
    place, translate = Path(folder), QCoreApplication.translate
    own = place.parent == paths.user_models() and not shipped(place)
    if shipped(place) and place.name in _FACES:
        called, purpose, data, licence = (translate("Faces", str(word)) for word in _FACES[place.name])
        return Face(called, purpose, data, licence, own)
    if not domain:
        return Face(title_of(place, title), own=own)
    purpose = translate("Faces", "Writes {kind} like those that it learned from.").format(kind=kinds.many(domain, preset))
    if length and kinds.plays(domain):
        purpose = translate("Faces", "Writes {kind} of up to {count} bars like those that it learned from.").format(
            kind=kinds.many(domain, preset), count=length
        )
    data = translate("Faces", "{count} pieces").format(count=f"{learned:,}") if learned else ""
    return Face(title_of(place, title), purpose, data, "", own)


# -- what it can show


def kept_examples(folder: str, title: str) -> list[Item]:
    """Pieces that the model in a folder has written, as they are kept with it; none where none are.

    Raises:
        GenStudioError: the model is damaged.
    """
    from genstudio.models.manifest import read_manifest

    manifest = read_manifest(Path(folder))
    kept, domain = manifest.get("examples"), manifest["domain"]
    texts = kept["samples"][:EXAMPLES] if kept else []
    return [_named(Item(piece, domain, ""), title, number) for number, piece in enumerate(_read(texts, domain), 1)]


def _named(item: Item, title: str, number: int) -> Item:
    words = QCoreApplication.translate("Faces", "{model}, example {number}").format(model=title, number=number)
    return Item(item.piece, item.domain, words, job=item.job, place=item.place)


def _read(texts: list[str], domain: str) -> list[Any]:
    """The pieces of the texts that examples are kept as: tunes in ABC, beats as tablature, words; those that can be read."""
    if domain not in names() or not texts:
        return []
    known = get_domain(domain)
    if not known.pitched:
        return [piece for text in texts if (piece := known.parse(text)) is not None]
    with tempfile.TemporaryDirectory(prefix="genstudio-") as place:
        book = Path(place) / "examples.abc"
        write_text(book, "\n\n".join(texts) + "\n")
        try:
            return list(read_file(known, book).pieces)
        except GenStudioError:  # a manifest may come from anywhere
            return []


def written_examples(folder: str, title: str, stop: Any = None) -> list[Item]:
    """Pieces that the model in a folder writes now.

    Raises:
        GenStudioError: it cannot be loaded, or has no way to write pieces by itself.
    """
    import genstudio

    items = items_of(genstudio.load(folder).sample(EXAMPLES, stop=stop))
    return [_named(item, title, number) for number, item in enumerate(items, 1)]


# -- as a thing of one's own


def rename(folder: str, title: str) -> None:
    """Call the model in a folder of one's own otherwise; its folder stays, by which what it made knows it.

    Raises:
        FileError: the name is empty or long, or cannot be written.
    """
    title = " ".join(title.split())
    if not 0 < len(title) <= _LONGEST_TITLE:
        raise FileError("a model needs a name of 1 to {most} letters.", most=_LONGEST_TITLE)
    from genstudio.models.manifest import update_manifest

    update_manifest(Path(folder), {"title": title})


def duplicate(folder: str, title: str) -> str:
    """Copy a model into the user's folder under another name; the new folder. What only its training needs is left behind.

    Raises:
        FileError: it cannot be copied; nothing is left of it then.
    """
    models = paths.user_models()
    half = ""
    try:
        models.mkdir(parents=True, exist_ok=True)
        half = tempfile.mkdtemp(prefix="copy-", dir=models.parent)
        inside = Path(half) / "model"
        shutil.copytree(folder, inside, ignore=lambda at, held: [one for one in held if at == folder and one in _LEFT_OUT])
        rename(str(inside), title)
        out = folder_for(title, models)
        inside.rename(out)
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError("the model cannot be copied to {folder}: {reason}.", folder=models, reason=reason) from error
    finally:
        if half:
            shutil.rmtree(half, ignore_errors=True)
    return str(out)


def delete(folder: str) -> None:
    """Delete a model of one's own. It is out of the list at once, even where its files go one by one.

    Raises:
        FileError: it is not one's own, or its folder cannot be changed.
    """
    place = Path(folder)
    if place.parent != paths.user_models():
        raise FileError("{folder} is not in your folder of models, and is not deleted.", folder=folder)
    try:
        gone = tempfile.mkdtemp(prefix="deleted-", dir=paths.home())
        place.rename(Path(gone) / place.name)
    except OSError as error:
        raise FileError("{folder} cannot be deleted: {reason}.", folder=folder, reason=error.strerror or str(error)) from error
    shutil.rmtree(gone, ignore_errors=True)
