# Everything from one command: `make`. What there is: `make help`. Needs GNU make 3.81 or newer and a POSIX shell.

SHELL := /bin/sh
QUALITY ?= m

VENV := .venv
RELUVIZ := $(VENV)/bin/reluviz
TRAJECTORIES := media/trajectories
SWEEPS := media/sweeps/films
VIDEOS := media/videos

# Publishing copies films, so a change of it renders none anew.
CODE := $(shell find reluviz -name '*.py' -not -path '*/publish/*' -not -path '*/cli/*')
LIBRARY := $(wildcard reluviz/core/library/*.toml)
RUNS := $(patsubst reluviz/core/library/%.toml,$(TRAJECTORIES)/%.npz,$(LIBRARY))
# any_run.py and any_two.py film experiments of your own: reluviz explain, reluviz compare.
SCENES := $(filter-out scenes/any_run.py scenes/any_two.py,$(wildcard scenes/*.py))
# A scene's file has underscores, its film dashes, as its script has: scenes/one_neuron.py makes one-neuron.mp4.
FILMS := $(foreach scene,$(SCENES),$(VIDEOS)/$(subst _,-,$(basename $(notdir $(scene)))).mp4)

ifeq ($(filter $(QUALITY),l m h k),)
$(error QUALITY is $(QUALITY); expected l (480p15), m (720p30), h (1080p60) or k (2160p60))
endif

.PHONY: all films lecture train install preview figures bench test test-slow clean help FORCE
.DELETE_ON_ERROR:

all: lecture

help:
	@echo 'make                 install into .venv, train, render every film into $(VIDEOS)/, publish'
	@echo 'make QUALITY=l|m|h|k the same at 480p15, 720p30 (as without), 1080p60, 2160p60; -j2 renders two at a time'
	@echo 'make preview         the same as QUALITY=l'
	@echo 'make train           only the recorded runs, $(TRAJECTORIES)/'
	@echo 'make figures         the figures of the article as PNG, media/figures/'
	@echo 'make lecture         the lecture kit: page, slides, clips and captions, media/lecture/'
	@echo 'make bench           what films cost, benchmarks/results.md; in short what sweeps cost'
	@echo 'make test            ruff, mypy and the tests, but for the slow ones'
	@echo 'make test-slow       the tests that render whole films'
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

train: $(RUNS)

# Trained anew even if a run of the same description is there: the code may have changed.
$(TRAJECTORIES)/%.npz: reluviz/core/library/%.toml $(wildcard reluviz/core/*.py reluviz/core/*/*.py) | $(VENV)/installed
	@rm -f $@
	@$(RELUVIZ) train $*

films: $(FILMS)

preview:
	@$(MAKE) QUALITY=l films

# The sweeps of films go with the code that trained them; a film trains its own anew. Yours, one folder up, stay.
$(SWEEPS)/current: $(wildcard reluviz/core/*.py reluviz/core/*/*.py reluviz/analysis/*.py reluviz/analysis/*/*.py reluviz/sweep/*.py)
	@rm -rf $(SWEEPS)
	@mkdir -p $(SWEEPS)
	@touch $@

# What a film looks and sounds like beyond its files; this file changes only when one of these does.
media/settings: FORCE
	@mkdir -p media
	@echo 'QUALITY=$(QUALITY) THEME=$(RELUVIZ_THEME) VOICE=$(RELUVIZ_VOICE)' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# The runs that a script names in its table [runs], and what stands for all its sweeps.
runs_of = $(shell sed -n '/^\[runs\]/,/^\[[^r]/s/^[a-z_]* *= *"\([^"]*\)".*/$(subst /,\/,$(TRAJECTORIES))\/\1.npz/p' $(1))

sweeps_of = $(if $(shell sed -n '/^\[sweeps\./p' $(1)),$(SWEEPS)/current)

# A process and a media_dir for each film, so that two can be rendered at once. Manim's cache of animations does not see
# changes in imported modules, so it stays off. The film gets its final name when it is whole, its captions just before.
# $(1): the scene's name as its file has it; $(2): with dashes.
define film
$(VIDEOS)/$(2).mp4: scenes/$(1).py $(wildcard reluviz/story/scripts/$(2).toml) $(CODE) manim.cfg media/settings \
    $(call runs_of,$(wildcard reluviz/story/scripts/$(2).toml)) \
    $(call sweeps_of,$(wildcard reluviz/story/scripts/$(2).toml)) | $(VENV)/installed
	@rm -rf media/build/$(2) $$@ $$(@:.mp4=.srt) $$(@:.mp4=.json)
	@mkdir -p $(VIDEOS)
	$(VENV)/bin/manim render -q$(QUALITY) --disable_caching --progress_bar none -v WARNING \
	    --media_dir media/build/$(2) -o $(2) scenes/$(1).py
	@cd media/build/$(2)/videos/$(1)/*/ && for kind in srt json mp4; do \
	    if [ -f $(2).$$$$kind ]; then mv $(2).$$$$kind ../../../../../videos/; fi; done
	@test -f $$@
	@rm -rf media/build/$(2)
endef
$(foreach scene,$(SCENES),$(eval $(call film,$(basename $(notdir $(scene))),$(subst _,-,$(basename $(notdir $(scene)))))))

# Stills of the article's figures, from the recorded runs alone.
figures: media/figures/all-drawn

media/figures/all-drawn: $(RUNS) $(CODE) media/settings | $(VENV)/installed
	$(RELUVIZ) figures
	@touch $@

# What a lecturer embeds, from the films and figures; they are copied as they are, so it takes seconds.
lecture: media/lecture/manifest.json

media/lecture/manifest.json: $(FILMS) media/figures/all-drawn $(wildcard reluviz/publish/*.* reluviz/publish/templates/*)
	$(RELUVIZ) publish

# ---- Checks ------------------------------------------------------------------------------------------------------

test: $(VENV)/installed-for-tests
	$(VENV)/bin/ruff check
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest -m 'not slow'

test-slow: $(VENV)/installed-for-tests
	$(VENV)/bin/python -m pytest -m slow

bench: $(VENV)/installed-for-tests
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(VENV)/bin/python benchmarks/run.py --films l
	$(VENV)/bin/python benchmarks/sweep.py --quick

clean:
	rm -rf $(VIDEOS) $(TRAJECTORIES) $(SWEEPS) media/build media/figures media/lecture media/images media/Tex media/texts media/settings*
