// Which handles the picture has: discs, arms, the target's corners, samples of one's own; and what dragging each means.

import { counted, shown } from "../science/figures.js";
import { withValue } from "../science/state.js";

/** @typedef {import("./handles.js").Handle} Handle */
/** @typedef {import("../drawing/plane.js").Plane} Plane */
/** @typedef {import("../science/session.js").Session} Session */
/** @typedef {import("../science/network.js").Network} Network */

const MOST_SAMPLES = 100; // more of them are too close to be taken hold of
const STEEPEST = 20;

/** @param {Session} session @param {Plane} plane @param {Network} network the one shown @returns {Handle[]} */
export function handlesOf(session, plane, network) {
  return [...cornersOf(session, plane), ...samplesOf(session, plane), ...neuronsOf(session, plane, network)];
}

/** The number at a place of a list replaced. @param {number[]} list @param {number} at @param {number} value */
const replaced = (list, at, value) => list.map((other, k) => (k === at ? value : other));

/** @param {Session} session @param {Plane} plane @param {Network} network @returns {Handle[]} */
function neuronsOf(session, plane, network) {
  const [least, most] = [plane.roundX(plane.from), plane.roundX(plane.to)];
  const step = 10 ** Math.floor(Math.log10((plane.high - plane.low) / 200));
  return network.weights.flatMap((weight, i) => {
    const origin = -network.biases[i] + 0;
    const x = plane.discX(origin);
    const [dx, dy] = plane.armOf(weight);
    /** @param {number} value */
    const setOrigin = (value) => session.restart((start) => withValue(start, "biases", replaced(start.biases, i, -value + 0)), `origin ${i}`);
    /** @param {number} value */
    const setWeight = (value) => session.restart((start) => withValue(start, "weights", replaced(start.weights, i, value)), `weight ${i}`);
    /** @type {Handle[]} */
    const handles = [
      {
        id: `disc ${i}`, kind: "disc", label: `Neuron ${i + 1}, origin`, x, y: plane.rail, colour: `var(--n${i + 1})`,
        value: origin, least, most, step, text: shown(origin), set: setOrigin,
        drag: (px) => setOrigin(Math.min(Math.max(plane.roundX(plane.xAt(px)), least), most)),
      },
      {
        id: `arm ${i}`, kind: "arm", label: `Neuron ${i + 1}, weight`, x: x + dx, y: plane.rail + dy, colour: `var(--n${i + 1})`,
        value: weight, least: -STEEPEST, most: STEEPEST, step: 0.01, text: shown(weight), upright: true, set: setWeight,
        drag: (px, py) => {
          const wanted = plane.weightOf(px - x, py - plane.rail);
          setWeight(Math.min(Math.max(Number(wanted.toFixed(2)) + 0, -STEEPEST), STEEPEST));
        },
      },
    ];
    return handles;
  });
}

/** @param {Session} session @param {Plane} plane @returns {Handle[]} */
function cornersOf(session, plane) {
  if (session.experiment.data.points) return [];
  const corners = session.corners;
  const step = 10 ** Math.floor(Math.log10((plane.high - plane.low) / 200));
  return corners.flatMap(([x, y], k) => {
    const inner = k > 0 && k < corners.length - 1;
    const room = inner ? [corners[k - 1][0] + step, corners[k + 1][0] - step] : [x, x];
    /** @param {number} newX @param {number} newY */
    const move = (newX, newY) => {
      const there = Math.min(Math.max(newX, room[0]), room[1]);
      session.retarget(corners.map((corner, j) => (j === k ? [there, newY] : corner)), `corner ${k}`);
    };
    const name = inner ? `Target, corner ${k}` : `Target, ${k ? "right" : "left"} end`;
    const more = { remove: () => session.removeCorner(k), add: () => session.addCorner() };
    /** @type {Handle} */
    const height = {
      id: `corner ${k}`, kind: "corner", label: `${name}, height at ${shown(x)}`, x: plane.x(x), y: plane.y(y),
      value: y, least: plane.roundY(plane.bottom - (plane.top - plane.bottom)), most: plane.roundY(2 * plane.top), step, text: shown(y), upright: true,
      set: (value) => move(x, value), drag: (px, py) => move(inner ? plane.roundX(plane.xAt(px)) : x, plane.roundY(plane.yAt(py))), ...more,
    };
    if (!inner) return [height];
    /** @type {Handle} */
    const place = { ...height, id: `corner ${k} across`, label: `${name}, place`, y: plane.y(y) + 15, value: x, least: room[0], most: room[1],
      text: shown(x), upright: false, set: (value) => move(value, y), drag: (px) => move(plane.roundX(plane.xAt(px)), y) };
    return [height, place];
  });
}

/** @param {Session} session @param {Plane} plane @returns {Handle[]} */
function samplesOf(session, plane) {
  const { points } = session.experiment.data;
  if (!points || points.length > MOST_SAMPLES) return [];
  return points.map(([x, y], k) => {
    /** @param {number} newX @param {number} newY */
    const move = (newX, newY) => session.useData(points.map((point, j) => (j === k ? [newX, newY] : point)), `sample ${k}`);
    const step = 10 ** Math.floor(Math.log10((plane.top - plane.bottom) / 200));
    return {
      id: `sample ${k}`, kind: "sample", label: `Sample ${counted(k + 1)} at ${shown(x)}`, x: plane.x(x), y: plane.y(y), value: y,
      least: plane.roundY(plane.bottom - (plane.top - plane.bottom)), most: plane.roundY(2 * plane.top), step, text: shown(y), upright: true, set: (value) => move(x, value),
      drag: (px, py) => move(plane.roundX(plane.xAt(px)), plane.roundY(plane.yAt(py))),
      remove: () => session.useData(points.filter((_, j) => j !== k)),
    };
  });
}
