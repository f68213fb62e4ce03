// The wake below the axis: a stream for each neuron, and lines that flow along at iterations 1, 10, 100, …

import { FONT, bounded } from "./style.js";
import { SECONDS } from "../science/wake.js";

/** @typedef {import("./picture.js").Shown} Shown */
/** @typedef {import("./picture.js").Theme} Theme */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {import("../science/wake.js").Stream} Stream */

/** Lines that flow along: iterations 1, 10, 100, …
 * @param {Context} context @param {Plane} plane @param {Theme} theme @param {Shown} shown */
export function drawTimes(context, plane, theme, { second, clock, preview }) {
  const now = preview ? SECONDS : second;
  let [above, room] = [plane.wakeEnd + 20, 0];
  const depth = plane.wakeEnd - plane.rail;
  context.font = `${plane.small}px ${FONT}`;
  context.textAlign = "right";
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
    if (above - y < 1.1 * plane.small) continue;
    context.fillStyle = theme.muted;
    context.fillText(iteration.toLocaleString("en"), plane.left - 8, y + 0.35 * plane.small);
    room = above - y;
    above = y;
  }
  if (room > 2.2 * plane.small && !plane.narrow) context.fillText("iteration", plane.left - 8, above + 1.45 * plane.small);
}

const WIDEST = 56;

/** @param {Context} context @param {Plane} plane @param {Theme} theme @param {Shown} shown */
export function drawWake(context, plane, theme, { streams, experiment, preview }) {
  const steepest = Math.max(...experiment.target.weights.map(Math.abs), 1e-12);
  const scale = (plane.narrow ? 20 : 34 * plane.size) / steepest;
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
