"""The page trains as Python does: the same bits at every recorded update."""

import hashlib
import json
from itertools import pairwise

import numpy as np

from reluviz.core import Experiment
from reluviz.core.summary import state_hash
from reluviz.core.training.one import train
from reluviz.lab.bundle import WEB
from tests.lab.browser import served
from tests.lab.conftest import node


def test_every_update_of_every_run_has_the_same_bits(experiments, hashes, tmp_path):
    """The data too: NumPy's uniform numbers, its permutations, the noise."""
    printed = node("train.mjs", [one.to_dict() for one in experiments], str(tmp_path / "numbers"))
    answers = [json.loads(line) for line in printed.splitlines()]
    numbers = np.fromfile(tmp_path / "numbers", dtype="<f8")
    at = 0
    seen = set()
    for experiment, answer, wanted in zip(experiments, answers, hashes, strict=True):
        run = train(experiment)
        assert (answer["updates"], answer["overflowed"]) == (run.last, run.overflowed_at is not None), experiment
        expected = (experiment.samples(), experiment.targets(), run.weights, run.biases, run.output_biases, run.inputs,
                    run.residuals)  # fmt: skip
        for array in expected:
            theirs = numbers[at : at + array.size]
            at += array.size
            assert theirs.tobytes() == array.astype("<f8").tobytes(), experiment
        assert answer["hash"] == wanted
        seen.add((experiment.optimizer.name, experiment.batch_size > 1, experiment.order, answer["overflowed"]))
    assert at == numbers.size
    assert len({kind[:3] for kind in seen}) == 16, "every combination of optimiser, batch and order occurs"
    assert {kind[0] for kind in seen if kind[3]} == {"sgd", "momentum", "nesterov"}, "and each that can overflow does"


def test_bits_in_the_browser(chromium, experiments, hashes):
    """The modules as they stand, over HTTP: every run's states hash as Python's."""
    with served(WEB) as address:
        chromium.get(address + "package.json")
        found = chromium.execute_async_script(
            """const [descriptions, done] = arguments;
            const modules = ["training", "state", "digest"].map((name) => import(`./science/${name}.js`));
            Promise.all(modules).then(([t, s, d]) =>
              done(descriptions.map((description) => {
                const experiment = s.settled(description);
                return [...d.stateHash(t.train(experiment, t.drawData(experiment)))].at(-1);
              })));""",
            [one.to_dict() for one in experiments],
        )
    assert found == hashes


def test_the_hash_is_of_the_states_alone():
    experiment = Experiment.from_library("one-neuron")
    other = Experiment.from_dict(experiment.to_dict() | {"title": "Another"}, name="other", source="here")
    nudged = experiment.to_dict()
    nudged["start"]["biases"] = [np.nextafter(nudged["start"]["biases"][0], 1.0)]
    third = Experiment.from_dict(nudged, name="third", source="here")
    hashes = [state_hash(train(one)) for one in (experiment, other, third)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_sha256_is_hashlibs():
    texts = [bytes(k * 7 % 256 for k in range(count)) for count in (0, 1, 55, 56, 63, 64, 65, 1000)]
    found = node("sha256.mjs", [list(text) for text in texts]).split()
    assert found == [hashlib.sha256(text).hexdigest() for text in texts]


def test_the_clock_of_a_replay_is_its_own_inverse():
    """And it goes slowly at first, then ever quicker, from 0 to the last update."""
    told = json.loads(node("clock.mjs", [1, 20, 20_000]))
    for updates, clock in zip([1, 20, 20_000], told, strict=True):
        assert clock["iterations"][0] == 0 and clock["iterations"][-1] == updates
        steps = [after - before for before, after in pairwise(clock["iterations"])]
        assert min(steps) > 0 and steps == sorted(steps)
        assert np.allclose(clock["back"], clock["seconds"], atol=1e-6)
