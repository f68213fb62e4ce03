// Which handles the picture has: discs, arms, the target's corners, samples of one's own; and what dragging each means.

import { counted, shown } from "../science/figures.js";
import { withValue } from "../science/state.js";

/** @typedef {import("./handles.js").Handle} Handle */
/** @typedef {import("../drawing/plane.js").Plane} Plane */
/** @typedef {import("../science/session.js").Session} Session */
/** @typedef {import("../science/network.js").Network} Network */

const MOST_SAMPLES = 100; // more of them are too close to have a handle each
const WITHIN = 40; // pixels from the pointer
const STEEPEST = 20;

/** Which sample has the handle where there are too many for one each. @typedef {{at: number, changed: () => void}} Picked */

/** @param {Session} session @param {Plane} plane @param {Network} network the one shown @param {Picked} picked @returns {Handle[]} */
export function handlesOf(session, plane, network, picked) {
  return [...cornersOf(session, plane), ...samplesOf(session, plane, picked), ...neuronsOf(session, plane, network)];
}

/** The handle goes to the sample nearest to the pointer. @param {Session} session @param {Plane} plane @param {Picked} picked
 * @param {number} px @param {number} py */
export function pickNear({ experiment: { data: { points } } }, plane, picked, px, py) {
  if (!points || points.length <= MOST_SAMPLES) return;
  let [best, nearest] = [-1, WITHIN];
  points.forEach(([x, y], k) => {
    const away = Math.hypot(plane.x(x) - px, plane.y(y) - py);
    if (away < nearest) [best, nearest] = [k, away];
  });
  if (best < 0 || best === picked.at) return;
  picked.at = best;
  picked.changed();
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
    const place = { ...height, id: `corner ${k} across`, label: `${name}, place`, y: plane.y(y) + 22, value: x, least: room[0], most: room[1],
      text: shown(x), upright: false, set: (value) => move(value, y), drag: (px) => move(plane.roundX(plane.xAt(px)), y) };
    return [height, place];
  });
}

/** @param {Session} session @param {Plane} plane @param {Picked} picked @returns {Handle[]} */
function samplesOf(session, plane, picked) {
  const { points } = session.experiment.data;
  if (!points) return [];
  const step = 10 ** Math.floor(Math.log10((plane.top - plane.bottom) / 200));
  /** @param {number} k @returns {Handle} */
  const handle = (k) => {
    const [x, y] = points[k];
    /** @param {number} newX @param {number} newY */
    const move = (newX, newY) => session.useData(points.map((point, j) => (j === k ? [newX, newY] : point)), `sample ${k}`);
    return {
      id: `sample ${k}`, kind: "sample", label: `Sample ${counted(k + 1)} at ${shown(x)}`, x: plane.x(x), y: plane.y(y), value: y,
      least: plane.roundY(plane.bottom - (plane.top - plane.bottom)), most: plane.roundY(2 * plane.top), step, text: shown(y), upright: true, set: (value) => move(x, value),
      drag: (px, py) => move(plane.roundX(plane.xAt(px)), plane.roundY(plane.yAt(py))),
      remove: () => session.useData(points.filter((_, j) => j !== k)),
    };
  };
  if (points.length <= MOST_SAMPLES) return points.map((_, k) => handle(k));
  picked.at = Math.min(picked.at, points.length - 1);
  const own = handle(picked.at);
  /** @param {number} k */
  const pick = (k) => { picked.at = k - 1; picked.changed(); };
  return [{ ...own, id: "sample", kind: "picked" }, {
    ...own, id: "which sample", kind: "picked", label: "Which sample", y: own.y + 26, value: picked.at + 1, least: 1, most: points.length, step: 1,
    text: `${counted(picked.at + 1)} of ${counted(points.length)}, at ${own.text} over ${shown(points[picked.at][0])}`, upright: false,
    set: pick, drag: (px, py) => pickNear(session, plane, picked, px, py - 26), remove: undefined,
  }];
}
