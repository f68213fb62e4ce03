// What moves the origins: the pushes of the samples that are too low and too high, and the step that is made of them.

import { valueAt } from "./training.js";
import { batchOf } from "./update.js";

/** @typedef {import("./training.js").Run} Run */
/** What one update moves each origin, + to the right: by samples too low, by those too high; and the step that was made.
 * @typedef {{low: number[], high: number[], made: number[]}} Pushes */
/** Arrows at each disc, in lengths of a strong one. step: null where one push is all. memory: what is left of the steps before.
 * @typedef {{low: number[], high: number[], step: number[] | null, memory: number[] | null}} Arrows */

const SHOWN = 400; // samples, of larger batches
const STRONG = 0.9; // of all pushes along the run, evenly in log time, this part is at most so strong
const MOST = 1.6;

/** On average over the updates from `first` to before `last`; where there are batches, of all samples on the state shown.
 * @param {Run} run @param {number} first @param {number} last @returns {Pushes} */
export function pushesOver(run, first, last) {
  const { neurons: n, experiment, weights, biases, inputs, residuals, data: { xs, ys } } = run;
  const low = new Array(n).fill(0);
  const high = [...low];
  /** @param {number} k @param {number} x @param {number} delta @param {number} count */
  const add = (k, x, delta, count) => {
    const step = (2 * experiment.learning_rate * delta) / count;
    const pushed = delta > 0 ? low : high;
    for (let i = 0; i < n; i++) if (x + biases[k * n + i] > 0) pushed[i] -= step * weights[k * n + i];
  };
  if (experiment.batch_size === 1) for (let k = first; k < last; k++) add(k, inputs[k], residuals[k], last - first);
  else {
    const k = last - first === 1 ? first : last;
    const every = Math.max(1, xs.length / SHOWN);
    const batch = k === first ? batchOf(run, k) : Array.from({ length: Math.floor(xs.length / every) }, (_, at) => Math.floor(at * every));
    for (const j of batch) add(k, xs[j], ys[j] - valueAt(weights, biases, run.outputBiases[k], xs[j], k * n, n), batch.length);
  }
  return { low, high, made: low.map((_, i) => (biases[first * n + i] - biases[last * n + i]) / (last - first)) };
}

/** Adam makes all pushes of like length. @param {Run} run @param {Pushes} pushes @param {number} length @returns {Pushes} */
function alike({ experiment: { optimizer } }, { low, high, made }, length) {
  if (optimizer.name !== "adam") return { low, high, made };
  const scales = low.map((push, i) => length / Math.max(Math.abs(push) + Math.abs(high[i]), 1e-30));
  return { low: low.map((push, i) => push * scales[i]), high: high.map((push, i) => push * scales[i]), made };
}

/** @param {number[]} list @param {number} factor */
const times = (list, factor) => list.map((value) => value * factor);

/** Of one update. @param {Run} run @param {number} k @returns {Arrows} */
export function arrowsOfUpdate(run, k) {
  const { batch_size: batch, optimizer: { name } } = run.experiment;
  const pushes = pushesOver(run, k, k + 1);
  const longest = Math.max(...[...(name === "adam" ? [] : [...pushes.low, ...pushes.high]), ...pushes.made].map(Math.abs), 1e-12);
  const { low, high, made } = alike(run, pushes, longest);
  const gain = 0.9 / longest;
  const rest = name === "momentum" || name === "nesterov" ? made.map((step, i) => step - low[i] - high[i]) : null;
  return {
    low: times(low, gain), high: times(high, gain),
    step: name === "sgd" && batch === 1 ? null : times(made, gain), memory: rest && times(rest, gain),
  };
}

/** Of fast motion: the mean of an update. So that one sees what cancels when it is small, too, the longest arrow of each disc goes
 * with the square root of its push. Momentum adds a push up over the updates it lingers for, and is drawn so.
 * @param {Run} run @param {number} first @param {number} last @returns {Arrows} */
export function arrowsBetween(run, first, last) {
  const { name, momentum = 0 } = run.experiment.optimizer;
  const pushes = alike(run, pushesOver(run, first, last), run.experiment.learning_rate);
  const lingers = 1 / Math.max(1 - momentum, 1e-3);
  const [low, high] = [times(pushes.low, lingers), times(pushes.high, lingers)];
  const net = name === "sgd" ? low.map((push, i) => push + high[i]) : pushes.made;
  const strong = name === "adam" ? run.experiment.learning_rate : strongOf(run) * lingers;
  const gains = low.map((push, i) => {
    const longest = Math.max(Math.abs(push), Math.abs(high[i]), Math.abs(net[i]), 1e-12);
    return Math.min(Math.sqrt(longest / strong), MOST) / longest;
  });
  /** @param {number[]} list */
  const drawn = (list) => list.map((value, i) => value * gains[i]);
  return { low: drawn(low), high: drawn(high), step: drawn(net), memory: null };
}

/** @type {WeakMap<Run, number>} */
const known = new WeakMap();

/** What a strong push of the run is; reckoned once. @param {Run} run */
function strongOf(run) {
  const found = known.get(run);
  if (found) return found;
  const strengths = Array.from({ length: 60 }, (_, k) => {
    const last = Math.max(Math.round(run.updates ** (k / 59)), 1);
    const { low, high } = pushesOver(run, Math.min(Math.floor(0.8 * last), last - 1), last);
    return Math.max(...low.map(Math.abs), ...high.map(Math.abs));
  }).sort((a, b) => a - b);
  const strong = Math.max(strengths[Math.floor(STRONG * 59)], 1e-12);
  known.set(run, strong);
  return strong;
}
