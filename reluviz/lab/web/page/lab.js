// The lab as a page: the picture, what stands beside it, and how both follow the session.

import { Board } from "./board.js";
import { ErrorChart } from "./chart.js";
import { letter } from "../drawing/kept.js";
import { button, make, row, say } from "./dom.js";
import { counted, shown } from "../science/figures.js";
import { StartMap } from "./map.js";
import { stateAt, typicalError } from "../science/network.js";
import { NextUpdate, Numbers, OwnData, Settings, section } from "./panels.js";
import { Player } from "./player.js";
import { Session } from "../science/session.js";
import { Sharing } from "./sharing.js";
import { StateError, differences, readState, settled, writeExperiment, writeState } from "../science/state.js";
import { updateAt } from "../science/update.js";

/** @typedef {import("../drawing/picture.js").Theme} Theme */
/** @typedef {import("../science/state.js").State} State */
/** @typedef {import("../science/training.js").Experiment} Experiment */
/** @typedef {import("../science/training.js").Network} Network */
/** @typedef {import("../science/training.js").Run} Run */
/**
 * What the Python adapter gives. presets: experiments by name. close: how near merged origins are, as part of the data's
 * range. fits: how large an error still fits, as part of the target's height. state: the one to begin with, as an address
 * has it, or "".
 * @typedef {{
 *   themes: {light: Theme, dark: Theme}, presets: {group: string, name: string, experiment: Experiment}[], close: number, fits: number,
 *   state: string,
 * }} Given
 */
/**
 * What the lab lives in. source: its own text, for workers. address: whether the page is its own, address and all.
 * changed: told of every state, during a drag too.
 * @typedef {{source: string, address: boolean, changed?: (text: string) => void}} Host
 */

