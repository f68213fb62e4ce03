// The films' picture on a canvas: plane, target, line, discs, arms, stems, samples, wake, and what ends or was kept as ghosts.

import { polyline, value } from "./network.js";
import { SECONDS } from "./wake.js";

/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {import("./training.js").Data} Data */
/** @typedef {import("./training.js").Experiment} Experiment */
/** @typedef {import("./wake.js").Stream} Stream */
/** @typedef {import("./wake.js").Clock} Clock */
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

/** The page's font, the films' own. */
export const FONT = '"Inter reluviz", Inter, system-ui, sans-serif';
const STRIP = 400;
const GHOST = 0.42;
const TAU = 2 * Math.PI;

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

/** @param {number} px */
const bounded = (px) => Math.min(Math.max(px, -1e5), 1e5);

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

// ---- Discs and arms ------------------------------------------------------------------------------------------------

/** @param {Context} context @param {Plane} plane @param {Theme} theme @param {Shown} shown */
function drawDiscs(context, plane, theme, { network, fused }) {
  const r = plane.disc;
  const together = new Map(fused.flatMap((group) => group.map((i) => [i, group])));
  context.textAlign = "center";
  context.textBaseline = "middle";
  const middle = (/** @type {number[]} */ group) => group.reduce((sum, i) => sum + plane.discX(-network.biases[i]), 0) / group.length;
  network.weights.forEach((weight, i) => {
    const x = middle(together.get(i) ?? [i]);
    const [dx, dy] = plane.armOf(weight);
    const length = Math.hypot(dx, dy);
    context.beginPath();
    context.moveTo(x + (dx * r) / length, plane.rail + (dy * r) / length);
    context.lineTo(x + dx, plane.rail + dy);
    context.strokeStyle = theme.background;
    context.lineWidth = 9;
    context.stroke();
    context.strokeStyle = theme.neurons[i];
    context.lineWidth = 5;
    context.stroke();
    context.beginPath();
    context.arc(x + dx, plane.rail + dy, 5, 0, TAU);
    context.fillStyle = theme.neurons[i];
    context.fill();
  });
  for (const group of network.weights.map((_, i) => together.get(i) ?? [i])) {
    const x = middle(group);
    const share = TAU / group.length;
    context.beginPath();
    context.arc(x, plane.rail, r + 2, 0, TAU);
    context.fillStyle = theme.background;
    context.fill();
    group.forEach((i, part) => {
      context.beginPath();
      if (group.length > 1) context.moveTo(x, plane.rail);
      context.arc(x, plane.rail, r, Math.PI / 2 + part * share, Math.PI / 2 + (part + 1) * share);
      context.fillStyle = theme.neurons[i];
      context.fill();
    });
    context.fillStyle = theme.background;
    const text = group.map((i) => i + 1).join("+");
    context.font = `600 ${Math.min(r + 1, (2.6 * r) / text.length)}px ${FONT}`;
    context.fillText(text, x, plane.rail + 1);
  }
  context.textBaseline = "alphabetic";
}

/** Where the discs will stand, one frame around those that will be one.
 * @param {Context} context @param {Plane} plane @param {Theme} theme @param {Network} end @param {number[][]} merging */
function drawGhosts(context, plane, theme, end, merging) {
  for (const group of merging) {
    const xs = group.map((i) => plane.discX(-end.biases[i]));
    const [left, right] = [Math.min(...xs) - plane.disc, Math.max(...xs) + plane.disc];
    context.beginPath();
    context.roundRect(left - 3, plane.rail - plane.disc - 3, right - left + 6, 2 * plane.disc + 6, plane.disc + 3);
    context.strokeStyle = theme.accent;
    context.lineWidth = 2;
    context.stroke();
  }
  end.biases.forEach((bias, i) => {
    const x = plane.discX(-bias);
    context.beginPath();
    context.arc(x, plane.rail, plane.disc - 4, 0, TAU);
    context.fillStyle = theme.background;
    context.globalAlpha = 0.6;
    context.fill();
    context.globalAlpha = 0.9;
    context.strokeStyle = theme.neurons[i];
    context.lineWidth = 2;
    context.stroke();
    context.globalAlpha = 1;
  });
}

// ---- The wake ------------------------------------------------------------------------------------------------------

/** Lines that flow along: iterations 1, 10, 100, …
 * @param {Context} context @param {Plane} plane @param {Theme} theme @param {Shown} shown */
function drawTimes(context, plane, theme, { second, clock, preview }) {
  const now = preview ? SECONDS : second;
  let above = plane.wakeEnd + 20;
  const depth = plane.wakeEnd - plane.rail;
  context.font = `12px ${FONT}`;
  context.textAlign = "left";
  context.lineWidth = 1;
  for (let iteration = 1; iteration <= clock.updates; iteration *= 10) {
    const at = now - clock.second(iteration);
    const y = plane.rail + (depth * at) / SECONDS;
    if (at < 0 || y < plane.rail + 12 || y > plane.wakeEnd) continue;
    context.beginPath();
    context.moveTo(plane.left, Math.round(y) + 0.5);
    context.lineTo(plane.right, Math.round(y) + 0.5);
    context.strokeStyle = theme.faint;
    context.stroke();
    if (above - y < 13) continue;
    above = y;
    context.fillStyle = theme.muted;
    context.fillText(iteration.toLocaleString("en"), plane.right + 6, y + 4);
  }
}

const WIDEST = 56;

/** @param {Context} context @param {Plane} plane @param {Theme} theme @param {Shown} shown */
function drawWake(context, plane, theme, { streams, experiment, preview }) {
  const steepest = Math.max(...experiment.target.weights.map(Math.abs), 1e-12);
  const scale = (plane.width < 560 ? 20 : 34) / steepest;
  const fade = preview ? 0.5 : 1;
  context.save();
  context.beginPath();
  context.rect(0, plane.rail, plane.right + 10, plane.wakeEnd - plane.rail);
  context.clip();
  streams.forEach((stream, i) => {
    for (let from = 0; from < stream.length - 1; ) {
      const positive = stream.weights[from + 1] >= 0;
      let to = from + 1;
      while (to + 1 < stream.length && stream.weights[to + 1] >= 0 === positive) to++;
      drawPart(context, plane, stream, from, to, scale);
      context.fillStyle = context.strokeStyle = theme.neurons[i];
      context.globalAlpha = fade * (positive ? 0.92 : 0.22);
      context.fill();
      if (!positive) {
        context.globalAlpha = fade;
        context.lineWidth = 1.4;
        context.stroke();
      }
      from = to;
    }
  });
  context.restore();
}

/** Points of a stream, over the whole depth. */
export const STEPS = 130;

/** The outline of a stream from one step to another.
 * @param {Context} context @param {Plane} plane @param {Stream} stream @param {number} from @param {number} to @param {number} scale */
function drawPart(context, plane, stream, from, to, scale) {
  const depth = plane.wakeEnd - plane.rail;
  /** @param {number} j @param {number} side */
  const point = (j, side) => {
    const half = Math.min(Math.max(Math.abs(stream.weights[j]) * scale, 1), WIDEST) / 2;
    context.lineTo(bounded(plane.x(stream.origins[j])) + side * half, plane.rail + (depth * j) / STEPS);
  };
  context.beginPath();
  for (let j = from; j <= to; j++) point(j, -1);
  for (let j = to; j >= from; j--) point(j, 1);
  context.closePath();
}
