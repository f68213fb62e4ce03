// What can be said of a network at one moment: its graph by its bends, its slopes, its error.

import { valueAt } from "./training.js";

/** @typedef {import("./training.js").Network} Network */
/** @typedef {import("./training.js").Run} Run */
/** @typedef {[number, number]} Point */

/** @param {Network} network @param {number} x */
export const value = (network, x) => valueAt(network.weights, network.biases, network.output_bias, x);

/** The state at an iteration, between two records on the straight line from one to the next.
 * @param {Run} run @param {number} iteration @returns {Network} */
export function stateAt(run, iteration) {
  const n = run.neurons;
  const k = Math.min(Math.max(Math.floor(iteration), 0), run.updates);
  const part = k < run.updates ? iteration - k : 0;
  /** @param {Float64Array} rows */
  const row = (rows) => Array.from({ length: n }, (_, i) => {
    const here = rows[k * n + i];
    return part > 0 ? here + part * (rows[(k + 1) * n + i] - here) : here;
  });
  const here = run.outputBiases[k];
  const outputBias = part > 0 ? here + part * (run.outputBiases[k + 1] - here) : here;
  return { weights: row(run.weights), biases: row(run.biases), output_bias: outputBias };
}

const MANY = 100; // bends: of so many the graph is followed from one to the next, rather than reckoned at each

/** The corners of the graph on [low, high], both ends included. @param {Network} network @param {number} low @param {number} high
 * @returns {Point[]} */
export function polyline(network, low, high) {
  const inside = network.biases.map((bias) => -bias).filter((x) => x > low && x < high).sort((a, b) => a - b);
  const xs = [low, ...new Set(inside), high];
  if (inside.length <= MANY) return xs.map((x) => [x, value(network, x)]);
  /** @type {Map<number, number>} */
  const turns = new Map();
  network.biases.forEach((bias, i) => turns.set(-bias, (turns.get(-bias) ?? 0) + network.weights[i]));
  let [before, y, slope] = [low, value(network, low), slopeAt(network, low)];
  return xs.map((x) => {
    y += slope * (x - before);
    if (x > low) slope += turns.get(x) ?? 0;
    before = x;
    return [x, y];
  });
}

/** The height of a graph, by its corners, at places that grow from call to call. @param {Point[]} corners */
export function along(corners) {
  let k = 1;
  return (/** @type {number} */ at) => {
    while (k < corners.length - 1 && corners[k][0] < at) k++;
    const [[x0, y0], [x1, y1]] = [corners[k - 1], corners[k]];
    return at === x1 ? y1 : y0 + ((at - x0) / (x1 - x0)) * (y1 - y0);
  };
}

/** The network whose graph goes through the points, level before them; as Python's ReluNetwork.through.
 * @param {Point[]} points @returns {Network} */
export function through(points) {
  const slopes = points.slice(1).map(([x, y], k) => (y - points[k][1]) / (x - points[k][0]));
  return {
    weights: slopes.map((slope, k) => slope - (k ? slopes[k - 1] : 0)),
    biases: points.slice(0, -1).map(([x]) => -x),
    output_bias: points[0][1],
  };
}

/** Points in order of x, the mean y where several share one. @param {Point[]} points @returns {Point[]} */
export function means(points) {
  /** @type {Map<number, number[]>} */
  const at = new Map();
  for (const [x, y] of points) at.set(x, [...(at.get(x) ?? []), y]);
  return [...at].sort((a, b) => a[0] - b[0]).map(([x, ys]) => [x, ys.reduce((sum, y) => sum + y, 0) / ys.length]);
}

/** The slope just right of x. @param {Network} network @param {number} x */
export const slopeAt = (network, x) => network.weights.reduce((sum, weight, i) => (-network.biases[i] <= x ? sum + weight : sum), 0);

/** The typical error: the root of the mean squared δ over samples; the run's own data are as training sees them.
 * @param {Network} network @param {{xs: Float64Array, ys: Float64Array}} samples */
export function typicalError(network, { xs, ys }) {
  let sum = 0;
  for (let k = 0; k < xs.length; k++) sum += (ys[k] - value(network, xs[k])) ** 2;
  return Math.sqrt(sum / xs.length);
}

/**
 * Groups of neurons that stand together: same sign of the weight, origins, clipped to [low, high], at most `within` apart.
 * Neurons alone are left out.
 * @param {Network} network @param {number} within @param {number} [low] @param {number} [high]
 */
export function merged(network, within, low = -Infinity, high = Infinity) {
  const places = network.biases.map((bias) => Math.min(Math.max(-bias, low), high));
  const order = places.map((_, i) => i).sort((i, j) => places[i] - places[j]);
  /** @type {number[][]} */
  const groups = [];
  for (const i of order) {
    const last = groups.find((group) => {
      const j = group[group.length - 1];
      return network.weights[i] * network.weights[j] > 0 && places[i] - places[j] <= within;
    });
    if (last) last.push(i);
    else groups.push([i]);
  }
  return groups.filter((group) => group.length > 1).map((group) => group.sort((i, j) => i - j));
}
