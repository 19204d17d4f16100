# make run    set up what is missing, write what lies between two bundled songs, and open the studio where there is a display
# make test   set up what is missing, then run all tests
# make quick  those of them that take less than a minute together
# make aloud  play music to a sound server without a loudspeaker, record it and compare; takes as long as the music, best with nothing beside it
# make lint   style, types and the floors of the architecture
# make docs   the documentation site into build/site; a warning is an error
# make translations   the strings of the studio into resources/translations/*.ts; the studio compiles them itself
# make bundle the edition for computers without Python: a folder, an archive and a package for Debian in dist/ (Linux, Python 3.11)
# make bundle-check   tries it in an empty root without Python (as root, with debootstrap)
# make clean  remove what was set up here and what the tools left
#
# PYTHON=python3.12 chooses another interpreter, VENV=path another place for the environment.

PYTHON ?= python3
VENV ?= .venv
INSIDE := $(VENV)/bin/python
TESTS := $(INSIDE) -m pytest -n 2 --dist worksteal
INPUTS := pyproject.toml setup.py constraints.txt
PIP := $(INSIDE) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test quick aloud lint docs clean translations bundle bundle-check
.DELETE_ON_ERROR:

run: $(VENV)/.installed
	@$(INSIDE) -m genstudio interpolate resources/songs/ode-to-joy.mid resources/songs/the-kesh.mid \
		--model folk-melody-16bar --steps 9 --out out/first-run
	@if [ -z "$$CI" ] && { [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; }; then $(INSIDE) -m genstudio gui; \
	else echo "There is no display here; on a desktop, 'make run' or '$(INSIDE) -m genstudio gui' opens the studio."; fi

test: $(VENV)/.installed-dev
	$(TESTS)

quick: $(VENV)/.installed-dev
	$(TESTS) -m "not slow"

aloud: $(VENV)/.installed-dev
	GENSTUDIO_ALOUD=1 $(INSIDE) -m pytest -n 0 tests/gui/music/test_playback.py

lint: $(VENV)/.installed-dev
	$(INSIDE) -m ruff check .
	$(INSIDE) -m mypy
	$(VENV)/bin/lint-imports

# NO_MKDOCS_2_WARNING: the theme's advertisement for its successor is no warning about this site.
docs: $(VENV)/.installed-dev
	NO_MKDOCS_2_WARNING=1 $(INSIDE) -m mkdocs build --strict --quiet --clean

# Strings that are not translated yet are marked in the .ts file, which Qt Linguist or any editor fills.
TRANSLATIONS := resources/translations
translations: $(VENV)/.installed-dev
	mkdir -p build
	$(INSIDE) tools/engine_words.py build/engine_words.py
	$(VENV)/bin/pyside6-lupdate $$(find genstudio/gui -name '*.py' | LC_ALL=C sort) build/engine_words.py -silent -no-obsolete \
		-locations none -source-language en -target-language zh_CN -ts $(TRANSLATIONS)/genstudio_zh_CN.ts
	rm build/engine_words.py

# BUNDLE_WORK=DIR keeps the environment that it is made from, for the next time.
bundle:
	$(PYTHON) packaging/build.py $(if $(BUNDLE_WORK),--work $(BUNDLE_WORK))

bundle-check:
	@[ -n "$$(ls -d dist/genstudio-*-linux-*/ 2>/dev/null)" ] || { echo "There is no bundle in dist/; run 'make bundle' first." >&2; exit 1; }
	packaging/linux/check dist/genstudio-*-linux-*/
	packaging/linux/check dist/genstudio-*-linux-*/ dist/genstudio_*.deb

clean:
	rm -rf .venv build dist *.egg-info out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find genstudio tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# The stamps are younger than everything they depend on, so a second call goes straight to the work.
$(VENV)/.installed: $(INPUTS)
	@$(environment)
	@echo "Installing GenStudio into $(VENV) (the first time this takes a few minutes) ..."
	@$(PIP) --editable '.[gui]'
	@touch $@

$(VENV)/.installed-dev: $(INPUTS)
	@$(environment)
	@echo "Installing GenStudio and its tools for development into $(VENV) (the first time this takes a few minutes) ..."
	@$(PIP) --editable '.[dev]'
	@touch $(VENV)/.installed $@

define environment
command -v $(PYTHON) >/dev/null || { \
	echo "There is no $(PYTHON). Install Python 3.10 or newer (Debian, Ubuntu: sudo apt install python3 python3-venv)" \
	     "or name one: make PYTHON=/path/to/python3" >&2; exit 1; }; \
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
	echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); GenStudio needs Python 3.10 or newer: make PYTHON=python3.12" >&2; exit 1; }; \
$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	echo "$(PYTHON) cannot make virtual environments. Install the package for it" \
	     "(Debian, Ubuntu: sudo apt install python3-venv; Fedora has it in python3)." >&2; exit 1; }; \
$(PYTHON) -m venv $(VENV)
endef
