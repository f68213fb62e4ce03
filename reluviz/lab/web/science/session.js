// One state, the run trained from it, the iteration shown: all of the lab that needs no page.

import { means, polyline, stateAt, through } from "./network.js";
import { History, settled, withValue } from "./state.js";
import { drawData, makeStorage, train } from "./training.js";
import { Clock, Wake } from "./wake.js";

/** @typedef {import("./network.js").Point} Point */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./training.js").Data} Data */
/** @typedef {import("./training.js").Experiment} Experiment */
/** @typedef {import("./training.js").Network} Network */
/** @typedef {import("./training.js").Run} Run */
/** @typedef {import("./training.js").Storage} Storage */

const MOST_KEPT = 3;

export class Session {
  /**
   * @param {State} state
   * @param {{changed: () => void, tell: (text: string) => void}} watch told of every change, and of what is to be said
   */
  constructor(state, watch) {
    this.watch = watch;
    this.history = new History(state);
    this.wake = new Wake();
    this.dragging = false;
    this.drags = 0;
    /** @type {Map<string, Storage>} */
    this.rooms = new Map();
    /** @type {{experiment: Experiment, run: Run}[]} */
    this.kept = [];
    /** @type {Data} */
    this.data = drawData(state.experiment);
    this.dataOf = state.experiment;
    this.toEnd = false;
    this.stale = true;
    /** @type {Run} */
    this.run;
    /** @type {Network} */
    this.end;
    /** @type {Clock} */
    this.clock;
    this.position = 0; // in iterations, between two of them while playing
    this.ensure();
  }

  get state() { return this.history.present; }
  get experiment() { return this.state.experiment; }

  // ---- The run -----------------------------------------------------------------------------------------------------

  /** Trains if the run is not that of the experiment. */
  ensure() {
    if (!this.stale) return;
    this.stale = false;
    this.run = this.trained(this.experiment, "shown");
    this.wake.prepare(this.run);
    this.clock = new Clock(this.run.updates);
    this.end = stateAt(this.run, this.run.updates);
    this.position = this.toEnd ? this.run.updates : Math.min(this.state.iteration, this.run.updates);
    if (this.position !== this.state.iteration) this.history.replace({ ...this.state, iteration: this.position });
    this.kept = this.state.kept.map((experiment) => this.kept.find((one) => one.experiment === experiment)
      ?? { experiment, run: train(experiment, drawData(experiment)) });
  }

  /** The run of an experiment, written over the last one of that place. @param {Experiment} experiment @param {string} place */
  trained(experiment, place) {
    if (this.dataOf.data !== experiment.data || this.dataOf.target !== experiment.target) {
      this.data = drawData(experiment);
      this.dataOf = experiment;
    }
    const neurons = experiment.start.weights.length;
    let room = this.rooms.get(place);
    if (!room || room.most !== experiment.iterations || room.neurons !== neurons) room = makeStorage(experiment.iterations, neurons);
    this.rooms.set(place, room);
    return train(experiment, this.data, room);
  }

  /** The network shown. */
  get network() { return stateAt(this.run, this.position); }

  // ---- Changes -----------------------------------------------------------------------------------------------------

