// The axes: numbers of x and y with faint lines through plane and wake.

import { FONT } from "./style.js";

/** @typedef {import("./picture.js").Theme} Theme */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {CanvasRenderingContext2D} Context */

/** @param {Context} context @param {Plane} plane @param {Theme} theme */
export function drawGrid(context, plane, theme) {
  context.fillStyle = theme.muted;
  context.strokeStyle = theme.faint;
  context.lineWidth = 1;
  context.font = `${plane.small}px ${FONT}`;
  context.beginPath();
  context.textAlign = "center";
  for (const x of ticks(plane.low, plane.high, plane.narrow ? 4 : 6)) {
    const at = Math.round(plane.x(x)) + 0.5;
    context.moveTo(at, plane.rail);
    context.lineTo(at, plane.height - 1.7 * plane.small);
    context.fillText(minus(x), at, plane.height - 0.4 * plane.small);
  }
  context.textAlign = "right";
  for (const y of ticks(plane.bottom, plane.top, 4)) {
    const at = Math.round(plane.y(y)) + 0.5;
    if (at > plane.rail - 8) continue;
    context.moveTo(plane.left, at);
    context.lineTo(plane.right, at);
    context.fillText(minus(y), plane.left - 8, at + 0.35 * plane.small);
  }
  context.stroke();
}

/** The axis that the discs stand on. @param {Context} context @param {Plane} plane @param {Theme} theme */
export function drawAxis(context, plane, theme) {
  context.beginPath();
  context.moveTo(plane.left, plane.rail);
  context.lineTo(plane.right, plane.rail);
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.stroke();
}

/** A few round numbers in [low, high]. @param {number} low @param {number} high @param {number} most */
function ticks(low, high, most) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

/** @param {number} x */
const minus = (x) => String(x).replace("-", "−");
