// The map: two numbers of the start varied over a grid, each start trained whole, in workers, from coarse to fine.

import { button, make, row, say } from "./dom.js";
import { counted, shown } from "../science/figures.js";
import { polyline, stateAt, typicalError } from "../science/network.js";
import { withValue } from "../science/state.js";
import { drawData, makeStorage, train } from "../science/training.js";

/** @typedef {import("../science/training.js").Experiment} Experiment */
/** @typedef {import("../drawing/picture.js").Theme} Theme */
/** One number of the start. @typedef {{name: string, part: "weights" | "biases", neuron: number, low: number, high: number}} Axis */

const SIZE = 96;
const COARSEST = 8;
const AT_ONCE = 24; // starts a message
const HINT = "Each point is a start, coloured by how well its line fits at the end.";

/** What a worker does: it trains the starts it is sent and answers with their final typical errors, the data's noise left out. */
export function work() {
  /** @type {Experiment} */
  let experiment;
  /** @type {ReturnType<typeof drawData>} */
  let data;
  /** @type {ReturnType<typeof makeStorage>} */
  let storage;
  self.onmessage = ({ data: message }) => {
    if (message.experiment) {
      experiment = message.experiment;
      data = drawData(experiment);
      storage = makeStorage(experiment.iterations, experiment.start.weights.length);
      return;
    }
    const errors = message.starts.map((/** @type {Experiment["start"]} */ start) => {
      const run = train({ ...experiment, start }, data, storage);
      return run.overflowed ? Infinity : typicalError(stateAt(run, run.updates), { xs: data.xs, ys: data.clean });
    });
    self.postMessage({ cells: message.cells, errors });
  };
}

/** The numbers that a map can vary. @param {Experiment} experiment @returns {Axis[]} */
function axesOf({ start, data }) {
  const steep = Number(Math.max(0.2, ...start.weights.map((weight) => 2 * Math.abs(weight))).toPrecision(2));
  return start.weights.flatMap((_, neuron) => [
    /** @type {Axis} */ ({ name: `origin of ${neuron + 1}`, part: "biases", neuron, low: data.low, high: data.high }),
    /** @type {Axis} */ ({ name: `weight of ${neuron + 1}`, part: "weights", neuron, low: -steep, high: steep }),
  ]);
}

/** The value at a cell's middle. @param {Axis} axis @param {number} cell */
const valueOn = (axis, cell) => Number((axis.low + ((cell + 0.5) / SIZE) * (axis.high - axis.low)).toPrecision(6));

/** The start with an axis at a cell. @param {Experiment["start"]} start @param {Axis} axis @param {number} cell */
function placed(start, axis, cell) {
  const numbers = [...start[axis.part]];
  numbers[axis.neuron] = axis.part === "biases" ? -valueOn(axis, cell) : valueOn(axis, cell);
  return withValue(start, axis.part, numbers);
}

/** All cells from coarse to fine, each with the width of the square that it fills until finer ones come. */
function coarseToFine() {
  const cells = [];
  for (let width = COARSEST; width >= 1; width /= 2) {
    for (let row = 0; row < SIZE; row += width) {
      for (let column = 0; column < SIZE; column += width) {
        const known = width < COARSEST && row % (2 * width) === 0 && column % (2 * width) === 0;
        if (!known) cells.push({ column, row, width });
      }
    }
  }
  return cells;
}

/** @param {string} colour "#rrggbb" */
const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

