// The films' picture on a canvas: plane, target, line, discs, arms, stems, samples, wake, and what ends or was kept as ghosts.

import { drawArrows, drawPlate, drawRules } from "./arrows.js";
import { drawAxis, drawGrid } from "./axes.js";
import { drawDiscs, drawGhosts } from "./discs.js";
import { DASHES, drawLetters, drawRails } from "./kept.js";
import { shown } from "../science/figures.js";
import { along, polyline, value } from "../science/network.js";
import { drawTimes, drawWake } from "./streams.js";
import { TAU, bounded } from "./style.js";

/** @typedef {import("../science/network.js").Network} Network */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {import("../science/pushes.js").Arrows} Arrows */
/** @typedef {import("../science/training.js").Data} Data */
/** @typedef {import("../science/training.js").Experiment} Experiment */
/** @typedef {import("../science/wake.js").Stream} Stream */
/** @typedef {import("../science/wake.js").Clock} Clock */
/** @typedef {CanvasRenderingContext2D} Context */
/** Colours as theme.py has them.
 * @typedef {{background: string, ink: string, muted: string, faint: string, target: string, too_low: string,
 *   too_high: string, accent: string, error_opacity: number, neurons: string[], outcomes: string[]}} Theme */
/**
 * All that a picture shows.
 * end: the end as a ghost, with the groups that merge. preview: the streams are those of the end to come.
 * merging: the neurons of the end that are one there. sample: the next update's, with its target's value; rules: by which its
 * neurons move; dim: those asleep. arrows: what pushes them.
 * @typedef {{
 *   experiment: Experiment, data: Data, network: Network, second: number, clock: Clock, streams: Stream[],
 *   preview: boolean, end: Network | null, merging: number[][], kept: Kept[], fused: number[][],
 *   sample: {x: number, y: number} | null, rules: (number | null)[], dim: boolean[], arrows: Arrows | null,
 * }} Shown
 */
/** A kept run at one moment. @typedef {{network: Network, error: number, fused: number[][]}} Kept */

const STRIP = 400;
const GHOST = 0.42;

/** @param {Context} context @param {Plane} plane @param {Theme} theme @param {Shown} shown */
export function draw(context, plane, theme, shown) {
  context.clearRect(0, 0, plane.width, plane.height);
  context.lineJoin = "round";
  context.lineCap = "round";
  drawGrid(context, plane, theme);
  drawTimes(context, plane, theme, shown);
  drawWake(context, plane, theme, shown);
  context.save();
  context.beginPath();
  context.rect(0, 0, plane.right + 10, Math.max(plane.cut, plane.rail));
  context.clip();
  drawStems(context, plane, theme, shown.network);
  context.beginPath();
  context.rect(0, 0, plane.right + 10, plane.cut);
  context.clip();
  drawErrors(context, plane, theme, shown);
  drawGraph(context, plane, shown.experiment.target, plane.low, plane.high, theme.target, 6);
  if (!shown.experiment.data.points) drawCorners(context, plane, theme, shown.experiment.target);
  if (shown.experiment.data.points || shown.experiment.data.noise > 0) drawSamples(context, plane, theme, shown.data);
  context.globalAlpha = 0.8;
  shown.kept.forEach(({ network }, k) => {
    context.setLineDash(DASHES[k]);
    drawGraph(context, plane, network, plane.from, plane.to, theme.ink, 1.8);
  });
  context.setLineDash([]);
  context.globalAlpha = GHOST;
  if (shown.end) drawGraph(context, plane, shown.end, plane.from, plane.to, theme.ink, 2);
  context.globalAlpha = 1;
  drawGraph(context, plane, shown.network, plane.from, plane.to, theme.ink, 3);
  drawBends(context, plane, theme, shown.network);
  if (shown.experiment.train_output_bias) drawLift(context, plane, theme, shown.network.output_bias);
  if (shown.sample) drawDelta(context, plane, theme, shown.network, shown.sample);
  context.restore();
  drawLetters(context, plane, theme, shown.kept);
  drawAxis(context, plane, theme);
  drawStrip(context, plane, theme, shown);
  if (shown.end) drawGhosts(context, plane, theme, shown.end, shown.merging);
  if (shown.arrows) drawArrows(context, plane, theme, shown.network, shown.arrows);
  drawDiscs(context, plane, theme, shown);
  drawRules(context, plane, theme, shown.network, shown.rules);
  drawRails(context, plane, theme, shown.kept);
}

