"""Puts the data folders of the checkout into built wheels as ``genstudio/_data``."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

DATA = ("checkpoints", "resources", "tokenizers")


class BuildWithData(build_py):
    """An editable install finds the folders in place; a wheel gets a copy, which `genstudio.paths` looks for first."""

    def run(self):
        super().run()
        if getattr(self, "editable_mode", False):
            return
        target = Path(self.build_lib, "genstudio", "_data")
        shutil.rmtree(target, ignore_errors=True)
        for name in DATA:
            if Path(name).is_dir():
                shutil.copytree(name, target / name, ignore=shutil.ignore_patterns(".*", "__pycache__", "training"))
        shutil.copy("CHANGELOG.md", target)


setup(cmdclass={"build_py": BuildWithData})