export class StartMap {
  /**
   * @param {{experiment: () => Experiment, theme: () => Theme, take: (experiment: Experiment) => void,
   *   look: (experiment: Experiment | null) => void, source: string, fits: number}} lab
   *   take: starts there. look: shows the end from there for a moment. source: the text of a worker.
   */
  constructor(lab) {
    this.lab = lab;
    this.canvas = make("canvas", { width: SIZE, height: SIZE, tabIndex: 0, role: "application",
      "aria-label": "Map of starts. Arrow keys move over it, Enter starts there.", className: "map" });
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.across = make("select", { "aria-label": "Across" });
    this.up = make("select", { "aria-label": "Up" });
    this.text = make("p", { className: "note", role: "status", textContent: HINT });
    this.go = button("Draw the map", () => this.begin());
    this.there = button("Start there", () => this.#take(), { disabled: true });
    this.cross = make("div", { className: "cross", hidden: true });
    this.element = make("div", { className: "map-panel" },
      row(make("label", {}, "across ", this.across), make("label", {}, "up ", this.up)),
      make("div", { className: "map-box" }, this.canvas, this.cross), this.text, row(this.go, this.there));
    /** @type {Worker[]} */
    this.workers = [];
    this.errors = new Float64Array(SIZE * SIZE).fill(NaN);
    this.cell = [SIZE / 2, SIZE / 2];
    this.of = "";
    this.canvas.addEventListener("pointermove", (event) => this.#point(event));
    this.canvas.addEventListener("pointerleave", (event) => event.pointerType === "touch" || this.#leave());
    this.canvas.addEventListener("blur", () => this.#leave());
    this.canvas.addEventListener("click", (event) => {
      this.#point(event);
      if (/** @type {PointerEvent} */ (event).pointerType !== "touch") this.#take(); // a finger looks first
    });
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
    this.#refresh();
  }

  /** Forgets what it knows where the experiment is another but for the two numbers varied. @param {Experiment} experiment */
  follow(experiment) {
    this.#refresh();
    if (!this.axes || this.of === this.#but(experiment)) return;
    this.stop();
    this.#forget();
  }

  /** All of an experiment but for the two numbers varied, as a text. @param {Experiment} experiment */
  #but(experiment) {
    const [across, up] = /** @type {Axis[]} */ (this.axes);
    return JSON.stringify({ ...experiment, start: placed(placed(experiment.start, across, 0), up, 0) });
  }

  /** Brings the choices in step with the experiment: the numbers of its neurons. */
  #refresh() {
    const axes = axesOf(this.lab.experiment());
    for (const [select, usual] of /** @type {[HTMLSelectElement, number][]} */ ([[this.across, 2], [this.up, 4]])) {
      const chosen = select.selectedIndex;
      if (select.options.length === axes.length) continue;
      select.replaceChildren(...axes.map(({ name }) => make("option", { textContent: name })));
      select.selectedIndex = chosen >= 0 && chosen < axes.length ? chosen : Math.min(usual, axes.length - (usual === 4 ? 1 : 2));
    }
  }

  /** Everything that is known, in the present colours. */
  paint() {
    if (!this.axes) return;
    for (const cell of coarseToFine()) {
      if (!Number.isNaN(this.errors[cell.row * SIZE + cell.column])) this.#fill(cell);
    }
  }

  #forget() {
    this.errors.fill(NaN);
    this.axes = undefined;
    this.there.disabled = true;
    this.context.clearRect(0, 0, SIZE, SIZE);
    say(this.text, HINT);
  }

  stop() {
    for (const worker of this.workers) worker.terminate();
    this.workers = [];
    say(this.go, "Draw the map");
  }

  begin() {
    if (this.workers.length) {
      this.stop();
      say(this.text, "Stopped.");
      return;
    }
    this.experiment = this.lab.experiment();
    const axes = axesOf(this.experiment);
    this.#forget();
    this.axes = [axes[this.across.selectedIndex], axes[this.up.selectedIndex]];
    this.of = this.#but(this.experiment);
    const heights = polyline(this.experiment.target, this.experiment.data.low, this.experiment.data.high).map(([, y]) => y);
    this.fitting = this.lab.fits * (Math.max(...heights) - Math.min(...heights) || 1);
    const cells = coarseToFine();
    let next = 0;
    let done = 0;
    this.began = performance.now();
    const count = Math.max(1, Math.min((navigator.hardwareConcurrency || 2) - 1, 8));
    const address = URL.createObjectURL(new Blob([this.lab.source], { type: "text/javascript" }));
    /** @param {Worker} worker */
    const feed = (worker) => {
      const part = cells.slice(next, (next += AT_ONCE));
      if (!part.length) return;
      const { start } = /** @type {Experiment} */ (this.experiment);
      const [across, up] = /** @type {Axis[]} */ (this.axes);
      worker.postMessage({ cells: part, starts: part.map(({ column, row }) => placed(placed(start, across, column), up, row)) });
    };
    for (let i = 0; i < count; i++) {
      const worker = new Worker(address);
      this.workers.push(worker);
      worker.onmessage = ({ data: { cells: part, errors } }) => {
        feed(worker);
        part.forEach((/** @type {{column: number, row: number, width: number}} */ cell, /** @type {number} */ k) => this.#paint(cell, errors[k]));
        done += part.length;
        this.#progress(done, cells.length);
      };
      worker.postMessage({ experiment: this.experiment });
      feed(worker);
      feed(worker); // one ahead, so that none waits
    }
    URL.revokeObjectURL(address);
    this.element.scrollIntoView({ block: "nearest" });
    say(this.go, "Stop");
    say(this.text, "Training…");
  }

  /** @param {number} done @param {number} all */
  #progress(done, all) {
    const seconds = (performance.now() - /** @type {number} */ (this.began)) / 1000;
    if (done === all) {
      this.stop();
      const share = this.errors.filter((error) => error <= /** @type {number} */ (this.fitting)).length / all;
      say(this.text, `${counted(all)} starts in ${seconds.toFixed(1)} s: from ${(100 * share).toFixed(0)} % the line fits at the end.`);
      return;
    }
    const left = (seconds / done) * (all - done);
    const long = left > 60 ? " Larger batches cost more: it grows finer as long as you let it." : "";
    say(this.text, `${counted(done)} of ${counted(all)} starts, about ${left.toFixed(0)} s to the finest.${long}`);
  }

  /** @param {{column: number, row: number, width: number}} cell @param {number} error */
  #paint(cell, error) {
    this.errors[cell.row * SIZE + cell.column] = error;
    this.#fill(cell);
  }

  /** @param {{column: number, row: number, width: number}} cell */
  #fill({ column, row, width }) {
    this.context.fillStyle = this.#colour(this.errors[row * SIZE + column]);
    this.context.fillRect(column, SIZE - row - width, width, width);
  }

