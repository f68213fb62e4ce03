"""--vary and --grid: what they mean is in test_sweep; here, that every mistake gets one line that helps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reluviz.core import Experiment
from reluviz.sweep.options import read_sweep
from reluviz.sweep.ways import Even, Name, Number, Random, SweepError

BASE = replace(Experiment.open("merging-neurons"), iterations=100)


def test_ways():
    sweep = read_sweep(BASE, 2, ["start.weights=even:-.1..1e-1"], ["learning_rate=1e-2, 0.02..0.04:3,random:0.1..0.2"])
    assert sweep.vary == {"start.weights": Even(-0.1, 0.1)}
    rates = (Number(0.01), Number(0.02), Number(0.03), Number(0.04), Random(0.1, 0.2))
    assert sweep.grid == {"learning_rate": rates} and sweep.shape == (5, 2)
    assert read_sweep(BASE, 2, grid=["order=cycle,shuffle"]).grid == {"order": (Name("cycle"), Name("shuffle"))}


@pytest.mark.parametrize(
    ("vary", "grid", "says"),
    [
        (["learning_rat=0.1"], [], "learning_rat: no such key; expected learning_rate"),
        (["start.bias=0"], [], "no such key; expected start.biases"),
        (["start.biases.0=0"], [], "no such key"),
        (["start.biases.x=0"], [], "no such key"),
        (["start.biases.²=0"], [], "no such key"),
        (["start.biases." + "9" * 5000 + "=0"], [], "no such key"),
        (["start.biases=0..1:" + "9" * 5000], [], "does not fit"),
        (["order=backwards"], [], "backwards does not fit; expected cycle or shuffle"),
        (["order=1"], [], "1 does not fit; expected cycle or shuffle"),
        (["learning_rate.2=0.1"], [], "no such key"),
        (["start.biases.5=0"], [], "no such neuron in a run of 4; expected one from 1 to 4"),
        (["start.biases"], [], "expected KEY=VALUE"),
        (["start.biases="], [], "expected KEY=VALUE"),
        (["start.biases=few"], [], "few does not fit; expected a number, random:LOW..HIGH or even"),
        ([], ["start.biases=Few"], "expected a number, a name, LOW..HIGH:COUNT, random:LOW..HIGH or even"),
        (["start.biases=random:0..3:9"], [], "does not fit"),
        (["start.biases=0..3"], [], "does not fit"),
        (["start.biases=random:0..1e999"], [], "not finite"),
        (["start.biases=random:3..0"], [], "expected random:LOW..HIGH with LOW below HIGH"),
        (["start.biases=random:1..1"], [], "expected random:LOW..HIGH with LOW below HIGH"),
        ([], ["learning_rate=0.01,1e-2"], "learning_rate: a value is given twice"),
        ([], ["learning_rate=0.01..0.01:2"], "a value is given twice"),
        ([], ["learning_rate=0.01,,0.02"], "'' does not fit"),
        (["start.biases=nan"], [], "does not fit"),
        (["start.biases.1=even:0..1"], [], "is for all neurons"),
        (["learning_rate=0"], [], "expected numbers above 0"),
        (["learning_rate=random:0..1"], [], "expected numbers above 0"),
        (["learning_rate=even:0.1..0.2"], [], "expected numbers above 0"),
        (["learning_rate=0.1,0.2"], [], "2 values; expected one, or --grid learning_rate=0.1,0.2"),
        (["learning_rate=0.1", "learning_rate=0.2"], [], "given twice"),
        (["learning_rate=0.1"], ["learning_rate=0.2"], "expected one of --vary and --grid"),
        (["start.biases=0", "start.origins=0"], [], "the same, but for the sign"),
        (["start.biases=0", "start.origins.2=0"], [], "the same, but for the sign"),
        (["data.seed=1.5"], [], "whole numbers"),
        (["data.seed=-1"], [], "whole numbers"),
        ([], ["neurons=0"], "whole numbers"),
        ([], ["neurons=65"], "whole numbers from 1 to 64"),
        ([], ["neurons=5"], "start weights for 4; expected --vary start.weights=random:LOW..HIGH"),
        (["start.weights=0.1"], ["neurons=3,5"], "start biases for 4; expected --vary start.origins=random:LOW..HIGH"),
        (["start.weights=0.1", "start.biases=random:-3..0"], ["neurons=2,5", "start.weights.3=1"],
         "no such neuron in a run of 2"),
        ([], ["learning_rate=0.01..0.02:0"], "0 values"),
        ([], ["learning_rate=0.01..0.02:100000", "start.biases.1=0..1:100000"], "20,000,000,000 runs in all"),
    ],
)  # fmt: skip
def test_mistakes_get_one_line(vary, grid, says):
    with pytest.raises(SweepError) as caught:
        read_sweep(BASE, 2, vary, grid)
    assert says in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(("runs", "seed"), [(0, 0), (-5, 0), (10**10, 0), (1, -1), (1, 2**32)])
def test_runs_and_seed_within_reason(runs, seed):
    with pytest.raises(SweepError, match="expected a whole number from"):
        read_sweep(BASE, runs, seed=seed)
