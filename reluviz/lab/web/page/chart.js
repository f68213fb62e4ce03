// The typical error over the iterations of a run, on the replay's clock.

import { make } from "./dom.js";
import { counted, shown } from "../science/figures.js";
import { stateAt, typicalError } from "../science/network.js";
import { FONT } from "../drawing/style.js";
import { SECONDS } from "../science/wake.js";

/** @typedef {import("../drawing/picture.js").Theme} Theme */
/** @typedef {import("../science/session.js").Session} Session */

const POINTS = 120;

export class ErrorChart {
  constructor() {
    this.element = make("canvas", { className: "chart", role: "img", "aria-label": "Typical error over iterations" });
    /** @type {number[]} */
    this.errors = [];
    /** @type {import("../science/training.js").Run | null} */
    this.of = null;
  }

  /** @param {Session} session @param {Theme} theme */
  draw(session, theme) {
    const { run, clock } = session;
    const [width, height] = [this.element.clientWidth, this.element.clientHeight];
    const context = this.element.getContext("2d");
    if (!width || !context) return;
    const ratio = window.devicePixelRatio || 1;
    this.element.width = width * ratio;
    this.element.height = height * ratio;
    context.scale(ratio, ratio);
    if (this.of !== run) {
      this.of = run;
      this.errors = Array.from({ length: POINTS + 1 }, (_, k) => {
        const iteration = Math.floor(clock.iteration((SECONDS * k) / POINTS));
        return typicalError(stateAt(run, iteration), run.data);
      });
    }
    const top = Math.max(...this.errors.filter(Number.isFinite)) || 1;
    const x = (/** @type {number} */ second) => 4 + (second / SECONDS) * (width - 8);
    const y = (/** @type {number} */ error) => height - 18 - (Math.min(error, top) / top) * (height - 34);
    context.font = `12px ${FONT}`;
    context.fillStyle = theme.muted;
    context.strokeStyle = theme.faint;
    context.beginPath();
    for (let iteration = 1; iteration <= run.updates; iteration *= 10) {
      const at = x(clock.second(iteration));
      context.moveTo(at, 16);
      context.lineTo(at, height - 16);
      if (at < width - 40) context.fillText(counted(iteration), at + 3, height - 4);
    }
    context.stroke();
    context.fillText(shown(top), 4, 12);
    context.beginPath();
    this.errors.forEach((error, k) => context.lineTo(x((SECONDS * k) / POINTS), y(error)));
    context.strokeStyle = theme.ink;
    context.lineWidth = 2;
    context.stroke();
    context.beginPath();
    context.arc(x(clock.second(session.position)), y(typicalError(session.network, run.data)), 5, 0, 2 * Math.PI);
    context.fillStyle = theme.accent;
    context.fill();
  }
}
