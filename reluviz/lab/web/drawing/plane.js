// Where things stand in the picture: the plane on top, and below its axis the room for the wake.

import { polyline } from "../science/network.js";

/** @typedef {import("../science/training.js").Experiment} Experiment */
/** @typedef {import("../science/training.js").Data} Data */
/** @typedef {import("../science/network.js").Point} Point */

export class Plane {
  /**
   * @param {number} width of the picture, in CSS pixels
   * @param {number} height
   * @param {Experiment} experiment
   * @param {Data} data
   * @param {number} kept how many kept runs have a rail below the wake
   */
  constructor(width, height, experiment, data, kept) {
    const { low, high } = experiment.data;
    this.width = width;
    this.height = height;
    this.low = low;
    this.high = high;
    const range = high - low;
    const narrow = width < 560;
    this.narrow = narrow;
    // On a large screen all of it is larger, so that it can be read from the last row.
    const size = narrow ? 0.8 : Math.min(Math.max(height / 620, 1), 2);
    this.size = size;
    this.small = Math.max(12.5 * size, 12); // of texts, in pixels
    this.disc = 14 * size;
    this.arm = (narrow ? 50 : 58) * size;
    this.from = low - range * (narrow ? 0.13 : 0.2);
    this.to = high + range * (narrow ? 0.1 : 0.16);
    this.left = narrow ? 46 : 58 * size;
    this.right = width - (kept ? 4 * this.small : 14);
    this.unit = (narrow ? 60 : 72) * size; // of arrows: a strong push
    let bottom = 0;
    let top = 0;
    for (const [, y] of polyline(experiment.target, low, high)) {
      bottom = Math.min(bottom, y);
      top = Math.max(top, y);
    }
    for (const y of data.ys) {
      bottom = Math.min(bottom, y);
      top = Math.max(top, y);
    }
    if (!(top - bottom > 0)) top = bottom + 1;
    const span = (top - bottom) * 1.15;
    this.rail = Math.round(height * (narrow ? 0.58 : 0.6)); // where the discs stand
    this.lane = this.rail - 2.4 * this.disc; // where their arrows lie
    this.foot = bottom < 0 ? this.rail - this.disc - 14 : this.rail; // where the plane's lowest value is
    this.head = 14;
    this.bottom = bottom;
    this.top = bottom + span;
    this.xScale = (this.right - this.left) / (this.to - this.from);
    this.yScale = (this.foot - this.head) / span;
    this.rails = 30 * size; // between the rails of kept runs
    this.wakeEnd = height - 2 * this.small - (kept ? kept * this.rails + 8 : 0);
    this.cut = bottom < 0 ? this.foot + 6 : this.rail + this.disc + 22; // lines below are cut off here
  }

  /** @param {number} x */
  x(x) { return this.left + (x - this.from) * this.xScale; }
  /** @param {number} y */
  y(y) { return this.foot - (y - this.bottom) * this.yScale; }
  /** @param {number} px */
  xAt(px) { return this.from + (px - this.left) / this.xScale; }
  /** @param {number} py */
  yAt(py) { return this.bottom + (this.foot - py) / this.yScale; }

  /** What can be seen of a graph with more corners than pixels: the lowest and highest in each column.
   * @param {Point[]} corners @returns {Point[]} */
  seen(corners) {
    if (corners.length < 1000) return corners;
    /** @type {Map<number, Point[]>} */
    const columns = new Map();
    for (const corner of corners) {
      const column = Math.round(this.x(corner[0]));
      const [least, most] = columns.get(column) ?? [corner, corner];
      columns.set(column, [corner[1] < least[1] ? corner : least, corner[1] > most[1] ? corner : most]);
    }
    return [...columns.values()].flatMap(([a, b]) => (a === b ? [a] : a[0] < b[0] ? [a, b] : [b, a]));
  }

  /** Where a disc stands for an origin: at the edge of the picture if it is beyond. @param {number} origin */
  discX(origin) { return Math.min(Math.max(this.x(origin), this.disc + 4), this.width - this.disc - 4); }

  /** From the disc's middle to the arm's tip, for a weight. @param {number} weight @returns {[number, number]} */
  armOf(weight) {
    const rise = -weight * this.yScale;
    const length = (this.arm + this.disc) / Math.hypot(this.xScale, rise);
    return [this.xScale * length, rise * length];
  }

  /** The weight whose arm points from the disc's middle there. @param {number} dx @param {number} dy */
  weightOf(dx, dy) {
    return (-dy / Math.max(dx, 3)) * (this.xScale / this.yScale);
  }

  /** A number near `x` of few digits: what a pointer can mean. @param {number} x */
  roundX(x) { return rounded(x, 1 / this.xScale); }
  /** @param {number} y */
  roundY(y) { return rounded(y, 1 / this.yScale); }
}

/** `value` with as few digits as keep it within `resolution`. @param {number} value @param {number} resolution */
function rounded(value, resolution) {
  const digits = Math.min(Math.max(Math.ceil(-Math.log10(resolution)), 0), 12);
  return Number(value.toFixed(digits)) + 0;
}
