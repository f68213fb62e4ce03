// The clock of a replay, and the streams that neurons leave below the axis as it runs.

/** @typedef {import("./training.js").Run} Run */

/** Seconds that a whole run takes at plain speed. */
export const SECONDS = 20;
const SLOW_UNTIL = 8; // updates: so many are shown about one by one
const AVERAGED = 0.25; // seconds: the noise of single samples within them does not fray a stream

/** Which iteration is shown at which second: slow at first, then quicker and quicker. */
export class Clock {
  /** @param {number} updates */
  constructor(updates) {
    this.updates = updates;
    this.rate = Math.log1p(updates / SLOW_UNTIL) / SECONDS;
  }

  /** @param {number} second */
  iteration(second) {
    if (second >= SECONDS) return this.updates;
    return second <= 0 ? 0 : Math.min(SLOW_UNTIL * Math.expm1(second * this.rate), this.updates);
  }

  /** @param {number} iteration */
  second(iteration) {
    if (iteration >= this.updates) return iteration > 0 ? SECONDS : 0;
    return Math.log1p(iteration / SLOW_UNTIL) / this.rate;
  }
}

/** A neuron's stream: from the disc down, its origin and weight at equal steps of time.
 * @typedef {{origins: Float64Array, weights: Float64Array, length: number}} Stream */

/** Streams of one run. Prepared once a run; then each picture costs the same, however long the run is. */
export class Wake {
  constructor() {
    /** @type {Run | null} */
    this.run = null;
    this.sums = new Float64Array(0);
  }

  /** @param {Run} run */
  prepare(run) {
    const n = run.neurons;
    const size = (run.updates + 1) * n;
    if (this.sums.length < 2 * size) this.sums = new Float64Array(2 * size);
    const { sums } = this;
    const { weights, biases } = run;
    sums.fill(0, 0, n);
    sums.fill(0, size, size + n);
    for (let k = n; k < size; k++) {
      sums[k] = sums[k - n] + (biases[k] + biases[k - n]) * 0.5;
      sums[size + k] = sums[size + k - n] + (weights[k] + weights[k - n]) * 0.5;
    }
    this.run = run;
    this.size = size;
    this.clock = new Clock(run.updates);
  }

  /** The integral over iterations, from 0, of neuron i's bias or weight.
   * @param {Float64Array} rows @param {number} offset @param {number} i @param {number} t */
  #integral(rows, offset, i, t) {
    const { neurons: n, updates } = /** @type {Run} */ (this.run);
    const k = Math.min(Math.floor(t), Math.max(updates - 1, 0));
    const part = t - k;
    const here = rows[k * n + i];
    const next = updates ? rows[(k + 1) * n + i] : here;
    return this.sums[offset + k * n + i] + here * part + (next - here) * part * part * 0.5;
  }

  /**
   * Every neuron's stream at `second`, in `steps` steps over the whole depth, which holds SECONDS.
   * @param {number} second
   * @param {number} steps
   * @returns {Stream[]}
   */
  streams(second, steps) {
    const run = /** @type {Run} */ (this.run);
    const clock = /** @type {Clock} */ (this.clock);
    const n = run.neurons;
    const length = Math.min(Math.floor((second / SECONDS) * steps) + 2, steps + 1);
    /** @type {Stream[]} */
    const streams = Array.from({ length: n }, () => ({ origins: new Float64Array(length), weights: new Float64Array(length), length }));
    for (let j = 0; j < length; j++) {
      const depth = Math.min((SECONDS * j) / steps, second);
      const half = Math.min(AVERAGED / 2, depth, second - depth);
      const from = clock.iteration(second - depth - half);
      const to = clock.iteration(second - depth + half);
      for (let i = 0; i < n; i++) {
        if (to - from > 1e-6) {
          const size = /** @type {number} */ (this.size);
          streams[i].origins[j] = -(this.#integral(run.biases, 0, i, to) - this.#integral(run.biases, 0, i, from)) / (to - from);
          streams[i].weights[j] = (this.#integral(run.weights, size, i, to) - this.#integral(run.weights, size, i, from)) / (to - from);
        } else {
          const k = Math.min(Math.floor(from), run.updates);
          const next = Math.min(k + 1, run.updates);
          const part = from - k;
          streams[i].origins[j] = -(run.biases[k * n + i] + part * (run.biases[next * n + i] - run.biases[k * n + i]));
          streams[i].weights[j] = run.weights[k * n + i] + part * (run.weights[next * n + i] - run.weights[k * n + i]);
        }
      }
    }
    return streams;
  }
}
