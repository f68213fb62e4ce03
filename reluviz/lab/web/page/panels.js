// The panels beside the picture: present numbers, the next update, settings, data of one's own.

import { button, make, row, say } from "./dom.js";
import { counted, shown } from "../science/figures.js";
import { slopeAt } from "../science/network.js";
import { StateError, checkWork, checked, fromText, properties, toText, valueOf, withValue } from "../science/state.js";

/** @typedef {import("../science/network.js").Network} Network */
/** @typedef {import("../science/state.js").Property} Property */
/** @typedef {import("../science/training.js").Experiment} Experiment */
/** @typedef {import("../science/update.js").Update} Update */

/** A section that opens and closes. @param {string} title @param {boolean} open @param {...Node} children */
export function section(title, open, ...children) {
  const made = make("details", { open }, make("summary", { textContent: title }), ...children);
  made.addEventListener("toggle", () => made.open && made.contains(document.activeElement) && made.scrollIntoView({ block: "nearest" }));
  return made;
}

/** The present numbers of every neuron: w, b, origin, the slope from there on. */
export class Numbers {
  constructor() {
    this.body = make("tbody");
    const heads = ["", "w", "b", "origin", "slope"].map((textContent) => make("th", { textContent, scope: "col" }));
    heads[0].append(make("span", { className: "unseen", textContent: "neuron" }));
    this.element = make("table", { className: "numbers" }, make("thead", {}, make("tr", {}, ...heads)), this.body);
    this.lift = make("p", { className: "note" });
    /** @type {HTMLTableCellElement[][]} */
    this.cells = [];
  }

  /** @param {Network} network */
  show(network) {
    const n = network.weights.length;
    if (this.cells.length !== n) {
      this.cells = Array.from({ length: n }, () => Array.from({ length: 4 }, () => make("td")));
      this.body.replaceChildren(...this.cells.map((cells, i) => make("tr", {},
        make("th", { scope: "row" }, make("span", { className: "chip", style: `background: var(--n${i + 1})`, textContent: String(i + 1) })), ...cells)));
    }
    this.cells.forEach((cells, i) => {
      const origin = -network.biases[i];
      const numbers = [network.weights[i], network.biases[i], origin, slopeAt(network, origin)];
      numbers.forEach((number, column) => say(cells[column], shown(number + 0)));
    });
    say(this.lift, network.output_bias ? `output bias ${shown(network.output_bias)}` : "");
  }
}

/** The next update with its numbers. */
export class NextUpdate {
  constructor() {
    this.body = make("div");
    this.pace = make("span");
    this.element = make("div", { className: "update" }, this.body, make("p", { className: "fast" }, this.pace,
      " At each disc: what samples that are ", make("b", { className: "low", textContent: "too low" }), " and ",
      make("b", { className: "high", textContent: "too high" }), " push it, and on top of both the step that is left."));
    /** @type {[Update | null, number] | null} */
    this.told = null;
  }

  /** @param {Update | null} update @param {number} iteration @param {string} ending */
  show(update, iteration, ending) {
    if (this.told?.[0] === update && this.told[1] === iteration) return;
    this.told = [update, iteration];
    const head = make("p", { className: "head" }, update ? `${counted(iteration + 1)}. ${update.head}` : ending);
    this.body.replaceChildren(head, ...(update?.parts ?? []).map((part) => make("div", { className: part.awake ? "part" : "part asleep" },
      make("span", { className: "chip", style: `background: var(--n${part.neuron})`, textContent: String(part.neuron) }),
      make("span", { className: "rule", textContent: part.note }),
      ...part.formulas.map((textContent) => make("code", { textContent })))));
  }
}

const CHOICES = /** @type {Record<string, string>} */ ({
  cycle: "as drawn", shuffle: "shuffled", sgd: "plain steps", momentum: "momentum", nesterov: "Nesterov", adam: "Adam",
});

