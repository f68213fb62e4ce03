// The board: the canvas with what can be dragged over it, and what of the session it shows at a moment.

import { make } from "./dom.js";
import { handlesOf, pickNear } from "./grips.js";
import { Handles } from "./handles.js";
import { merged, stateAt, typicalError } from "../science/network.js";
import { arrowsBetween, arrowsOfUpdate } from "../science/pushes.js";
import { draw } from "../drawing/picture.js";
import { Plane } from "../drawing/plane.js";
import { STEPS } from "../drawing/streams.js";
import { SECONDS, Wake } from "../science/wake.js";

/** @typedef {import("../science/network.js").Network} Network */
/** @typedef {import("../drawing/picture.js").Theme} Theme */
/** @typedef {import("../science/session.js").Session} Session */
/** @typedef {import("../science/training.js").Experiment} Experiment */
/** @typedef {import("../science/training.js").Run} Run */
/** @typedef {import("../science/update.js").Update} Update */
/** One moment. looked: an experiment to show the end of, in place of the session's. update: the next one, where it can be followed.
 * @typedef {{theme: Theme, playing: boolean, looked: Experiment | null, update: Update | null}} Moment */

const FUSED_WITHIN = 0.01; // of the data's range: discs nearer than that are drawn as one
const LATELY = 0.3; // seconds that the arrows of fast motion average

export class Board {
  /**
   * @param {Session} session
   * @param {number} close how near merged origins are, as part of the data's range
   * @param {{begin: () => void, redraw: () => void}} watch told when a drag begins, and to draw
   */
  constructor(session, close, { begin, redraw }) {
    this.session = session;
    this.close = close;
    this.asideWake = new Wake();
    this.picked = { at: 0, changed: redraw };
    /** @type {Plane | null} */
    this.plane = null; // made anew when null; it stays while a drag goes on
    this.canvas = make("canvas", { role: "img" });
    this.layer = make("div", { className: "layer", role: "group", "aria-label": "What can be dragged" });
    this.element = make("div", { className: "picture" }, this.canvas, this.layer);
    this.handles = new Handles(this.layer, {
      begin: () => { begin(); session.beginDrag(); },
      end: () => session.endDrag(),
      near: (x, y) => this.plane && pickNear(session, this.plane, this.picked, x, y),
    });
    this.layer.addEventListener("dblclick", (event) => this.#corner(event));
  }

  /** The canvas made ready, and the plane on it; null where there is no room. */
  #ready() {
    const { clientWidth: width, clientHeight: height } = this.element;
    const context = this.canvas.getContext("2d");
    if (!width || !height || !context) return null;
    const ratio = window.devicePixelRatio || 1;
    const size = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== size[0] || this.canvas.height !== size[1]) {
      [this.canvas.width, this.canvas.height] = size;
      this.plane = null;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.plane ??= new Plane(width, height, this.session.experiment, this.session.run.data, this.session.kept.length);
    this.layer.style.setProperty("--size", String(Math.max(this.plane.size, 1)));
    return { context, plane: this.plane };
  }

  /** Draws a moment. Returns the network that it shows, and the run. @param {Moment} moment */
  draw({ theme, playing, looked, update }) {
    const { session } = this;
    const { experiment, clock, position } = session;
    const aside = looked ? session.trained(looked, "looked at") : null;
    const run = aside ?? session.run;
    const atStart = aside !== null || (position === 0 && !playing);
    const network = aside ? aside.experiment.start : session.network;
    const ready = this.#ready();
    if (!ready) return { network, run };
    const end = atStart ? stateAt(run, run.updates) : null;
    const second = clock.second(position);
    if (aside && this.asideWake.run?.experiment !== looked) this.asideWake.prepare(aside);
    const wake = aside ? this.asideWake : session.wake;
    const { low, high } = experiment.data;
    /** @param {Network} of */
    const fused = (of) => merged(of, FUSED_WITHIN * (high - low));
    draw(ready.context, ready.plane, theme, {
      experiment, data: session.run.data, network, second, clock, end, preview: atStart,
      sample: update && update.sample, rules: update?.parts.map(({ rule }) => rule) ?? [],
      dim: atStart ? [] : update?.parts.map(({ awake }) => !awake) ?? [],
      arrows: aside ? null : this.#arrows(playing, update),
      streams: wake.streams(atStart ? SECONDS : second, STEPS),
      kept: session.kept.map((one) => {
        const kept = stateAt(one.run, atStart ? one.run.updates : position);
        return { network: kept, error: typicalError(kept, one.run.data), fused: fused(kept) };
      }),
      merging: end ? this.mergers(end) : [],
      fused: fused(network),
    });
    this.layer.style.visibility = aside ? "hidden" : "";
    if (!aside) this.handles.show(handlesOf(session, ready.plane, network, this.picked));
    return { network, run };
  }

  /** What pushes the origins: of the next update where the eye can follow, else over the last quarter second, or an epoch.
   * @param {boolean} playing @param {Update | null} update */
  #arrows(playing, update) {
    const { run, clock, position } = this.session;
    const last = Math.floor(position);
    if (last >= run.updates || this.session.dragging) return null;
    if (update || !playing) return arrowsOfUpdate(run, last);
    const second = clock.second(position);
    const epoch = Math.ceil(run.data.xs.length / run.experiment.batch_size);
    const [wide, narrow] = [clock.iteration(second - 1), clock.iteration(second - LATELY)];
    const first = Math.floor(last - wide >= epoch ? Math.min(narrow, last - epoch) : narrow);
    return last > first ? arrowsBetween(run, first, last) : null;
  }

  /** Neurons that have merged, as the analysis says it. @param {Network} network */
  mergers(network) {
    const { low, high } = this.session.experiment.data;
    return merged(network, this.close * (high - low), low, high);
  }

  /** A new corner of the target where the plane is clicked twice. @param {MouseEvent} event */
  #corner(event) {
    if (event.target !== this.layer || !this.plane || this.session.experiment.data.points) return;
    const box = this.layer.getBoundingClientRect();
    const { plane } = this;
    this.session.addCorner([plane.roundX(plane.xAt(event.clientX - box.left)), plane.roundY(plane.yAt(event.clientY - box.top))]);
  }
}