export class Lab {
  /** @param {HTMLElement} root @param {Given} given @param {Host} host */
  constructor(root, given, host) {
    this.root = root;
    this.given = given;
    this.host = host;
    this.pending = false;
    this.message = "";
    this.leaving = new AbortController();
    this.written = "";
    this.remembering = 0;
    /** @type {"light" | "dark" | null} */
    this.wish = null; // null: as the system
    /** @type {{run: Run | null, position: number, update: import("../science/update.js").Update | null}} */
    this.told = { run: null, position: 0, update: null };
    /** @type {Experiment | null} */
    this.looked = null;
    /** @type {Theme} */
    this.theme = given.themes.dark;
    const presets = given.presets.map((preset) => ({ ...preset, experiment: settled(preset.experiment) }));
    this.presets = presets;
    const state = (host.address && this.#readable(location.hash.slice(1))) || this.#readable(given.state)
      || { experiment: presets[0].experiment, iteration: 0, kept: [] };
    this.session = new Session(state, { changed: () => this.#changed(), tell: (text) => this.tell(text) });
    const { session } = this;

    this.preset = make("select", { "aria-label": "Experiment", className: "preset" },
      (this.ownTitle = make("option", { value: "", hidden: true })),
      ...[...new Set(presets.map(({ group }) => group))].map((group) => make("optgroup", { label: group },
        ...presets.filter((preset) => preset.group === group)
          .map(({ name, experiment }) => make("option", { value: name, textContent: experiment.title })))));
    this.preset.addEventListener("change", () => {
      const chosen = presets.find(({ name }) => name === this.preset.value);
      if (chosen) session.change(chosen.experiment);
    });
    this.undo = button("Undo", () => session.undo());
    this.redo = button("Redo", () => session.redo());
    this.film = make("a", { textContent: "Back to the film", className: "film" });

    this.player = new Player(session, { redraw: () => this.redraw(), rested: () => this.#remember() });
    this.board = new Board(session, given.close, { begin: () => this.player.pause(), redraw: () => this.redraw() });
    this.iteration = make("span");
    this.error = make("span");
    this.board.element.append(make("p", { className: "readout" }, this.iteration, this.error));
    this.outcome = make("p", { className: "outcome", role: "status" });
    this.numbers = new Numbers();
    this.next = new NextUpdate();
    this.settings = new Settings(() => session.experiment, (experiment) => session.change(experiment, { where: "here" }));
    this.own = new OwnData(() => session.experiment, (points) => session.useData(points));
    this.map = new StartMap({
      experiment: () => session.experiment, theme: () => this.theme, source: host.source, fits: given.fits,
      take: (experiment) => session.change(experiment), look: (experiment) => { this.looked = experiment; this.redraw(); },
    });
    this.chart = new ErrorChart();
    this.errors = section("Error over iterations", false, this.chart.element);
    this.errors.addEventListener("toggle", () => this.redraw());
    this.kept = make("ul", { className: "kept" });
    this.sharing = new Sharing(session, (text) => this.tell(text));
    root.classList.add("reluviz-lab");
    root.replaceChildren(make("div", { className: "lab" },
      make("header", {}, this.preset, this.film, row(this.undo, this.redo,
        button("Light or dark", () => this.#wear(this.theme === given.themes.dark ? "light" : "dark")))),
      make("div", { className: "main-column" }, this.board.element, this.player.element, this.outcome),
      make("div", { className: "side" },
        section("Numbers", true, this.numbers.element, this.numbers.lift),
        section("The next update", true, this.next.element),
        this.errors,
        section("Settings", false, this.settings.element),
        section("Target and data", false, row(button("Add a corner", () => session.addCorner()),
          button("Take one away", () => session.removeCorner(session.corners.length - 2))), this.own.element),
        section("Compare", false, row(button("Keep this run", () => session.keep())), this.kept),
        section("Map of starts", false, this.map.element),
        section("Take it with you", false, this.sharing.element))));
    this.#wear();
    this.#listen();
    this.#changed();
  }

  /** The state in a text, null where there is none; says what is wrong with one. @param {string} text @returns {State | null} */
  #readable(text) {
    if (!text.includes("=")) return null;
    try {
      return readState(text);
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      this.tell(`This link cannot be shown. ${error.message}`);
      return null;
    }
  }

  /** Shows the state in a text. @param {string} text */
  open(text) {
    const state = this.#readable(text);
    if (state) this.session.open(state);
  }

  /** Lets go of what would go on without the page: workers, listeners. */
  close() {
    this.player.stop();
    this.map.stop();
    this.leaving.abort();
  }

  /** Says something for a while, in place of how the run ends. @param {string} text */
  tell(text) {
    this.message = text;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => { this.message = ""; this.redraw(); }, 6000);
    if (this.session) this.redraw();
  }

  // ---- Following the session ---------------------------------------------------------------------------------------

  #changed() {
    this.player.stop();
    this.looked = null;
    this.redraw();
    if (this.session.dragging) return;
    this.board.plane = null;
    this.session.ensure();
    const { experiment, history, state } = this.session;
    this.settings.show();
    this.own.show();
    this.map.follow(experiment);
    this.sharing.renew();
    this.undo.disabled = !history.past.length;
    this.redo.disabled = !history.future.length;
    const text = writeExperiment(experiment);
    const known = this.presets.some((preset) => preset.experiment.title === experiment.title);
    say(this.ownTitle, known ? `${experiment.title}, changed` : experiment.title);
    this.preset.value = this.presets.find((preset) => writeExperiment(preset.experiment) === text)?.name ?? "";
    this.film.hidden = state.film === undefined;
    this.film.href = `index.html#${state.film}&t=${Math.round(state.second ?? 0)}`;
    this.kept.replaceChildren(...this.session.kept.map(({ experiment: other, run }, at) => make("li", {},
      make("span", {}, make("b", { textContent: letter(at) }), ` ${differences(experiment, other) || "this run"}`,
        make("span", { className: "note", textContent: ` ends at ${shown(typicalError(stateAt(run, run.updates), run.data))}` })),
      button("Take", () => this.session.change(other), { "aria-label": `Take kept run ${letter(at)}` }),
      button("Let go", () => this.session.letGo(at), { "aria-label": `Let go of kept run ${letter(at)}` }))));
    this.#remember();
  }

  /** Writes the state into the address once it has come to rest. */
  #remember() {
    clearTimeout(this.remembering);
    this.remembering = setTimeout(() => {
      this.remembering = 0;
      const text = writeState(this.session.state);
      this.host.changed?.(text);
      if (!this.host.address) return;
      this.written = `#${text}`;
      try {
        history.replaceState(null, "", this.written);
      } catch { /* a page within another may have no address of its own */ }
    }, 150);
  }

  #listen() {
    document.fonts?.ready.then(() => this.redraw());
    new ResizeObserver(() => { this.board.plane = null; this.redraw(); }).observe(this.board.element);
    const { signal } = this.leaving;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#wear(), { signal });
    if (this.host.address) {
      window.addEventListener("hashchange", () => {
        if (location.hash !== this.written) this.open(location.hash.slice(1));
      }, { signal });
    }
    this.root.addEventListener("keydown", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      const typing = target.closest("input:not([type=range], [type=checkbox]), textarea");
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
        if (event.shiftKey) this.session.redo();
        else this.session.undo();
      } else if (event.key === " " && !target.closest("button, summary, a, input, select, textarea")) {
        this.player.toggle();
      } else return;
      event.preventDefault();
    });
  }

  /** Puts colours on: those wished for, else the system's. @param {"light" | "dark" | null} wish */
  #wear(wish = this.wish) {
    this.wish = wish;
    const name = wish ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    this.theme = this.given.themes[name];
    const { style } = this.root;
    for (const key of /** @type {const} */ (["background", "ink", "muted", "faint", "accent", "too_low", "too_high"])) style.setProperty(`--${key}`, this.theme[key]);
    this.theme.neurons.forEach((colour, i) => style.setProperty(`--n${i + 1}`, colour));
    style.colorScheme = name;
    if (this.host.address) document.body.style.background = this.theme.background;
    this.map.paint();
    this.redraw();
  }

