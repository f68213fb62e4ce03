// Training, update for update the same bits as Python: the order of every operation is that of docs/update-rule.md.

import { RandomState } from "./random.js";

/** @typedef {{weights: number[], biases: number[], output_bias: number}} Network */
/** @typedef {{name: "sgd" | "momentum" | "nesterov" | "adam", momentum?: number, beta1?: number, beta2?: number, epsilon?: number}} Optimizer */
/**
 * What a run depends on, as Python's Experiment.to_dict has it.
 * @typedef {{
 *   title: string, learning_rate: number, iterations: number, stop_below?: number, order: "cycle" | "shuffle",
 *   batch_size: number, train_output_bias: boolean, optimizer: Optimizer, target: Network, start: Network,
 *   data: {low: number, high: number, samples: number, seed: number, noise: number, points?: [number, number][]},
 * }} Experiment
 */
/** The samples: inputs xs, the target's values there, and ys, which training sees: those with noise added.
 * @typedef {{xs: Float64Array, clean: Float64Array, ys: Float64Array}} Data */
/**
 * A recorded run of n neurons: the state before every update and after the last, row by row of n numbers.
 * inputs, residuals: the sample x and δ of each update, or their means over its batch.
 * @typedef {{
 *   experiment: Experiment, data: Data, neurons: number, updates: number, overflowed: boolean, weights: Float64Array,
 *   biases: Float64Array, outputBiases: Float64Array, inputs: Float64Array, residuals: Float64Array,
 * }} Run
 */

const NOISE_STREAM = 2 ** 32 - 1;

/**
 * NN(x) for the state in row `at` of weights and biases.
 * @param {ArrayLike<number>} weights
 * @param {ArrayLike<number>} biases
 * @param {number} outputBias
 * @param {number} x
 * @param {number} [at]
 * @param {number} [n]
 */
export function valueAt(weights, biases, outputBias, x, at = 0, n = weights.length) {
  let value = outputBias;
  for (let i = at; i < at + n; i++) {
    const distance = x + biases[i];
    value += weights[i] * (distance > 0 ? distance : 0);
  }
  return value;
}

/** @param {Experiment} experiment @returns {Data} */
export function drawData({ data, target }) {
  const own = data.points;
  const xs = own
    ? Float64Array.from(own, ([x]) => x)
    : new RandomState(data.seed).uniform(data.low, data.high, data.samples);
  const clean = own
    ? Float64Array.from(own, ([, y]) => y)
    : xs.map((x) => valueAt(target.weights, target.biases, target.output_bias, x));
  if (!(data.noise > 0)) return { xs, clean, ys: clean };
  const stream = new RandomState([data.seed, NOISE_STREAM]);
  const sums = new Float64Array(xs.length);
  for (let round = 0; round < 12; round++) for (let k = 0; k < sums.length; k++) sums[k] += stream.random();
  return { xs, clean, ys: clean.map((y, k) => y + data.noise * (sums[k] - 6)) };
}

/** The samples' indices in the order that epoch takes them.
 * @param {Experiment} experiment @param {number} count @param {number} epoch */
export function epochOrder(experiment, count, epoch) {
  if (experiment.order === "shuffle") return new RandomState([experiment.data.seed, epoch]).permutation(count);
  return Int32Array.from({ length: count }, (_, k) => k);
}

/** max |y − NN(x)| over the samples; infinite where a number is not finite.
 * @param {Data} data @param {Float64Array} weights @param {Float64Array} biases @param {number} outputBias
 * @param {number} at @param {number} n */
function largestResidual({ xs, ys }, weights, biases, outputBias, at, n) {
  let largest = 0;
  for (let k = 0; k < xs.length; k++) {
    const residual = Math.abs(ys[k] - valueAt(weights, biases, outputBias, xs[k], at, n));
    if (!Number.isFinite(residual)) return Infinity;
    if (residual > largest) largest = residual;
  }
  return largest;
}

/** Where a run is recorded: made once and written over at every frame of a drag.
 * @typedef {{most: number, neurons: number, numbers: Float64Array}} Storage */

/** Room for `most` updates of `neurons` neurons. @param {number} most @param {number} neurons @returns {Storage} */
export function makeStorage(most, neurons) {
  return { most, neurons, numbers: new Float64Array((most + 1) * (2 * neurons + 3)) };
}

