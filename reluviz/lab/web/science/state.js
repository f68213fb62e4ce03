// The lab's state: read from and written to an address, written as TOML, all by one table, properties.json.

import { shown, subscript } from "./figures.js";
import PROPERTIES from "./properties.json" with { type: "json" };

/** @typedef {import("./training.js").Experiment} Experiment */
/**
 * What an address holds. iteration: the one shown. before: what a film counts on top, where the run goes on from another. kept: runs kept as ghosts. film, second: where it was taken over from.
 * @typedef {{experiment: Experiment, iteration: number, before?: number, kept: Experiment[], film?: string, second?: number}} State
 */
/**
 * One property. key: as in the TOML. of: the optimisers that it belongs to. longest: numbers in its list at most.
 * @typedef {{
 *   key: string, kind: string, label: string, least?: number, most?: number, above?: number, below?: number,
 *   default?: any, optional?: boolean, choices?: string[], of?: string[], usual?: number, longest?: number,
 *   limit?: string, work?: number, drawn?: boolean, lab?: boolean,
 * }} Property
 */

/** @type {Property[]} */
export const properties = PROPERTIES;
const LARGEST = 1e30;

/** What is wrong with an address, in a sentence. */
export class StateError extends Error {}

/** The value under "data.seed" in a description. @param {any} description @param {string} key */
export const valueOf = (description, key) => key.split(".").reduce((part, name) => part?.[name], description);

/** A copy of the description with another value; undefined takes the key away.
 * @template T @param {T} description @param {string} key @param {any} value @returns {T} */
export function withValue(description, key, value) {
  const [name, ...rest] = key.split(".");
  const copy = /** @type {any} */ ({ .../** @type {any} */ (description) });
  if (rest.length) copy[name] = withValue(copy[name] ?? {}, rest.join("."), value);
  else if (value === undefined) delete copy[name];
  else copy[name] = value;
  return copy;
}

// ---- Addresses -----------------------------------------------------------------------------------------------------

/** A number that reads back as itself, −0 too. @param {number} value */
const written = (value) => (Object.is(value, -0) ? "-0.0" : String(value));

/** @param {Property} property @param {any} value @returns {string} */
export function toText(property, value) {
  switch (property.kind) {
    case "number": case "integer": return written(value);
    case "numbers": return value.map(written).join(",");
    case "points": return value.map((/** @type {number[]} */ point) => point.map(written).join(",")).join(";");
    case "experiments": return value.map((/** @type {Experiment} */ kept) => encodeURIComponent(writeExperiment(kept))).join(";");
    default: return String(value);
  }
}

/** @param {string} text @param {string} expected */
function number(text, expected) {
  const value = text.trim() === "" ? NaN : Number(text);
  if (!(Math.abs(value) <= LARGEST)) throw new StateError(`${text || "nothing"}, where ${expected} is expected`);
  return value;
}

/** The value of a property in a text. Throws StateError. @param {Property} property @param {string} text @returns {any} */
export function fromText(property, text) {
  /** @param {any[]} list */
  const short = (list) => {
    if (list.length > (property.longest ?? Infinity)) throw new StateError(property.limit ?? `more than ${property.longest}`);
    return list;
  };
  switch (property.kind) {
    case "number": case "integer": return checked(property, number(text, "a number"));
    case "numbers": return short(text.split(",").map((part) => number(part, "a number")));
    case "points": return short(text.split(";").map((point) => {
      const pair = point.split(",").map((part) => number(part, "a number"));
      if (pair.length !== 2) throw new StateError(`${point} is no point x,y`);
      return pair;
    }));
    case "experiments": return short(text.split(";").map((part) => readExperiment(decoded(part))));
    case "flag":
      if (text !== "true" && text !== "false") throw new StateError(`${text}, where true or false is expected`);
      return text === "true";
    case "choice":
      if (!property.choices?.includes(text)) throw new StateError(`${text}, where ${property.choices?.join(" or ")} is expected`);
      return text;
    default: return text;
  }
}

