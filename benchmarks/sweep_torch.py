"""The same training in PyTorch, for benchmarks/sweep.py: python sweep_torch.py STARTS.npz THREADS.

Prints, as JSON, [what, runs, updates of each, seconds] for each way, once its results are those of reluviz. Needs
only PyTorch and NumPy, so that it runs in an environment of its own.
"""

import json
import sys
import time

import numpy as np
import torch


def per_sample(w, b, xs, targets, rate, iterations):
    """One run as a PyTorch user writes it: autograd and SGD, a sample at a time."""
    w, b = w.clone().requires_grad_(), b.clone().requires_grad_()
    optimizer = torch.optim.SGD([w, b], lr=rate)
    for t in range(iterations):
        k = t % len(xs)
        optimizer.zero_grad()
        loss = (targets[k] - (w * torch.relu(xs[k] + b)).sum()) ** 2
        loss.backward()
        optimizer.step()
    return w.detach(), b.detach()


@torch.no_grad()
def broadcast(w, b, xs, targets, rate, iterations):
    """All runs at once, the update written out: no autograd to pay for."""
    w, b = w.clone(), b.clone()
    for t in range(iterations):
        k = t % len(xs)
        distance = torch.relu(xs[k] + b)
        push = 2 * rate * (targets[k] - (w * distance).sum(dim=1, keepdim=True))
        change = push * w * (distance > 0)
        w += push * distance
        b += change
    return w, b


def main() -> None:
    torch.set_num_threads(int(sys.argv[2]))
    with np.load(sys.argv[1]) as file:
        data = {name: torch.from_numpy(np.atleast_1d(file[name])) for name in file.files}
    rate, found = float(data["rate"]), []
    w, b, xs, targets = (data[name] for name in ("weights", "biases", "xs", "targets"))
    scalars = [float(x) for x in xs], [float(t) for t in targets]

    end = per_sample(w[0], b[0], xs, targets, rate, 400)
    assert torch.allclose(end[0], data["end_weights"][0], rtol=0, atol=1e-9)
    begin = time.perf_counter()
    per_sample(w[0], b[0], xs, targets, rate, 4_000)
    found.append(("PyTorch, autograd and SGD, one run, a sample at a time", 1, 4_000, time.perf_counter() - begin))

    end = broadcast(w, b, *scalars, rate, 400)
    assert torch.allclose(end[0], data["end_weights"], rtol=0, atol=1e-9)
    assert torch.allclose(end[1], data["end_biases"], rtol=0, atol=1e-9)
    for copies, iterations in ((1, 2_000), (64, 200)):
        many = w.repeat(copies, 1), b.repeat(copies, 1)
        broadcast(*many, *scalars, rate, 20)
        begin = time.perf_counter()
        broadcast(*many, *scalars, rate, iterations)
        seconds, runs = time.perf_counter() - begin, len(many[0])
        found.append((f"PyTorch, {runs:,} runs by broadcasting, no autograd", runs, iterations, seconds))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