/** All that the TOML has but own data, which has a panel of its own. */
export class Settings {
  /**
   * @param {() => Experiment} experiment the present one
   * @param {(experiment: Experiment) => void} change takes another on
   */
  constructor(experiment, change) {
    this.experiment = experiment;
    this.change = change;
    this.problem = make("p", { className: "problem", role: "alert" });
    this.element = make("div", { className: "settings" });
    /** @type {Map<string, {property: Property, label: HTMLElement, input: HTMLInputElement | HTMLSelectElement}>} */
    this.fields = new Map();
    const neurons = make("input", { type: "number", min: "1", max: "8", step: "1" });
    neurons.addEventListener("change", () => this.#try(neurons, () => withNeurons(this.experiment(), checked({ key: "neurons", kind: "integer", label: "",
      least: 1, most: 8, limit: "The lab has colours for eight neurons." }, neurons.valueAsNumber))));
    this.neurons = neurons;
    const all = button("all", () => this.change(withValue(this.experiment(), "batch_size", this.experiment().data.samples)), { className: "small" });
    this.element.append(make("label", {}, make("span", { textContent: "Neurons" }), neurons));
    for (const property of properties) {
      if (property.lab || property.kind === "points") continue;
      const input = this.#input(property);
      const label = make("label", {}, make("span", { textContent: property.label }), input);
      if (property.key === "batch_size") input.before(all);
      this.fields.set(property.key, { property, label, input });
      this.element.append(label);
    }
    this.element.append(this.problem);
  }

  /** @param {Property} property */
  #input(property) {
    const { key, kind } = property;
    /** @type {HTMLInputElement | HTMLSelectElement} */
    let input;
    if (kind === "choice") {
      const options = (property.choices ?? []).map((value) => make("option", { value, textContent: CHOICES[value] ?? value }));
      input = make("select", {}, ...options);
    } else input = make("input", { type: kind === "flag" ? "checkbox" : "text", inputMode: kind === "text" ? "text" : "decimal" });
    input.name = key;
    input.addEventListener("change", () => this.#try(input, () => {
      if (kind === "flag") return withValue(this.experiment(), key, /** @type {HTMLInputElement} */ (input).checked);
      if (kind === "choice") return withValue(this.experiment(), key, input.value);
      const text = input.value.trim();
      if (kind === "numbers") {
        const numbers = fromText(property, text);
        const { length } = valueOf(this.experiment(), key);
        if (numbers.length !== length) throw new StateError(`${numbers.length} of ${length} numbers`);
        return withValue(this.experiment(), key, numbers);
      }
      if (kind === "text") return withValue(this.experiment(), key, text || "Mine");
      if (!text && property.optional) return withValue(this.experiment(), key, undefined);
      const value = checked(property, text ? Number(text.replace("−", "-")) : NaN);
      return this.#together(key, value);
    }));
    return input;
  }

  /** The experiment with a number changed, and what must follow it: a batch of all stays one of all.
   * @param {string} key @param {number} value */
  #together(key, value) {
    const experiment = this.experiment();
    const { data, batch_size: batch } = experiment;
    if (key === "data.low" && !(value < data.high)) throw new StateError(`below ${data.high}`);
    if (key === "data.high" && !(value > data.low)) throw new StateError(`above ${data.low}`);
    if (key === "batch_size" && value > data.samples) throw new StateError(`There are ${counted(data.samples)} samples.`);
    const changed = withValue(experiment, key, value);
    if (key === "data.samples" && (batch > value || (batch > 1 && batch === data.samples))) return withValue(changed, "batch_size", value);
    return changed;
  }

  /** @param {HTMLInputElement | HTMLSelectElement} input @param {() => Experiment} change */
  #try(input, change) {
    try {
      this.change(checkWork(change()));
      say(this.problem, "");
      input.removeAttribute("aria-invalid");
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      input.setAttribute("aria-invalid", "true");
      say(this.problem, `${input.parentElement?.firstElementChild?.textContent}: ${error.message}`);
    }
  }

  /** Shows the experiment's own values. */
  show() {
    const experiment = this.experiment();
    this.neurons.value = String(experiment.start.weights.length);
    for (const { property, label, input } of this.fields.values()) {
      const value = valueOf(experiment, property.key);
      const foreign = property.of && !property.of.includes(experiment.optimizer.name);
      label.hidden = Boolean(foreign || (experiment.data.points && ["data.samples", "data.low", "data.high"].includes(property.key)));
      if (property.kind === "flag") /** @type {HTMLInputElement} */ (input).checked = value;
      else input.value = value === undefined ? "" : toText(property, value).replaceAll(",", ", ");
      input.removeAttribute("aria-invalid");
    }
    say(this.problem, "");
  }
}

