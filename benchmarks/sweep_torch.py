"""The same training in PyTorch, for benchmarks/sweep.py: python sweep_torch.py STARTS.npz THREADS.

Prints, as JSON, [what, runs, updates of each, seconds] for each way, once its results are those of reluviz. Needs
only PyTorch and NumPy, so that it runs in an environment of its own.
"""

import json
import sys
import time

import numpy as np
import torch

ROUNDS, CHECKED = 5, 400


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
    """All runs at once, (neurons, runs), its quicker layout; the update written out: no autograd to pay for."""
    w, b = w.clone(), b.clone()
    for t in range(iterations):
        k = t % len(xs)
        distance = torch.relu(xs[k] + b)
        push = 2 * rate * (targets[k] - (w * distance).sum(dim=0))
        change = push * w * (distance > 0)
        w += push * distance
        b += change
    return w, b


def squared_residual(w, b, x, target):
    """The loss of one run on one sample."""
    return (target - (w * torch.relu(x + b)).sum()) ** 2


def vmapped(w, b, xs, targets, rate, iterations):
    """All runs at once, (runs, neurons), by torch.func: the gradient of one run, mapped over runs."""
    gradients = torch.func.vmap(torch.func.grad(squared_residual, argnums=(0, 1)), in_dims=(0, 0, None, None))
    for t in range(iterations):
        k = t % len(xs)
        of_weights, of_biases = gradients(w, b, xs[k], targets[k])
        w, b = w - rate * of_weights, b - rate * of_biases
    return w, b


def check(ends, weights, biases) -> None:
    """After CHECKED updates, as reluviz has them."""
    assert torch.allclose(ends[0], weights, rtol=0, atol=1e-9)
    assert torch.allclose(ends[1], biases, rtol=0, atol=1e-9)


def quickest(train, w, b, *arguments) -> float:
    """Seconds, after a few updates to warm up."""
    train(w, b, *arguments[:-1], 20)
    found = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        train(w, b, *arguments)
        found.append(time.perf_counter() - begin)
    return min(found)


def main() -> None:
    torch.set_num_threads(int(sys.argv[2]))
    with np.load(sys.argv[1]) as file:
        data = {name: torch.from_numpy(np.atleast_1d(file[name])) for name in file.files}
    w, b, xs, targets = (data[name] for name in ("weights", "biases", "xs", "targets"))
    end_w, end_b, rate = data["end_weights"], data["end_biases"], float(data["rate"])
    numbers = [float(x) for x in xs], [float(t) for t in targets], rate
    found = []

    check(per_sample(w[0], b[0], xs, targets, rate, CHECKED), end_w[0], end_b[0])
    seconds = quickest(per_sample, w[0], b[0], xs, targets, rate, 2_000)
    found.append(("PyTorch, autograd and SGD, one run, a sample at a time", 1, 2_000, seconds))

    check(vmapped(w, b, *numbers, CHECKED), end_w, end_b)
    seconds = quickest(vmapped, w, b, *numbers, 400)
    found.append((f"PyTorch, {len(w):,} runs by `torch.func.vmap`", len(w), 400, seconds))

    check(broadcast(w.T, b.T, *numbers, CHECKED), end_w.T, end_b.T)
    for copies, updates in ((1, 2_000), (16, 400), (64, 200)):
        runs = copies * len(w)
        many = (a.T.repeat(1, copies).contiguous() for a in (w, b))
        seconds = quickest(broadcast, *many, *numbers, updates)
        found.append((f"PyTorch, {runs:,} runs by broadcasting, no autograd", runs, updates, seconds))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
