"""What the check of a bundle runs in it, as ``genstudio -c "$(cat window.py)" FOLDER``: two songs in the real window.

Opens two bundled songs, waits for what lies between them, exports a piece of it as MIDI, and leaves a picture, all in ``FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from genstudio import paths
from genstudio.gui.app import Studio, application
from genstudio.gui.tour import settle
from genstudio.gui.widgets.export_dialog import export


def main() -> int:
    """The exit status."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    app = application()
    studio = Studio(app, home=folder / "home")
    settings = studio.context.settings
    settings["theme"], settings["language"] = "light", "en"
    settings["export"] = {"folder": str(folder), "format": "midi"}
    studio.window.resize(1280, 800)
    try:
        studio.start("home", [str(paths.resource(f"songs/{name}.mid")) for name in ("ode-to-joy", "the-kesh")])
        made: list[object] = []
        for _ in range(20):
            settle(studio)
            page = studio.window.pages.get("create")
            made = [item for item in page.stage.grid.items if item is not None] if page is not None else []
            if len(made) > 4:
                break
        sys.stdout.write(f"{len(made)} pieces are shown\n")
        studio.window.grab().save(str(folder / "window.png"))
        if len(made) < 5:
            return 1
        dialog = export(studio.context, [made[len(made) // 2]], window=studio.window)
        dialog.start()
        settle(studio)
    finally:
        studio.close()
    files = sorted(path.name for path in folder.glob("*.mid"))
    sys.stdout.write(f"exported: {', '.join(files)}\n")
    return 0 if files and all((folder / name).read_bytes().startswith(b"MThd") for name in files) else 1


sys.exit(main())
