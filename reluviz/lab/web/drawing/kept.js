// Kept runs as ghosts: a thin line in the plane, and below the wake a rail of its own with discs and arms.

import { drawDiscs } from "./discs.js";
import { shown } from "../science/figures.js";
import { value } from "../science/network.js";
import { FONT } from "./style.js";

/** @typedef {import("../science/network.js").Network} Network */
/** @typedef {import("./picture.js").Kept} Kept */
/** @typedef {import("./picture.js").Theme} Theme */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {CanvasRenderingContext2D} Context */

/** How the lines of kept runs are told apart. */
export const DASHES = [[2, 5], [9, 6], [16, 5, 2, 5]];
/** @param {number} k */
export const letter = (k) => "ABC"[k];

/** Which kept run a line in the plane is: letters at its right end, none over another.
 * @param {Context} context @param {Plane} plane @param {Theme} theme @param {Kept[]} kept */
export function drawLetters(context, plane, theme, kept) {
  context.font = `600 ${plane.small}px ${FONT}`;
  context.textAlign = "left";
  context.fillStyle = theme.ink;
  let above = -Infinity;
  kept.map(({ network }, k) => ({ k, y: Math.min(Math.max(plane.y(value(network, plane.to)), plane.head), plane.cut) }))
    .sort((a, b) => a.y - b.y)
    .forEach(({ k, y }) => {
      above = Math.max(y + 4, above + 1.2 * plane.small);
      context.fillText(letter(k), plane.right + 8, above);
    });
}

/** @param {Context} context @param {Plane} plane @param {Theme} theme @param {Kept[]} kept */
export function drawRails(context, plane, theme, kept) {
  kept.forEach(({ network, error, fused }, k) => {
    const rail = plane.wakeEnd + plane.rails * (k + 0.5) + 6;
    const small = Object.assign(Object.create(plane), { rail, disc: plane.disc * 0.66, arm: plane.arm * 0.28 });
    context.beginPath();
    context.moveTo(plane.left, rail);
    context.lineTo(plane.right, rail);
    context.setLineDash(DASHES[k]);
    context.strokeStyle = theme.muted;
    context.lineWidth = 1.5;
    context.stroke();
    context.setLineDash([]);
    drawDiscs(context, small, theme, { network, fused, dim: [] });
    context.font = `600 ${plane.small}px ${FONT}`;
    context.fillStyle = theme.ink;
    context.textAlign = "right";
    context.fillText(letter(k), plane.left - 8, rail + 0.35 * plane.small);
    context.font = `${plane.small}px ${FONT}`;
    context.fillStyle = theme.muted;
    context.textAlign = "left";
    context.fillText(shown(error), plane.right + 8, rail + 0.35 * plane.small);
  });
}