/** @param {Context} context @param {Plane} plane @param {Network} network @param {number} low @param {number} high
 * @param {string} colour @param {number} width */
function drawGraph(context, plane, network, low, high, colour, width) {
  context.beginPath();
  for (const [x, y] of plane.seen(polyline(network, low, high))) context.lineTo(plane.x(x), bounded(plane.y(y)));
  context.strokeStyle = colour;
  context.lineWidth = width * plane.size;
  context.stroke();
}

/** The target's corners, which can be dragged. @param {Context} context @param {Plane} plane @param {Theme} theme @param {Network} target */
function drawCorners(context, plane, theme, target) {
  for (const [x, y] of polyline(target, plane.low, plane.high)) {
    context.beginPath();
    context.arc(plane.x(x), plane.y(y), 4.5, 0, TAU);
    context.fillStyle = theme.background;
    context.fill();
    context.strokeStyle = theme.target;
    context.lineWidth = 2;
    context.stroke();
  }
}

/** The output bias that is trained: a mark at the left end, where the line begins. @param {Context} context @param {Plane} plane
 * @param {Theme} theme @param {number} outputBias */
function drawLift(context, plane, theme, outputBias) {
  const y = plane.y(outputBias);
  context.beginPath();
  context.moveTo(plane.left - 10, y - 7);
  context.lineTo(plane.left + 2, y);
  context.lineTo(plane.left - 10, y + 7);
  context.closePath();
  context.fillStyle = theme.ink;
  context.fill();
}

// ---- The plane -----------------------------------------------------------------------------------------------------

/** Between target and line, by the sign of δ. @param {Context} context @param {Plane} plane @param {Theme} theme @param {Shown} shown */
function drawErrors(context, plane, theme, { experiment, network }) {
  const [graph, aimed] = [network, experiment.target].map((one) => plane.seen(polyline(one, plane.low, plane.high)));
  const [lineAt, aimAt] = [along(graph), along(aimed)];
  const xs = [...new Set([...graph, ...aimed].map(([x]) => x))].sort((a, b) => a - b);
  context.globalAlpha = theme.error_opacity;
  let x0 = xs[0];
  let line0 = lineAt(x0);
  let target0 = aimAt(x0);
  const low = new Path2D();
  const high = new Path2D();
  /** @param {number} x @param {number} line @param {number} aim */
  const piece = (x, line, aim) => {
    const path = target0 - line0 + aim - line > 0 ? low : high;
    path.moveTo(plane.x(x0), bounded(plane.y(line0)));
    path.lineTo(plane.x(x), bounded(plane.y(line)));
    path.lineTo(plane.x(x), bounded(plane.y(aim)));
    path.lineTo(plane.x(x0), bounded(plane.y(target0)));
    [x0, line0, target0] = [x, line, aim];
  };
  for (const x of xs.slice(1)) {
    const line = lineAt(x);
    const aim = aimAt(x);
    const before = target0 - line0;
    const after = aim - line;
    if (before * after < 0) {
      const part = before / (before - after);
      const y = line0 + part * (line - line0);
      piece(x0 + part * (x - x0), y, y);
    }
    piece(x, line, aim);
  }
  context.fillStyle = theme.too_low;
  context.fill(low);
  context.fillStyle = theme.too_high;
  context.fill(high);
  context.globalAlpha = 1;
}

