// Discs with their arms, those that are one in one, and where they will stand at the end.

import { FONT, TAU } from "./style.js";

/** @typedef {import("../science/network.js").Network} Network */
/** @typedef {import("./picture.js").Shown} Shown */
/** @typedef {import("./picture.js").Theme} Theme */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {CanvasRenderingContext2D} Context */

const DIM = 0.5; // asleep

/** @param {Context} context @param {Plane} plane @param {Theme} theme
 * @param {Pick<Shown, "network" | "fused" | "dim">} shown */
export function drawDiscs(context, plane, theme, { network, fused, dim }) {
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
    context.lineWidth = 0.36 * r + 4;
    context.stroke();
    context.strokeStyle = theme.neurons[i];
    context.lineWidth = 0.36 * r;
    context.globalAlpha = dim[i] ? DIM : 1;
    context.stroke();
    context.beginPath();
    context.arc(x + dx, plane.rail + dy, 0.36 * r, 0, TAU);
    context.fillStyle = theme.neurons[i];
    context.fill();
    context.globalAlpha = 1;
  });
  const groups = [...new Set(network.weights.map((_, i) => together.get(i) ?? [i]))].sort((a, b) => middle(a) - middle(b));
  const places = groups.map(middle);
  for (const [k, group] of groups.entries()) {
    const x = places[k];
    const share = TAU / group.length;
    // Discs that overlap without being one share the axis, cut half-way between their middles.
    const left = k > 0 && x - places[k - 1] < 2 * r ? (x + places[k - 1]) / 2 + 0.75 : x - r - 2;
    const right = k + 1 < places.length && places[k + 1] - x < 2 * r ? (x + places[k + 1]) / 2 - 0.75 : x + r + 2;
    context.save();
    context.beginPath();
    context.rect(left, plane.rail - r - 3, Math.max(right - left, 0), 2 * r + 6);
    context.clip();
    context.beginPath();
    context.arc(x, plane.rail, r + 2, 0, TAU);
    context.fillStyle = theme.background;
    context.fill();
    group.forEach((i, part) => {
      context.beginPath();
      if (group.length > 1) context.moveTo(x, plane.rail);
      context.arc(x, plane.rail, r, Math.PI / 2 + part * share, Math.PI / 2 + (part + 1) * share);
      context.fillStyle = theme.neurons[i];
      context.globalAlpha = dim[i] ? DIM : 1;
      context.fill();
      context.globalAlpha = 1;
    });
    context.fillStyle = theme.background;
    const text = group.map((i) => i + 1).join("+");
    context.font = `600 ${Math.min(r + 1, (2.6 * r) / text.length)}px ${FONT}`;
    context.fillText(text, (Math.max(left, x - r) + Math.min(right, x + r)) / 2, plane.rail + 1);
    context.restore();
  }
  context.textBaseline = "alphabetic";
}

/** Where the discs will stand, one frame around those that will be one.
 * @param {Context} context @param {Plane} plane @param {Theme} theme @param {Network} end @param {number[][]} merging */
export function drawGhosts(context, plane, theme, end, merging) {
  for (const group of merging) {
    const xs = group.map((i) => plane.discX(-end.biases[i]));
    const [left, right] = [Math.min(...xs) - plane.disc, Math.max(...xs) + plane.disc];
    context.beginPath();
    context.roundRect(left - 3, plane.rail - plane.disc - 3, right - left + 6, 2 * plane.disc + 6, plane.disc + 3);
    context.strokeStyle = theme.muted;
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
