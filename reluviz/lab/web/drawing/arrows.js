// Arrows above the discs: which way origins are pushed; and the rule by which.

import { FONT } from "./style.js";

/** @typedef {import("../science/network.js").Network} Network */
/** @typedef {import("../science/pushes.js").Arrows} Arrows */
/** @typedef {import("./picture.js").Theme} Theme */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {CanvasRenderingContext2D} Context */

/** @param {Context} context @param {Plane} plane @param {Theme} theme @param {Network} network @param {Arrows} arrows */
export function drawArrows(context, plane, theme, network, { low, high, step, memory }) {
  const y = plane.lane;
  context.lineWidth = 1.5;
  network.biases.forEach((bias, i) => {
    const x = plane.x(-bias);
    if (x < plane.left || x > plane.right) return;
    context.fillStyle = theme.too_low;
    if (outline(context, plane, x, y, low[i], 0.07)) context.fill();
    context.fillStyle = theme.too_high;
    if (outline(context, plane, x, y, high[i], 0.07)) context.fill();
    context.fillStyle = context.strokeStyle = theme.ink;
    if (step && outline(context, plane, x, y, step[i], 0.03)) context.fill();
    if (memory && outline(context, plane, x, y - 0.24 * plane.unit, memory[i], 0.06)) context.stroke();
  });
}

/** The outline of a level arrow; none where it would be too short. @param {Context} context @param {Plane} plane
 * @param {number} x @param {number} y @param {number} way in units, + to the right @param {number} half its shaft's half width in units */
function outline(context, { unit }, x, y, way, half) {
  const length = Math.abs(way);
  if (!(length >= 0.08)) return false;
  const head = Math.min(0.2, 0.6 * length);
  const wide = Math.max(2.2 * half, 0.1) * Math.min(1, head / 0.2);
  const shaft = Math.min(half, 0.7 * wide);
  const side = Math.sign(way) * unit;
  context.beginPath();
  for (const [along, across] of [[0, shaft], [length - head, shaft], [length - head, wide], [length, 0],
    [length - head, -wide], [length - head, -shaft], [0, -shaft]]) context.lineTo(x + side * along, y + unit * across);
  context.closePath();
  return true;
}

/** A short text on a plate, so that it can be read over anything. @param {Context} context @param {Plane} plane @param {Theme} theme
 * @param {string} text @param {number} x its middle @param {number} y */
export function drawPlate(context, { small }, theme, text, x, y) {
  context.font = `600 ${small}px ${FONT}`;
  const half = context.measureText(text).width / 2 + 5;
  context.beginPath();
  context.roundRect(x - half, y - 0.8 * small, 2 * half, 1.6 * small, 5);
  context.globalAlpha = 0.8;
  context.fillStyle = theme.background;
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = theme.ink;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
  context.textBaseline = "alphabetic";
}

/** The rules above their discs, one higher where there is no room. @param {Context} context @param {Plane} plane @param {Theme} theme
 * @param {Network} network @param {(number | null)[]} rules */
export function drawRules(context, plane, theme, network, rules) {
  const placed = rules.flatMap((rule, i) => (rule ? [{ rule, x: plane.x(-network.biases[i]) }] : []))
    .filter(({ x }) => x >= plane.left && x <= plane.right).sort((a, b) => a.x - b.x);
  /** @type {number[]} */
  const ends = [];
  for (const { rule, x } of placed) {
    let row = 0;
    while (ends[row] > x - 2 * plane.small) row++;
    ends[row] = x + 2 * plane.small;
    drawPlate(context, plane, theme, `rule ${rule}`, x, plane.lane - 0.32 * plane.unit - 1.6 * plane.small * row);
  }
}