/** @param {Context} context @param {Plane} plane @param {Theme} theme @param {Data} data */
function drawSamples(context, plane, theme, { xs, ys }) {
  const size = xs.length > 100 ? 1.6 : 3.5;
  context.fillStyle = theme.muted;
  context.globalAlpha = xs.length > 100 ? 0.7 : 1;
  const every = Math.ceil(xs.length / 2000);
  for (let k = 0; k < xs.length; k += every) {
    context.fillRect(plane.x(xs[k]) - size, bounded(plane.y(ys[k])) - size, 2 * size, 2 * size);
  }
  context.globalAlpha = 1;
}

/** @param {Context} context @param {Plane} plane @param {Theme} theme @param {Network} network */
function drawStems(context, plane, theme, network) {
  network.biases.forEach((bias, i) => {
    const x = plane.x(-bias);
    if (x < plane.left || x > plane.right) return;
    context.beginPath();
    context.moveTo(x, plane.rail);
    context.lineTo(x, bounded(plane.y(value(network, -bias))));
    context.strokeStyle = theme.neurons[i];
    context.lineWidth = 1.5;
    context.stroke();
  });
}

/** Where the line bends: a dot in the colour of the neuron that bends it. @param {Context} context @param {Plane} plane @param {Theme} theme
 * @param {Network} network */
function drawBends(context, plane, theme, network) {
  network.biases.forEach((bias, i) => {
    const [x, y] = [plane.x(-bias), plane.y(value(network, -bias))];
    if (x < plane.left || x > plane.right || y > plane.rail - 6) return;
    context.beginPath();
    context.arc(x, bounded(y), 0.36 * plane.disc, 0, TAU);
    context.fillStyle = theme.neurons[i];
    context.fill();
  });
}

/** @param {Context} context @param {Plane} plane @param {Theme} theme @param {Network} network @param {{x: number, y: number}} sample */
function drawDelta(context, plane, theme, network, { x, y }) {
  const line = value(network, x);
  const [px, from, to] = [plane.x(x), bounded(plane.y(line)), bounded(plane.y(y))];
  context.beginPath();
  context.moveTo(px, from);
  context.lineTo(px, to);
  context.strokeStyle = y > line ? theme.too_low : theme.too_high;
  context.lineWidth = 4;
  context.stroke();
  context.beginPath();
  context.arc(px, to, 4, 0, TAU);
  context.fillStyle = theme.accent;
  context.fill();
  const side = px < (plane.left + plane.right) / 2 ? 3.4 * plane.small : -3.4 * plane.small;
  drawPlate(context, plane, theme, `δ ${y > line ? "+" : ""}${shown(y - line, 2)}`, px + side, Math.min(Math.max((from + to) / 2, plane.head + 10), plane.lane - 30));
}

/** Ticks on the axis: the samples, coloured by the sign of δ, taller where it is larger.
 * @param {Context} context @param {Plane} plane @param {Theme} theme @param {Shown} shown */
function drawStrip(context, plane, theme, { data, network }) {
  const { xs, ys } = data;
  const every = Math.max(1, xs.length / STRIP);
  const low = new Path2D();
  const high = new Path2D();
  const room = plane.disc;
  for (let at = 0; at < xs.length; at += every) {
    const k = Math.floor(at);
    const delta = ys[k] - value(network, xs[k]);
    const half = 1 + Math.min(Math.abs(delta) * plane.yScale * 0.06, room);
    const path = delta > 0 ? low : high;
    const px = plane.x(xs[k]);
    path.moveTo(px, plane.rail - half);
    path.lineTo(px, plane.rail + half);
  }
  context.lineCap = "butt";
  context.lineWidth = 1.2;
  context.strokeStyle = theme.too_low;
  context.stroke(low);
  context.strokeStyle = theme.too_high;
  context.stroke(high);
  context.lineCap = "round";
}