/** The value, where it is within the property's bounds. Throws StateError.
 * @param {Property} property @param {number} value */
export function checked(property, value) {
  const { least = -LARGEST, most = LARGEST, above = -Infinity, below = Infinity } = property;
  if (property.kind === "integer" && !Number.isInteger(value)) throw new StateError(`${value} is no whole number`);
  if (value > most && property.limit) throw new StateError(property.limit);
  if (!(value >= least && value <= most && value > above && value < below)) {
    const low = above > -Infinity ? `above ${above}` : `at least ${least}`;
    const high = below < Infinity ? `below ${below}` : `at most ${most.toLocaleString("en")}`;
    throw new StateError(`${value}, where a number ${low} and ${high} is expected`);
  }
  return value;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new StateError("the link is damaged");
  }
}

/** @param {any} description @param {boolean} lab */
const entries = (description, lab) => properties.filter((property) => Boolean(property.lab) === lab).flatMap((property) => {
  const value = valueOf(description, property.key);
  const silent = value === undefined || (value === property.default && !Object.is(value, -0)) || (property.drawn && description.data.points) || (Array.isArray(value) && !value.length);
  return silent ? [] : [`${property.key}=${encodeURIComponent(toText(property, value)).replace(/%(2C|3B)/g, decodeURIComponent)}`];
});

/** @param {Experiment} experiment */
export const writeExperiment = (experiment) => entries(experiment, false).join("&");

/** The state as an address has it behind its "#". @param {State} state */
export const writeState = (state) => [...entries(state.experiment, false), ...entries(state, true)].join("&");

/** @param {string} text @param {boolean} lab */
function read(text, lab) {
  /** @type {any} */
  let description = {};
  const given = new Map(text.split("&").filter(Boolean).map((part) => {
    const at = part.indexOf("=");
    return [part.slice(0, at), decoded(part.slice(at + 1))];
  }));
  for (const property of properties.filter((other) => Boolean(other.lab) === lab)) {
    const found = given.get(property.key);
    if (found === undefined) {
      if (property.default !== undefined) description = withValue(description, property.key, property.default);
      else if (!property.optional && !(property.drawn && given.has("data.points"))) throw new StateError(`The link has no ${property.key}.`);
      continue;
    }
    try {
      description = withValue(description, property.key, fromText(property, found));
    } catch (error) {
      if (error instanceof StateError && error.message !== property.limit) error.message = `${property.key}: ${error.message}`;
      throw error;
    }
  }
  return description;
}

/** @param {string} text @returns {Experiment} */
function readExperiment(text) {
  const experiment = settled(read(text, false));
  for (const part of ["start", "target"]) {
    const { weights, biases } = experiment[/** @type {"start" | "target"} */ (part)];
    if (weights.length !== biases.length) throw new StateError(`${part}: ${biases.length} biases for ${weights.length} weights`);
  }
  const { low, high, samples } = experiment.data;
  if (!(high > low)) throw new StateError("data.high is not above data.low");
  if (experiment.batch_size > samples) throw new StateError(`batch_size: ${experiment.batch_size} of ${samples} samples`);
  return checkWork(experiment);
}

/** The experiment, where a page can train it while somebody waits. Throws StateError. @param {Experiment} experiment */
export function checkWork(experiment) {
  for (const { work = Infinity, limit } of properties) {
    if (experiment.iterations * experiment.batch_size > work) throw new StateError(limit);
  }
  return experiment;
}

/** The state in an address behind its "#". Throws StateError. @param {string} text @returns {State} */
export const readState = (text) => ({ kept: [], ...read(text, true), experiment: readExperiment(text) });

/** The description with what belongs together: the optimiser's own settings, as many samples as points.
 * @param {Experiment} experiment @returns {Experiment} */
