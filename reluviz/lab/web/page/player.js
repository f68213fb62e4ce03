// Time: plays a run on its clock, pauses, steps, scrubs; and the bar of controls for it.

import { button, make, say } from "./dom.js";
import { counted } from "../science/figures.js";
import { SECONDS } from "../science/wake.js";

/** @typedef {import("../science/session.js").Session} Session */

const SPEEDS = [0.25, 0.5, 1, 2, 4];
const SCRUB = 1000; // steps of the slider
const FOLLOWED = 0.1; // seconds that an update must stay for an eye to follow it

export class Player {
  /** @param {Session} session @param {{redraw: () => void, rested: () => void}} watch told to draw, and of every rest */
  constructor(session, watch) {
    this.session = session;
    this.watch = watch;
    this.playing = false;
    this.speed = 1;
    this.second = 0;
    this.before = 0;
    this.scrubbed = 0; // the slider's value
    const speed = make("select", { "aria-label": "Speed" },
      ...SPEEDS.map((value) => make("option", { value: String(value), textContent: `${value} ×` })));
    speed.value = "1";
    speed.addEventListener("change", () => { this.speed = Number(speed.value); });
    this.scrub = make("input", { type: "range", min: "0", max: String(SCRUB), step: "1", className: "scrub", "aria-label": "Time" });
    this.scrub.addEventListener("input", () => {
      const value = Number(this.scrub.value);
      const wanted = Math.floor(session.clock.iteration((value / SCRUB) * SECONDS));
      const at = Math.floor(session.position);
      this.seek(value > this.scrubbed ? Math.max(wanted, at + 1) : Math.min(wanted, at - 1)); // an update at least
      this.scrubbed = value;
    });
    this.button = button("Play", () => this.toggle(), { className: "main" });
    this.element = make("div", { className: "time", role: "group", "aria-label": "Time" },
      button("Start", () => this.seek(0), { title: "Back to the same start" }), this.button,
      button("One update", () => this.seek(Math.floor(session.position) + 1)),
      button("One epoch", () => this.seek(session.epochEnd)),
      button("End", () => this.seek(session.run.updates)), speed, this.scrub);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    const { session } = this;
    session.ensure();
    if (!session.run.updates) return;
    if (session.position >= session.run.updates) session.seek(0);
    this.playing = true;
    this.second = session.clock.second(session.position);
    this.before = performance.now();
    this.watch.redraw();
  }

  pause() {
    if (this.playing) this.seek(Math.floor(this.session.position));
  }

  /** Plays no further; what is shown is left to whoever has changed it. */
  stop() {
    this.playing = false;
  }

  /** Shows an iteration, at rest. @param {number} iteration */
  seek(iteration) {
    this.playing = false;
    this.session.ensure();
    this.session.seek(iteration);
    this.watch.rested();
    this.watch.redraw();
  }

  /** Goes on to this moment. @param {number} now */
  advance(now) {
    if (!this.playing) return;
    this.second = Math.min(this.second + (Math.max(now - this.before, 0) / 1000) * this.speed, SECONDS);
    this.before = now;
    this.session.seek(this.session.clock.iteration(this.second));
    if (this.second >= SECONDS) this.pause();
    else this.watch.redraw();
  }

  /** Whether updates pass too quickly to be looked at one by one. */
  get isQuick() {
    const { clock, position } = this.session;
    return this.playing && clock.iteration(this.second + FOLLOWED * this.speed) - position > 1;
  }

  /** Updates a second at this moment, to two digits. */
  get pace() {
    const { clock } = this.session;
    return Number(((clock.iteration(this.second + 0.1) - clock.iteration(this.second - 0.1)) * 5 * this.speed).toPrecision(2));
  }

  show() {
    const { clock, position, run } = this.session;
    say(this.button, this.playing ? "Pause" : "Play");
    if (document.activeElement !== this.scrub || this.playing) {
      this.scrubbed = Math.round((clock.second(position) / SECONDS) * SCRUB);
      this.scrub.value = String(this.scrubbed);
    }
    this.scrub.setAttribute("aria-valuetext", `iteration ${counted(Math.floor(position))} of ${counted(run.updates)}`);
  }
}
