"""Online backpropagation written anew from the article's equations 1-3, in plain Python floats: slow and plain."""

from reluviz.core import Experiment


def plain_run(experiment: Experiment, iterations: int) -> list[tuple[list[float], list[float], float]]:
    """The states (weights, biases, output bias) before and after each of `iterations` updates, in cycle order."""
    weights, biases = experiment.start.weights.tolist(), experiment.start.biases.tolist()
    output_bias = experiment.start.output_bias
    xs = experiment.samples().tolist()
    target_weights, target_biases = experiment.target.weights.tolist(), experiment.target.biases.tolist()
    states = [(list(weights), list(biases), output_bias)]
    for t in range(iterations):
        x = xs[t % len(xs)]
        ref = experiment.target.output_bias
        for w, b in zip(target_weights, target_biases, strict=True):
            ref += w * relu(x + b)
        nn = output_bias
        for w, b in zip(weights, biases, strict=True):
            nn += w * relu(x + b)
        push = 2.0 * experiment.learning_rate * (ref - nn)
        for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
            if x + b > 0.0:
                weights[i] = w + push * relu(x + b)
                biases[i] = b + push * w
        if experiment.train_output_bias:
            output_bias += push
        states.append((list(weights), list(biases), output_bias))
    return states


def relu(x: float) -> float:
    return x if x > 0.0 else 0.0
