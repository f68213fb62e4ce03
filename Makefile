# Everything from one command: `make`. What there is: `make help`. Needs GNU make 3.81 or newer and a POSIX shell.

SHELL := /bin/sh
QUALITY ?= m
JOBS ?= 1

VENV := .venv
RELUVIZ := $(VENV)/bin/reluviz
TRAJECTORIES := media/trajectories
SWEEPS := media/sweeps/films
VIDEOS := media/videos
KIT := media/lecture/manifest.json

LIBRARY := $(wildcard reluviz/core/library/*.toml)
RUNS := $(patsubst reluviz/core/library/%.toml,$(TRAJECTORIES)/%.npz,$(LIBRARY))
# any_run.py and any_two.py film experiments of your own: reluviz explain, reluviz compare.
SCENES := $(filter-out scenes/any_run.py scenes/any_two.py,$(wildcard scenes/*.py))
# A scene's file has underscores, its film dashes, as its script has: scenes/one_neuron.py makes one-neuron.mp4.
FILMS := $(foreach scene,$(SCENES),$(VIDEOS)/$(subst _,-,$(basename $(notdir $(scene)))).mp4)

ifeq ($(filter $(QUALITY),l m h k),)
$(error QUALITY is $(QUALITY); expected l (480p15), m (720p30), h (1080p60) or k (2160p60))
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

.PHONY: all films lecture train install preview figures docs bench test test-slow test-attacks clean help FORCE
# Each of these is replaced when the new one is whole, by reluviz itself.
.PRECIOUS: $(FILMS) $(RUNS) $(KIT)

all: lecture

help:
	@echo 'make                 install into .venv, train, render every film into $(VIDEOS)/, publish'
	@echo 'make QUALITY=l|m|h|k the same at 480p15, 720p30 (as without), 1080p60, 2160p60; JOBS=2 renders two at a time'
	@echo 'make preview         the films, quick and small (480p15), into media/preview/'
	@echo 'make train           only the recorded runs, $(TRAJECTORIES)/'
	@echo 'make figures         the figures of the article as PNG, media/figures/'
	@echo 'make lecture         the lecture kit: page, slides, clips and captions, media/lecture/'
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
	@$(RELUVIZ) render -q $(QUALITY) --jobs $(JOBS) --output $(VIDEOS)

$(FILMS): films
	@:

preview:
	@$(MAKE) --no-print-directory QUALITY=l VIDEOS=media/preview films

# The sweeps of films go with the code that trained them; a film trains its own anew. Yours, one folder up, stay.
$(SWEEPS)/current: $(SWEEPING)
	@rm -rf $(SWEEPS)
	@mkdir -p $(SWEEPS)
	@touch $@

# What figures look like beyond their files; it changes only when the word does.
media/figures/settings: FORCE
	@mkdir -p $(@D)
	@echo 'THEME=$(RELUVIZ_THEME)' | cmp -s - $@ || echo 'THEME=$(RELUVIZ_THEME)' >$@

# Stills of the article's figures, from the recorded runs alone.
figures: media/figures/all-drawn

media/figures/all-drawn: $(RUNS) $(DRAWING) media/figures/settings | $(VENV)/installed
	$(RELUVIZ) figures
	@touch $@

# What a lecturer embeds, from the films and figures; they are copied as they are, so it takes seconds.
lecture: $(KIT)

$(KIT): $(FILMS) media/figures/all-drawn $(PUBLISHING)
	$(RELUVIZ) publish

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
	rm -rf media/videos media/preview $(TRAJECTORIES) $(SWEEPS) media/build media/figures media/lecture media/images \
	    media/Tex media/texts

endif
