# Everything from one command: `make`. What there is: `make help`. Needs GNU make 3.81 or newer and a POSIX shell.

SHELL := /bin/sh
QUALITY ?= m
THEME ?= $(or $(RELUVIZ_THEME),dark)
# Films rendered at a time: as many as `make -j2` says; of `make -j`, and of make 3.81, which keeps the number to
# itself, as many as there are processors. Only a recipe knows its make's flags, so this is read there.
JOBS = $(patsubst -j%,%,$(or $(filter -j%,$(subst -j ,-j$(shell getconf _NPROCESSORS_ONLN) ,$(MAKEFLAGS) )),-j1))

VENV := .venv
RELUVIZ := $(VENV)/bin/reluviz
TRAJECTORIES := media/trajectories
SWEEPS := media/sweeps/films
# Light ones lie beside the dark ones, in folders of their own.
LOOK := $(if $(filter light,$(THEME)),-light)
VIDEOS := media/videos$(LOOK)
FIGURES := media/figures$(LOOK)
KIT := media/lecture$(LOOK)
PUBLISH = $(RELUVIZ) publish --videos $(VIDEOS) --figures $(FIGURES) --output $(KIT)

LIBRARY := $(wildcard reluviz/core/library/*.toml)
RUNS := $(patsubst reluviz/core/library/%.toml,$(TRAJECTORIES)/%.npz,$(LIBRARY))
# any_run.py and any_two.py film experiments of your own: reluviz explain, reluviz compare.
SCENES := $(filter-out scenes/any_run.py scenes/any_two.py,$(wildcard scenes/*.py))
# A scene's file has underscores, its film dashes, as its script has: scenes/one_neuron.py makes one-neuron.mp4.
FILMS := $(foreach scene,$(SCENES),$(VIDEOS)/$(subst _,-,$(basename $(notdir $(scene)))).mp4)

ifeq ($(filter $(QUALITY),l m h k),)
$(error QUALITY is $(QUALITY); expected l (480p15), m (720p30), h (1080p60) or k (2160p60))
endif
ifeq ($(filter $(THEME),dark light),)
$(error THEME is $(THEME); expected dark or light)
endif

GOALS := $(or $(MAKECMDGOALS),all)
# Two that make films in one folder would undo each other's work, so the second waits. These make none:
TOGETHER := help test test-slow test-attacks bench

ifneq ($(if $(ALONE),,$(filter-out $(TOGETHER),$(GOALS))),)

.PHONY: alone $(GOALS)
$(GOALS): alone
	@:
alone:
	@+tools/alone.sh $(MAKE) --no-print-directory ALONE=yes $(MAKECMDGOALS)

else

.PHONY: all films lecture lecture-all train install preview figures docs bench test test-slow test-attacks clean help
# Each of these is replaced when the new one is whole, by reluviz itself.
.PRECIOUS: $(FILMS) $(RUNS) $(KIT)/manifest.json

all: lecture

help:
	@echo 'make                 install into .venv, train, render every film into $(VIDEOS)/, publish'
	@echo 'make QUALITY=l|m|h|k the same at 480p15, 720p30 (as without), 1080p60, 2160p60; -j2 renders two at a time'
	@echo 'make THEME=light     the same for white slides: media/videos-light/, media/lecture-light/'
	@echo 'make preview         the films, quick and small (480p15), into media/preview/'
	@echo 'make train           only the recorded runs, $(TRAJECTORIES)/'
	@echo 'make figures         the figures of the article as PNG, $(FIGURES)/'
	@echo 'make lecture         the lecture kit: films, page, captions, questions, $(KIT)/'
	@echo 'make lecture-all     the same with slides, a file a chapter, copies without sound, ZIPs'
	@echo 'make docs            the documents: pictures drawn by the code beside them, docs/findings.md'
	@echo 'make bench           what films cost, benchmarks/results.md; in short what sweeps cost, and the lab'
	@echo 'make test            ruff, mypy and the tests, one file on each core, but for the slow ones'
	@echo 'make test-slow       the tests that render whole films'
	@echo 'make test-attacks    kills, damage and bad input by the thousand, benchmarks/attacks.md'
	@echo 'make clean           remove all that was made, but for .venv, the voice cache and sweeps of your own'

# ---- Installation: once, and again when the dependencies change --------------------------------------------------

install: $(VENV)/installed

$(VENV)/installed: pyproject.toml constraints.txt tools/check-system.sh
	@python=$$(tools/check-system.sh) && "$$python" -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/installed
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

# ---- Runs and films ----------------------------------------------------------------------------------------------

# What training, sweeps, figures and the kit rest on: see tools/dependencies.py.
# Makefiles are made even by `make -n`, which is to do nothing: there it has to do with the one that is there.
FRAGMENT := media/build/parts.mk
ifneq ($(filter-out $(TOGETHER) install clean,$(GOALS)),)
include $(if $(findstring n,$(firstword -$(MAKEFLAGS))),$(wildcard $(FRAGMENT)),$(FRAGMENT))
endif

$(FRAGMENT): tools/dependencies.py $(shell find reluviz -name '*.py') | $(VENV)/installed
	@$(VENV)/bin/python -m tools.dependencies $@

train: $(RUNS)

# Trained anew even if a run of the same description is there: the code may have changed.
$(TRAJECTORIES)/%.npz: reluviz/core/library/%.toml $(TRAINING) | $(VENV)/installed
	@rm -f $@
	@$(RELUVIZ) train $*

# reluviz itself knows what each film is made from, and renders those of which something has changed.
films: $(RUNS) $(SWEEPS)/current | $(VENV)/installed
	@$(RELUVIZ) render -q $(QUALITY) --theme $(THEME) --jobs $(JOBS) --output $(VIDEOS)

$(FILMS): films
	@:

preview:
	@$(MAKE) --no-print-directory QUALITY=l VIDEOS=media/preview films

# The sweeps of films go with the code that trained them; a film trains its own anew. Yours, one folder up, stay.
$(SWEEPS)/current: $(SWEEPING)
	@rm -rf $(SWEEPS)
	@mkdir -p $(SWEEPS)
	@touch $@

# Stills of the article's figures, from the recorded runs alone.
figures: $(FIGURES)/all-drawn

$(FIGURES)/all-drawn: $(RUNS) $(DRAWING) | $(VENV)/installed
	$(RELUVIZ) figures --theme $(THEME) --output $(FIGURES)
	@touch $@

# What a lecturer embeds, from the films and figures; they are copied as they are, so it takes seconds.
lecture: $(KIT)/manifest.json

$(KIT)/manifest.json: $(FILMS) $(FIGURES)/all-drawn $(PUBLISHING)
	$(PUBLISH)

# What holds the films' bytes again, too. It stays until there are other films.
lecture-all: $(FILMS) $(FIGURES)/all-drawn
	$(PUBLISH) --silent-copies --clip-files --decks --zips

# What the documents show, from the code that they show it with.
docs: $(RUNS) | $(VENV)/installed
	$(VENV)/bin/python -m tools.findings
	$(VENV)/bin/python -m tools.block_pictures
	$(VENV)/bin/python -m tools.film_stills

# ---- Checks ------------------------------------------------------------------------------------------------------

test: $(VENV)/installed-for-tests
	$(VENV)/bin/ruff check
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest -m 'not slow' -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-slow: $(VENV)/installed-for-tests
	$(VENV)/bin/python -m pytest -m slow

test-attacks: $(VENV)/installed-for-tests
	RELUVIZ_ATTACKS=whole $(VENV)/bin/python -m pytest tests/attacks

bench: $(VENV)/installed-for-tests
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(VENV)/bin/python benchmarks/run.py --films
	$(VENV)/bin/python benchmarks/sweep.py --quick
	$(VENV)/bin/python benchmarks/lab.py

clean:
	rm -rf $(foreach made,videos figures lecture,media/$(made) media/$(made)-light) media/preview $(TRAJECTORIES) \
	    $(SWEEPS) media/build media/images media/Tex media/texts

endif