/**
 * Trains `experiment`, recording every update.
 * @param {Experiment} experiment
 * @param {Data} data its own, from drawData
 * @param {Storage} [storage] of this size; the run that was recorded there before is lost
 * @returns {Run}
 */
export function train(experiment, data, storage = makeStorage(experiment.iterations, experiment.start.weights.length)) {
  const n = experiment.start.weights.length;
  const most = experiment.iterations;
  const rows = most + 1;
  /** @param {number} from @param {number} to */
  const part = (from, to) => storage.numbers.subarray(from * rows, to * rows);
  /** @type {Run} */
  const run = {
    experiment, data, neurons: n, updates: 0, overflowed: false, weights: part(0, n), biases: part(n, 2 * n),
    outputBiases: part(2 * n, 2 * n + 1), inputs: part(2 * n + 1, 2 * n + 2), residuals: part(2 * n + 2, 2 * n + 3),
  };
  run.weights.set(experiment.start.weights);
  run.biases.set(experiment.start.biases);
  run.outputBiases[0] = experiment.start.output_bias;
  const plain = experiment.batch_size === 1 && experiment.optimizer.name === "sgd";
  const epoch = plain ? plainEpoch(run) : batchEpoch(run);
  let order = epochOrder(experiment, data.xs.length, 0);
  for (let number = 0; run.updates < most && !run.overflowed; number++) {
    if (number > 0 && experiment.order === "shuffle") order = epochOrder(experiment, data.xs.length, number);
    const whole = epoch(order);
    if (experiment.stop_below !== undefined && whole && !run.overflowed) {
      const { weights, biases, outputBiases, updates } = run;
      if (largestResidual(data, weights, biases, outputBiases[updates], updates * n, n) < experiment.stop_below) break;
    }
  }
  const records = run.updates + 1;
  run.weights = run.weights.subarray(0, records * n);
  run.biases = run.biases.subarray(0, records * n);
  run.outputBiases = run.outputBiases.subarray(0, records);
  run.inputs = run.inputs.subarray(0, run.updates);
  run.residuals = run.residuals.subarray(0, run.updates);
  return run;
}

/**
 * Epochs of plain steps, one sample each. What it returns makes one, and says whether it was made to its end.
 * @param {Run} run
 * @returns {(order: Int32Array) => boolean}
 */
function plainEpoch(run) {
  const { experiment, neurons: n, weights, biases, outputBiases, inputs, residuals } = run;
  const { xs, ys } = run.data;
  const step = 2 * experiment.learning_rate;
  const trainOutputBias = experiment.train_output_bias;
  const most = experiment.iterations;
  return (order) => {
    const first = run.updates;
    const last = Math.min(first + order.length, most);
    let outputBias = outputBiases[first];
    let unbounded = 0; // stays 0 while all is finite
    let from = first * n;
    for (let k = first; k < last; k++) {
      const sample = order[k - first];
      const x = xs[sample];
      let value = outputBias;
      for (let i = from; i < from + n; i++) {
        const distance = x + biases[i];
        value += weights[i] * (distance > 0 ? distance : 0);
      }
      const residual = ys[sample] - value;
      const push = step * residual;
      for (let i = from; i < from + n; i++) {
        const weight = weights[i];
        const distance = x + biases[i];
        if (distance > 0) {
          weights[i + n] = weight + push * distance;
          biases[i + n] = biases[i] + push * weight;
        } else {
          weights[i + n] = weight;
          biases[i + n] = biases[i];
        }
      }
      if (trainOutputBias) outputBias += push;
      outputBiases[k + 1] = outputBias;
      inputs[k] = x;
      residuals[k] = residual;
      unbounded += residual - residual;
      from += n;
    }
    if (!(unbounded === 0) || !isFiniteRow(run, last)) {
      run.overflowed = true;
      run.updates = first;
      while (Number.isFinite(residuals[run.updates]) && isFiniteRow(run, run.updates + 1)) run.updates++;
    } else run.updates = last;
    return last - first === order.length;
  };
}

/** @param {Run} run @param {number} k */
function isFiniteRow({ weights, biases, outputBiases, neurons: n }, k) {
  let sum = outputBiases[k] - outputBiases[k];
  for (let i = k * n; i < (k + 1) * n; i++) sum += weights[i] - weights[i] + (biases[i] - biases[i]);
  return sum === 0;
}