/** The experiment with so many neurons: new ones into the widest gaps between origins, the last ones taken away.
 * @param {Experiment} experiment @param {number} count @returns {Experiment} */
function withNeurons(experiment, count) {
  const { low, high } = experiment.data;
  const weights = experiment.start.weights.slice(0, count);
  const biases = experiment.start.biases.slice(0, count);
  while (weights.length < count) {
    const places = [low, ...biases.map((bias) => -bias).filter((x) => x > low && x < high), high].sort((a, b) => a - b);
    const gaps = places.slice(1).map((x, k) => x - places[k]);
    const widest = gaps.indexOf(Math.max(...gaps));
    biases.push(-Number(((places[widest] + places[widest + 1]) / 2).toPrecision(4)));
    weights.push(0.05);
  }
  return withValue(experiment, "start", { ...experiment.start, weights, biases });
}

/** Samples of one's own, pasted as lines x, y. */
export class OwnData {
  /** @param {() => Experiment} experiment @param {(points: [number, number][] | undefined) => void} change */
  constructor(experiment, change) {
    this.experiment = experiment;
    this.area = make("textarea", { rows: 5, spellcheck: false, placeholder: "0, 1\n1, 2.5\n2, 2", "aria-label": "Own data, a line x, y for each sample" });
    this.problem = make("p", { className: "problem", role: "alert" });
    const use = button("Use these", () => {
      try {
        const points = pairs(this.area.value);
        say(this.problem, "");
        change(points);
      } catch (error) {
        if (!(error instanceof StateError)) throw error;
        say(this.problem, error.message);
      }
    });
    const few = button("Start from a few", () => change(evenly(this.experiment())));
    this.back = button("Drawn data again", () => change(undefined));
    this.element = make("div", { className: "own" }, this.area, row(use, few, this.back), this.problem);
  }

  show() {
    const { points } = this.experiment().data;
    this.back.hidden = !points;
    if (points && document.activeElement !== this.area) this.area.value = points.map(([x, y]) => `${x}, ${y}`).join("\n");
  }
}

/** Pairs of numbers from lines: commas, semicolons, tabs or spaces between them, a header or not.
 * @param {string} text @returns {[number, number][]} */
function pairs(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  /** @type {[number, number][]} */
  const points = [];
  lines.forEach((line, number) => {
    const cells = line.split(/[,;\t ]+/).map(Number);
    if (cells.length === 2 && cells.every(Number.isFinite)) points.push([cells[0], cells[1]]);
    else if (number > 0) throw new StateError(`Line ${number + 1}, “${line.slice(0, 30)}”, is not two numbers x, y.`);
  });
  if (points.length > 10000) throw new StateError("The lab takes at most 10,000 samples.");
  if (new Set(points.map(([x]) => x)).size < 2) throw new StateError("At least two lines x, y with different x are needed.");
  return points;
}

/** A dozen samples of the target, to be dragged. @param {Experiment} experiment @returns {[number, number][]} */
function evenly({ data: { low, high }, target }) {
  return Array.from({ length: 12 }, (_, k) => {
    const x = Number((low + ((k + 0.5) / 12) * (high - low)).toPrecision(4));
    const y = target.weights.reduce((sum, weight, i) => sum + weight * Math.max(x + target.biases[i], 0), target.output_bias);
    return [x, Number(y.toPrecision(4))];
  });
}

