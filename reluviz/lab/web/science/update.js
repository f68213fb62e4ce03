// One update in numbers: its samples, δ, which neurons are awake, by which rule they move, and what their steps are made of.

import { shown, subscript } from "./figures.js";
import { stateAt } from "./network.js";
import { epochOrder, valueAt } from "./training.js";

/** @typedef {import("./training.js").Run} Run */
/** One neuron's part. rule: 1 to 4, where one sample decides and the neuron moves.
 * @typedef {{neuron: number, awake: boolean, rule: number | null, note: string, formulas: string[]}} Part */
/** @typedef {{head: string, sample: {x: number, y: number} | null, parts: Part[]}} Update */

/** What the article's rules say, from 1. */
const RULES = ["", "slope grows, moves left", "slope grows, moves right", "slope falls, moves right", "slope falls, moves left"];

/** The rule that moves an awake neuron. @param {number} delta @param {number} weight @returns {number | null} */
function ruleOf(delta, weight) {
  if (!delta || !weight) return null;
  return delta > 0 ? (weight > 0 ? 1 : 2) : weight > 0 ? 3 : 4;
}

/** The samples of update k, by their indices. @param {Run} run @param {number} k */
export function batchOf(run, k) {
  const count = run.data.xs.length;
  const size = run.experiment.batch_size;
  const updates = Math.ceil(count / size);
  const order = epochOrder(run.experiment, count, Math.floor(k / updates));
  return order.slice((k % updates) * size, (k % updates) * size + size);
}

/** A number within a formula. @param {number} value */
const bracketed = (value) => (value < 0 ? `(${shown(value)})` : shown(value));
/** @param {number} delta */
const side = (delta) => (delta > 0 ? "too low" : delta < 0 ? "too high" : "just right");

/** The update made from state k of the run. @param {Run} run @param {number} k @returns {Update | null} */
export function updateAt(run, k) {
  if (k >= run.updates) return null;
  return run.experiment.batch_size === 1 ? oneSample(run, k) : manySamples(run, k);
}

/** @param {Run} run @param {number} k @returns {Update} */
function oneSample(run, k) {
  const { optimizer, learning_rate: rate, train_output_bias: output } = run.experiment;
  const [now, next] = [stateAt(run, k), stateAt(run, k + 1)];
  const [x, delta] = [run.inputs[k], run.residuals[k]];
  const plain = optimizer.name === "sgd";
  const push = `2·${rate}·${bracketed(delta)}`;
  const parts = now.weights.map((weight, i) => {
    const distance = x + now.biases[i];
    const awake = distance > 0;
    const [w, b] = [`w${subscript(i + 1)} ← ${shown(weight)}`, `b${subscript(i + 1)} ← ${shown(now.biases[i])}`];
    const rule = awake ? ruleOf(delta, weight) : null;
    const formulas = plain
      ? awake ? [`${w} + ${push}·${shown(distance)}`, `${b} + ${push}·${bracketed(weight)}`] : []
      : [`${w} + ${step(next.weights[i] - weight, 2 * rate * delta * Math.max(distance, 0), optimizer.name)}`,
        `${b} + ${step(next.biases[i] - now.biases[i], awake ? 2 * rate * delta * weight : 0, optimizer.name)}`];
    const note = awake ? (rule ? `rule ${rule}: ${RULES[rule]}` : "its slope changes, it stays") : plain ? "asleep" : "asleep, carried on";
    return { neuron: i + 1, awake, rule, note, formulas };
  });
  const lifted = output ? `; b ← ${shown(now.output_bias)} + ${plain ? push : shown(next.output_bias - now.output_bias)}` : "";
  const y = valueAt(now.weights, now.biases, now.output_bias, x) + delta;
  return { head: `x = ${shown(x)}, δ = ${shown(delta)}: ${side(delta)}${lifted}`, sample: { x, y }, parts };
}

/** A step and what of it is memory: the recorded one less today's push; Adam's is told beside the push, which it scales.
 * @param {number} made @param {number} push @param {string} optimizer */
function step(made, push, optimizer) {
  if (optimizer === "adam") return `${bracketed(made)}, the push ${shown(push)}`;
  const memory = Math.abs(made - push) > 1e-9 * Math.abs(made) ? made - push : 0; // less is rounding
  return `${bracketed(push)} now + ${bracketed(memory)} of before`;
}

/** @param {Run} run @param {number} k @returns {Update} */
function manySamples(run, k) {
  const { optimizer, learning_rate: rate } = run.experiment;
  const [now, next] = [stateAt(run, k), stateAt(run, k + 1)];
  const { xs, ys } = run.data;
  const batch = batchOf(run, k);
  const deltas = Array.from(batch, (j) => ys[j] - valueAt(now.weights, now.biases, now.output_bias, xs[j]));
  const parts = now.weights.map((weight, i) => {
    const votes = [0, 0, 0, 0, 0];
    let [turn, slide] = [0, 0];
    batch.forEach((j, at) => {
      const distance = xs[j] + now.biases[i];
      if (!(distance > 0)) return;
      votes[ruleOf(deltas[at], weight) ?? 0]++;
      turn += (2 * rate * deltas[at] * distance) / batch.length;
      slide += (2 * rate * deltas[at] * weight) / batch.length;
    });
    const told = votes.flatMap((count, rule) => (rule && count ? [`rule ${rule}: ${count}`] : []));
    const awake = votes.some(Boolean);
    /** @param {number} made @param {number} push */
    const by = (made, push) => (optimizer.name === "sgd" ? bracketed(made) : step(made, push, optimizer.name));
    return {
      neuron: i + 1, awake, rule: null, note: awake ? told.join(", ") || "its slope changes, it stays" : "asleep",
      formulas: awake || optimizer.name !== "sgd"
        ? [`w${subscript(i + 1)} ← ${shown(weight)} + ${by(next.weights[i] - weight, turn)}`,
          `b${subscript(i + 1)} ← ${shown(now.biases[i])} + ${by(next.biases[i] - now.biases[i], slide)}`]
        : [],
    };
  });
  const mean = run.residuals[k];
  const head = `${batch.length} samples, their δ on average ${shown(mean)}: ${side(mean)}. Each votes by its rule; the sum decides.`;
  return { head, sample: null, parts };
}