  /** Calm where the line fits, warm where it does not, the more so the further from fitting: as the films have it.
   * @param {number} error */
  #colour(error) {
    const theme = this.lab.theme();
    if (!Number.isFinite(error)) return theme.outcomes[theme.outcomes.length - 1];
    const beyond = Math.log(error / /** @type {number} */ (this.fitting)) / Math.log(5);
    const part = Math.min(0.25 + 0.75 * Math.abs(beyond), 1);
    const [from, to] = [channels(theme.faint), channels(theme.outcomes[beyond <= 0 ? 0 : 1])];
    return `rgb(${from.map((channel, k) => Math.round(channel + part * (to[k] - channel))).join(" ")})`;
  }

  /** @param {MouseEvent} event */
  #point(event) {
    const box = this.canvas.getBoundingClientRect();
    const part = [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
    this.#look(part.map((value) => Math.min(Math.max(Math.floor(value * SIZE), 0), SIZE - 1)));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const size = event.shiftKey ? 8 : 1;
    const [dx, dy] = { ArrowLeft: [-size, 0], ArrowRight: [size, 0], ArrowUp: [0, size], ArrowDown: [0, -size] }[event.key] ?? [0, 0];
    if (event.key === "Enter" || event.key === " ") this.#take();
    else if (dx || dy) this.#look([this.cell[0] + dx, this.cell[1] + dy].map((at) => Math.min(Math.max(at, 0), SIZE - 1)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number[]} cell */
  #look(cell) {
    if (!this.axes || !this.experiment) return;
    this.cell = cell;
    this.cross.hidden = this.there.disabled = false;
    this.cross.style.left = `${((cell[0] + 0.5) / SIZE) * 100}%`;
    this.cross.style.bottom = `${((cell[1] + 0.5) / SIZE) * 100}%`;
    const [across, up] = this.axes;
    const error = this.errors[cell[1] * SIZE + cell[0]];
    const without = this.experiment.data.noise > 0 ? ", the noise left out," : "";
    const told = Number.isNaN(error) ? "not trained yet" : `typical error${without} ${shown(error)} at the end`;
    say(this.text, `${across.name} ${shown(valueOn(across, cell[0]))}, ${up.name} ${shown(valueOn(up, cell[1]))}: ${told}.`);
    this.lab.look(this.#start());
  }

  #start() {
    const experiment = /** @type {Experiment} */ (this.experiment);
    const [across, up] = /** @type {Axis[]} */ (this.axes);
    return withValue(experiment, "start", placed(placed(experiment.start, across, this.cell[0]), up, this.cell[1]));
  }

  #leave() {
    this.cross.hidden = true;
    this.lab.look(null);
  }

  #take() {
    if (this.axes) this.lab.take(this.#start());
  }
}