export function settled(experiment) {
  let found = experiment;
  for (const { key, of, usual } of properties) {
    if (!of) continue;
    const value = of.includes(found.optimizer.name) ? valueOf(found, key) ?? usual : undefined;
    if (value !== valueOf(found, key)) found = withValue(found, key, value);
  }
  const { points } = found.data;
  return points && points.length !== found.data.samples ? withValue(found, "data.samples", points.length) : found;
}

/** What another experiment has otherwise, in a few words; "" where nothing. @param {Experiment} present @param {Experiment} other */
export function differences(present, other) {
  const found = properties.flatMap((property) => {
    const [mine, theirs] = [present, other].map((one) => valueOf(one, property.key));
    const [before, after] = [mine, theirs].map((value) => (value === undefined ? "" : toText(property, value)));
    if (property.lab || property.key === "title" || before === after) return [];
    const [table, name] = property.key.split(".");
    if (table === "target") return ["another target"];
    if (property.kind === "points") return ["other samples"];
    if (property.kind !== "numbers") return [`${property.label.toLowerCase()} ${after || "none"}`];
    if (mine.length !== theirs.length) return [`${theirs.length} neurons`];
    return theirs.flatMap((/** @type {number} */ value, /** @type {number} */ i) => (value === mine[i] ? [] : [`${name[0]}${subscript(i + 1)} ${shown(value)}`]));
  });
  const told = [...new Set(found)];
  return told.slice(0, 4).join(", ") + (told.length > 4 ? ", …" : "");
}

// ---- TOML ----------------------------------------------------------------------------------------------------------

/** @param {Property} property @param {any} value @returns {string} */
function toToml(property, value) {
  if (property.kind === "text") return JSON.stringify(value).replace(/\x7f/g, "\\u007f");
  if (property.kind === "choice") return `"${value}"`;
  return Array.isArray(value) ? `[${value.map((item) => toToml(property, item)).join(", ")}]` : written(value);
}

/** The file that `reluviz` reads: the same experiment. @param {Experiment} experiment */
export function writeToml(experiment) {
  /** @type {Map<string, string[]>} */
  const tables = new Map([["", []]]);
  for (const property of properties) {
    const value = valueOf(experiment, property.key);
    if (property.lab || value === undefined || (property.drawn && experiment.data.points)) continue;
    const at = property.key.lastIndexOf(".");
    const table = property.key.slice(0, Math.max(at, 0));
    const lines = tables.get(table) ?? [];
    tables.set(table, lines);
    lines.push(`${property.key.slice(at + 1)} = ${toToml(property, value)}`);
  }
  return [...tables].map(([name, lines]) => [...(name ? [`[${name}]`] : []), ...lines, ""].join("\n")).join("\n");
}

// ---- Undo and redo ---------------------------------------------------------------------------------------------------

/** What was, what is, what was undone. */
export class History {
  /** @param {State} state */
  constructor(state) {
    /** @type {State[]} */
    this.past = [];
    /** @type {State[]} */
    this.future = [];
    this.present = state;
    this.mark = "";
    this.since = 0;
  }

  /**
   * Takes a new state on. Changes of one mark (an arrow key held down, a drag) close enough in time are one.
   * @param {State} state
   * @param {string} [mark]
   * @param {number} [within] milliseconds
   */
  push(state, mark = "", within = 1000) {
    const now = performance.now();
    const same = mark !== "" && mark === this.mark && now - this.since < within;
    if (!same) this.past.push(this.present);
    this.future = [];
    this.present = state;
    this.mark = mark;
    this.since = now;
  }

  /** The present with what is no change to go back to: the iteration shown. @param {State} state */
  replace(state) {
    this.present = state;
  }

  undo() {
    const back = this.past.pop();
    if (!back) return null;
    this.future.push(this.present);
    this.mark = "";
    return (this.present = back);
  }

  redo() {
    const on = this.future.pop();
    if (!on) return null;
    this.past.push(this.present);
    this.mark = "";
    return (this.present = on);
  }
}