  /** @param {State} state @param {string} [mark] */
  #push(state, mark = "") {
    this.history.push(state, this.dragging ? `drag ${this.drags}` : mark, this.dragging ? Infinity : 1000);
    this.stale = true;
    this.watch.changed();
  }

  beginDrag() {
    this.dragging = true;
    this.drags++;
  }

  endDrag() {
    this.dragging = false;
    this.watch.changed();
  }

  /** Takes on another experiment, from its start, or shown where the present one is.
   * @param {Experiment} experiment @param {{mark?: string, where?: "start" | "here"}} [how] */
  change(experiment, { mark = "", where = "start" } = {}) {
    this.toEnd = where === "here" && !this.stale && this.position > 0 && this.position >= this.run.updates;
    this.#push({ ...this.state, experiment: settled(experiment), before: 0, iteration: where === "here" ? this.state.iteration : 0 }, mark);
  }

  /** Another start: of this run where it stands at its start, else on from the state shown.
   * @param {(start: Network) => Network} edit @param {string} mark */
  restart(edit, mark) {
    const { iteration } = this.state;
    if (iteration > 0) this.watch.tell(`A new start, from iteration ${iteration.toLocaleString("en")}.`);
    const start = iteration > 0 ? stateAt(this.run, iteration) : this.experiment.start;
    this.change({ ...this.experiment, start: edit(start) }, { mark });
  }

  /** @param {State} state */
  open(state) {
    this.toEnd = false;
    this.#push(state);
  }

  undo() { this.#back(this.history.undo()); }
  redo() { this.#back(this.history.redo()); }

  /** @param {State | null} state */
  #back(state) {
    if (!state) return;
    this.toEnd = false;
    this.stale = true;
    this.watch.changed();
  }

  keep() {
    if (this.state.kept.length < MOST_KEPT) this.#push({ ...this.state, kept: [...this.state.kept, this.experiment] });
    else this.watch.tell("Three runs are kept at most: let one go first.");
  }

  /** @param {number} at */
  letGo(at) {
    this.#push({ ...this.state, kept: this.state.kept.filter((_, k) => k !== at) });
  }

  // ---- Time --------------------------------------------------------------------------------------------------------

  /** Shows an iteration, or while playing a place between two. @param {number} position */
  seek(position) {
    this.position = Math.min(Math.max(position, 0), this.run.updates);
    this.history.replace({ ...this.state, iteration: Math.floor(this.position) });
  }

  /** Where the epoch ends that the next update belongs to. */
  get epochEnd() {
    const size = Math.ceil(this.data.xs.length / this.experiment.batch_size);
    return (Math.floor(this.position / size) + 1) * size;
  }

  // ---- Target and data ---------------------------------------------------------------------------------------------

  /** The target's corners on the data's range, both ends included. */
  get corners() {
    return polyline(this.experiment.target, this.experiment.data.low, this.experiment.data.high);
  }

  /** @param {Point[]} corners @param {string} [mark] */
  retarget(corners, mark) {
    this.change(withValue(this.experiment, "target", through(corners)), { mark, where: this.dragging ? "start" : "here" });
  }

  /** Adds a corner; where there is no place given, in the middle of the widest piece, a little above it. @param {Point} [point] */
  addCorner(point) {
    const { corners } = this;
    const widths = corners.slice(1).map(([x], k) => x - corners[k][0]);
    const k = widths.indexOf(Math.max(...widths));
    const [a, b] = [corners[k], corners[k + 1]];
    const rise = 0.1 * Math.max(...corners.map(([, y]) => Math.abs(y)), b[0] - a[0]);
    const added = point ?? [Number(((a[0] + b[0]) / 2).toPrecision(6)), Number(((a[1] + b[1]) / 2 + rise).toPrecision(4))];
    if (added[0] <= corners[0][0] || added[0] >= corners[corners.length - 1][0] || corners.some(([x]) => x === added[0])) return;
    this.retarget([...corners, added].sort((one, other) => one[0] - other[0]));
  }

  /** @param {number} at */
  removeCorner(at) {
    const { corners } = this;
    if (at > 0 && at < corners.length - 1) this.retarget(corners.filter((_, k) => k !== at));
    else this.watch.tell("The ends of the target stay.");
  }

  /** Samples of one's own, the target through them; or drawn ones again. @param {Point[] | undefined} points @param {string} [mark] */
  useData(points, mark) {
    const { data, batch_size: batch } = this.experiment;
    let experiment = withValue(this.experiment, "data.points", points);
    if (points) {
      const xs = points.map(([x]) => x);
      const [low, high] = [Math.min(...xs), Math.max(...xs)];
      if (!(high > low)) return this.watch.tell("Two samples with different x stay.");
      const range = data.points ? { low: Math.min(data.low, low), high: Math.max(data.high, high) } : { low, high };
      experiment = { ...experiment, data: { ...experiment.data, ...range }, target: through(means(points)) };
    }
    const count = points ? points.length : data.samples;
    const all = batch > 1 && batch === data.samples;
    this.change(all || batch > count ? withValue(experiment, "batch_size", count) : experiment, { mark });
  }
}