/**
 * Epochs of batches, for every optimiser; as plainEpoch else.
 * @param {Run} run
 * @returns {(order: Int32Array) => boolean}
 */
function batchEpoch(run) {
  const { experiment, neurons: n, weights, biases, outputBiases, inputs, residuals } = run;
  const { xs, ys } = run.data;
  const { batch_size: size, iterations: most, train_output_bias: trainOutputBias } = experiment;
  const sums = new Float64Array(2 * n + 1); // of the weights, the biases, the output bias
  const move = mover(experiment, 2 * n + 1);
  const moved = 2 * n + (trainOutputBias ? 1 : 0);
  return (order) => {
    let at = 0;
    for (; at < order.length && run.updates < most; at += size) {
      const k = run.updates;
      const from = k * n;
      const end = Math.min(at + size, order.length);
      let total = 0;
      sums.fill(0);
      for (let j = at; j < end; j++) {
        const x = xs[order[j]];
        const residual = ys[order[j]] - valueAt(weights, biases, outputBiases[k], x, from, n);
        total += x;
        sums[2 * n] += residual;
        for (let i = 0; i < n; i++) {
          const distance = x + biases[from + i];
          if (distance > 0) {
            sums[i] += residual * distance;
            sums[n + i] += residual * weights[from + i];
          }
        }
      }
      const count = end - at;
      move.begin();
      let finite = Number.isFinite(sums[2 * n]);
      for (let i = 0; i < n; i++) {
        weights[from + n + i] = move.parameter(weights[from + i], sums[i], count, i);
        biases[from + n + i] = move.parameter(biases[from + i], sums[n + i], count, n + i);
      }
      outputBiases[k + 1] = trainOutputBias ? move.parameter(outputBiases[k], sums[2 * n], count, 2 * n) : outputBiases[k];
      finite = finite && isFiniteRow(run, k + 1) && move.isFinite(moved);
      if (!finite) {
        run.overflowed = true;
        return false;
      }
      inputs[k] = total / count;
      residuals[k] = sums[2 * n] / count;
      run.updates = k + 1;
    }
    return at >= order.length;
  };
}

/**
 * The optimiser: `begin` before each update, `parameter` for each parameter with its sum over the batch.
 * @typedef {{begin: () => void, parameter: (q: number, sum: number, count: number, index: number) => number,
 *   isFinite: (size: number) => boolean}} Mover
 */
/** @param {Experiment} experiment @param {number} size @returns {Mover} */
function mover({ optimizer, learning_rate: rate }, size) {
  const step = 2 * rate;
  const first = new Float64Array(size); // velocities, or Adam's means
  const second = new Float64Array(size); // Adam's means of squares
  /** @param {number} moved */
  const isFinite = (moved) => {
    let sum = 0;
    for (let i = 0; i < moved; i++) sum += first[i] - first[i] + (second[i] - second[i]);
    return sum === 0;
  };
  const begin = () => {};
  if (optimizer.name === "sgd") return { begin, isFinite, parameter: (q, sum, count) => q + (step * sum) / count };
  if (optimizer.name !== "adam") {
    const momentum = /** @type {number} */ (optimizer.momentum);
    const nesterov = optimizer.name === "nesterov";
    return {
      begin, isFinite,
      parameter(q, sum, count, index) {
        const push = (2 * sum) / count;
        const velocity = momentum * first[index] + push;
        first[index] = velocity;
        return q + rate * (nesterov ? push + momentum * velocity : velocity);
      },
    };
  }
  const { beta1, beta2, epsilon } = /** @type {Required<Optimizer>} */ (optimizer);
  let [product1, product2, corrected, grow] = [1, 1, 0, 0];
  return {
    isFinite,
    begin() {
      product1 *= beta1;
      product2 *= beta2;
      corrected = rate * (1 / (1 - product1));
      grow = 1 / Math.sqrt(1 - product2);
    },
    parameter(q, sum, count, index) {
      const push = (2 * sum) / count;
      const mean = beta1 * first[index] + (1 - beta1) * push;
      const square = beta2 * second[index] + (1 - beta2) * (push * push);
      first[index] = mean;
      second[index] = square;
      return q + (corrected * mean) / (Math.sqrt(square) * grow + epsilon);
    },
  };
}
