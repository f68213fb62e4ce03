// The films' picture on a canvas: plane, target, line, discs, arms, stems, samples, wake, and what ends or was kept as ghosts.

import { drawDiscs, drawGhosts } from "./discs.js";
import { polyline, value } from "../science/network.js";
import { drawTimes, drawWake } from "./streams.js";
import { FONT, TAU, bounded } from "./style.js";

/** @typedef {import("../science/network.js").Network} Network */
/** @typedef {import("./plane.js").Plane} Plane */
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
 * merging: the neurons of the end that are one there. sample: the next update's, with its target's value. kept: kept runs.
 * @typedef {{
 *   experiment: Experiment, data: Data, network: Network, second: number, clock: Clock, streams: Stream[],
 *   preview: boolean, end: Network | null, merging: number[][], kept: Network[],
 *   sample: {x: number, y: number} | null, fused: number[][],
 * }} Shown
 */

const STRIP = 400;
const GHOST = 0.42;

/** @param {Context} context @param {Plane} plane @param {Theme} theme @param {Shown} shown */
export function draw(context, plane, theme, shown) {
  context.clearRect(0, 0, plane.width, plane.height);
  context.lineJoin = "round";
  context.lineCap = "round";
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
  context.globalAlpha = 0.75;
  context.setLineDash([2, 6]);
  for (const network of shown.kept) drawGraph(context, plane, network, plane.from, plane.to, theme.ink, 2);
  context.setLineDash([]);
  context.globalAlpha = GHOST;
  if (shown.end) drawGraph(context, plane, shown.end, plane.from, plane.to, theme.ink, 2);
  context.globalAlpha = 1;
  drawGraph(context, plane, shown.network, plane.from, plane.to, theme.ink, 3);
  if (shown.experiment.train_output_bias) drawLift(context, plane, theme, shown.network.output_bias);
  if (shown.sample) drawDelta(context, plane, theme, shown.network, shown.sample);
  context.restore();
  drawNames(context, plane, theme, shown.kept);
  drawAxis(context, plane, theme);
  drawStrip(context, plane, theme, shown);
  if (shown.end) drawGhosts(context, plane, theme, shown.end, shown.merging);
  drawDiscs(context, plane, theme, shown);
}

/** @param {Context} context @param {Plane} plane @param {Network} network @param {number} low @param {number} high
 * @param {string} colour @param {number} width */
function drawGraph(context, plane, network, low, high, colour, width) {
  context.beginPath();
  for (const [x, y] of polyline(network, low, high)) context.lineTo(plane.x(x), bounded(plane.y(y)));
  context.strokeStyle = colour;
  context.lineWidth = width;
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

/** Which kept run a dotted line is. @param {Context} context @param {Plane} plane @param {Theme} theme @param {Network[]} kept */
function drawNames(context, plane, theme, kept) {
  context.font = `12px ${FONT}`;
  context.textAlign = "left";
  context.fillStyle = theme.ink;
  kept.forEach((network, k) => {
    const y = Math.min(Math.max(plane.y(value(network, plane.to)), plane.head), plane.cut);
    context.fillText(`kept ${k + 1}`, plane.right + 6, y + 4);
  });
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
  const { target } = experiment;
  const corners = [...polyline(network, plane.low, plane.high), ...polyline(target, plane.low, plane.high)];
  const xs = [...new Set(corners.map(([x]) => x))].sort((a, b) => a - b);
  context.globalAlpha = theme.error_opacity;
  let x0 = xs[0];
  let line0 = value(network, x0);
  let target0 = value(target, x0);
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
    const line = value(network, x);
    const aim = value(target, x);
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
}

/** @param {Context} context @param {Plane} plane @param {Theme} theme */
function drawAxis(context, plane, theme) {
  context.beginPath();
  context.moveTo(plane.left, plane.rail);
  context.lineTo(plane.right, plane.rail);
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.stroke();
  if (plane.foot !== plane.rail) {
    context.beginPath();
    context.moveTo(plane.left, plane.y(0));
    context.lineTo(plane.right, plane.y(0));
    context.strokeStyle = theme.faint;
    context.stroke();
  }
  context.fillStyle = theme.muted;
  context.font = `12px ${FONT}`;
  context.textAlign = "center";
  for (const x of ticks(plane.low, plane.high)) context.fillText(minus(x), plane.x(x), plane.height - 6);
}

/** A few round numbers in [low, high]. @param {number} low @param {number} high */
function ticks(low, high) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

/** @param {number} x */
const minus = (x) => String(x).replace("-", "−");

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
