"""--vary and --grid: what they mean is in test_sweep; here, that every mistake gets one line that helps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reluviz.core import Experiment, train
from reluviz.core.measure import rms_error
from reluviz.sweep.description import Sweep
from reluviz.sweep.execute import train_part
from reluviz.sweep.keys import spoken
from reluviz.sweep.options import read_sweep
from reluviz.sweep.runs import blocks, experiment_of
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


@pytest.mark.parametrize(
    ("vary", "grid", "says"),
    [
        ([], ["batch_size=1,10,some"], "some does not fit; expected whole numbers from 1 to 10,000,000, or all"),
        ([], ["batch_size=1,401"], "batch_size: 401 of 400 samples; expected whole numbers up to 400, or all"),
        ([], ["batch_size=2.5"], "batch_size: 2.5 does not fit"),
        ([], ["optimizer.name=sgd,rmsprop"], "rmsprop does not fit; expected sgd, momentum, nesterov or adam"),
        (["optimizer.momentum=0.5"], [], "not of sgd; expected optimizer.name=momentum or nesterov with it"),
        (["optimizer.momentum=1", "optimizer.name=momentum"], [], "expected numbers from 0 and below 1"),
        (["optimizer.beta1=0.5"], ["optimizer.name=adam,momentum"], "optimizer.beta1: not of momentum"),
        (["data.noise=-1"], [], "data.noise: -1 does not fit; expected numbers from 0"),
        (["data.noise=1e31"], [], "data.noise: 1e+31 is too large; expected numbers between"),
        (["start.weights=random:0..1e200"], [], "is too large"),
    ],
)  # fmt: skip
def test_mistakes_in_batches_optimisers_and_noise_get_one_line(vary, grid, says):
    with pytest.raises(SweepError) as caught:
        read_sweep(BASE, 2, vary, grid)
    assert says in str(caught.value) and "\n" not in str(caught.value)


def test_settings_of_training_are_shared_by_runs_side_by_side():
    """Each point's runs are those of the experiment with its batches, optimiser and noise; settings in words."""
    sweep = read_sweep(
        replace(BASE, iterations=60), 2, ["start.origins=random:0..3", "optimizer.momentum=0.5"],
        ["batch_size=1,10,all", "optimizer.name=momentum,nesterov", "data.noise=0,0.1"],
    )  # fmt: skip
    assert sweep.shape == (3, 2, 2, 2)
    seen = set()
    for k in range(sweep.total):
        one = experiment_of(sweep, k)
        seen.add((one.batch_size, one.optimizer, one.noise))
        assert one.optimizer.momentum == 0.5
    assert len(seen) == 12 and {size for size, _, _ in seen} == {1, 10, 400}
    found = [block.experiment for block in blocks(sweep, range(sweep.total))]
    assert len(found) == 12
    again = Sweep.from_dict(sweep.to_dict(), "x")
    assert again.digest == sweep.digest
    assert spoken("batch_size") == "samples in a batch"
    assert spoken("start.origins.2") == "neuron 2’s origin at the start"


@pytest.mark.parametrize("name", ["momentum", "adam"])
def test_a_run_of_a_sweep_is_the_very_run(name):
    sweep = read_sweep(
        replace(BASE, iterations=400), 3, ["start.origins=random:0..3", f"optimizer.name={name}", "batch_size=7"]
    )
    found = train_part(sweep, 0)
    for k in range(3):
        run = train(experiment_of(sweep, k))
        assert found.error[k] == pytest.approx(rms_error(run, run.last), rel=1e-12)