  redraw() {
    if (this.pending || !this.session) return;
    this.pending = true;
    requestAnimationFrame((now) => {
      this.pending = false;
      this.#frame(now);
    });
  }

  /** @param {number} now */
  #frame(now) {
    const { session } = this;
    session.ensure();
    this.player.advance(now);
    this.#draw();
    if (session.dragging || this.player.playing) this.host.changed?.(writeState(session.state));
  }

  // ---- What is shown -----------------------------------------------------------------------------------------------

  #draw() {
    const { session, player, looked, theme } = this;
    const iteration = Math.floor(session.position);
    const passing = player.isQuick || looked !== null;
    const update = passing ? null : this.#update(session.run, iteration);
    const { network, run } = this.board.draw({ theme, looked, playing: player.playing, update: session.dragging ? null : update });
    const error = shown(typicalError(network, run.data));
    player.show();
    this.numbers.show(network);
    const told = (session.state.before ?? 0) + iteration;
    say(this.iteration, `iteration ${counted(looked ? 0 : told)}`);
    say(this.error, `typical error ${error}`);
    say(this.outcome, this.message || this.#ending(run));
    const last = run.overflowed ? "The next update would leave the range of float64." : "This was the last update.";
    if (!passing) this.next.show(update, told, last);
    this.next.element.classList.toggle("passing", passing);
    say(this.next.pace, player.playing ? `${counted(player.pace)} updates a second.` : "");
    if (!player.playing && !session.dragging && !looked) {
      this.board.canvas.setAttribute("aria-label", `The network at iteration ${counted(told)}, typical error ${error}`);
    }
    if (this.errors.open) this.chart.draw(session, theme);
  }

  /** The update made from there; reckoned once. @param {Run} run @param {number} position */
  #update(run, position) {
    if (this.told.run !== run || this.told.position !== position) this.told = { run, position, update: updateAt(run, position) };
    return this.told.update;
  }

  /** How a run ends, in a sentence or two. @param {Run} run */
  #ending(run) {
    const end = stateAt(run, run.updates);
    if (run.overflowed) return `Overflows after ${counted(run.updates)} updates: a number leaves the range of float64.`;
    const together = this.board.mergers(end).map((group) => {
      const names = group.map((i) => i + 1);
      return ` Neurons ${names.slice(0, -1).join(", ")} and ${names.at(-1)} end as one.`;
    });
    return `Ends after ${counted(run.updates)} updates with typical error ${shown(typicalError(end, run.data))}.${together.join("")}`;
  }
}

/** The lab in an element. @param {HTMLElement} root @param {Given} given @param {Host} host */
export const mount = (root, given, host) => new Lab(root, given, host);
