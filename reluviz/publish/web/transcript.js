// Chapters and transcript beside the film: they follow it, and each line leads to its second.

import { addressOf } from "./address.js";
import { byId, make, mark } from "./dom.js";
import { clockOf, cueAt, cuesOf } from "./film.js";

/** @typedef {import("./film.js").Chapter} Chapter */
/** @typedef {import("./film.js").Cue} Cue */
/** @typedef {import("./player.js").Player} Player */

export class Transcript {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.box = byId("transcript");
    /** @type {Map<Cue, HTMLAnchorElement>} */
    this.lines = new Map();
    /** @type {HTMLButtonElement[]} */
    this.chapters = [];
    /** @type {HTMLAnchorElement | undefined} */
    this.shown = undefined;
    /** @type {HTMLAnchorElement | undefined} */
    this.near = undefined;
    player.addEventListener("film", () => this.#showFilm());
    player.addEventListener("time", () => this.#follow());
    this.box.addEventListener("keydown", (event) => this.#walk(event));
  }

  #showFilm() {
    const { film } = this.player;
    this.lines.clear();
    this.shown = this.near = undefined;
    this.box.scrollTop = 0;
    this.chapters = film.chapters.map((chapter, number) => {
      const text = make("span", { textContent: chapter.headline });
      const button = make("button", { type: "button" }, make("span", { className: "at", textContent: chapter.clock }), text);
      button.addEventListener("click", () => this.player.toChapter(number));
      return button;
    });
    byId("chapters").replaceChildren(...this.chapters.map((button) => make("li", {}, button)));
    const parts = film.chapters.filter(({ cues }) => cues.length).flatMap((chapter) => this.#part(chapter));
    this.box.replaceChildren(...parts);
    if (!parts.length) this.box.append(make("p", { textContent: "This film has no narration." }));
    this.#rove(this.lines.values().next().value);
    const asked = film.questions.map(({ start, text }) => make("li", {}, make("span", { className: "at", textContent: clockOf(start) }), ` ${text}`));
    byId("questions").replaceChildren(...asked);
    byId("asked").classList.toggle("none", asked.length === 0);
  }

  /** @param {Chapter} chapter */
  #part(chapter) {
    const heading = make("h4", {}, make("span", { className: "at", textContent: chapter.clock }), ` ${chapter.headline}`);
    const paragraph = make("p");
    for (const cue of chapter.cues) {
      const line = make("a", { href: addressOf(this.player.film, cue.start), textContent: cue.text.replace("\n", " ") });
      line.addEventListener("click", (event) => {
        event.preventDefault(); // the page stays where it is read
        this.player.seek(cue.start);
      });
      this.lines.set(cue, line);
      paragraph.append(line, " ");
    }
    return [heading, paragraph];
  }

  #follow() {
    const { film, second, chapter } = this.player;
    this.chapters.forEach((button, number) => mark(button, number === chapter));
    const cue = cueAt(film, second);
    const line = cue ? this.lines.get(cue) : undefined;
    if (line !== this.shown) {
      if (this.shown) mark(this.shown, false);
      if (line) mark(line, true);
      this.shown = line;
    }
    const last = cuesOf(film).findLast(({ start }) => start <= second); // in silence, what was said last is in sight
    const near = line ?? (last ? this.lines.get(last) : undefined);
    if (near === this.near) return;
    this.near = near;
    if (!near || this.box.contains(document.activeElement)) return;
    this.#rove(near);
    this.box.scrollTop = near.offsetTop - this.box.clientHeight / 3;
  }

  /** One tab stop for all lines; the arrows go from one to the next. @param {HTMLAnchorElement | undefined} line */
  #rove(line) {
    for (const other of this.lines.values()) other.tabIndex = other === line ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const lines = [...this.lines.values()];
    const now = lines.findIndex((line) => line === event.target);
    const next = { ArrowUp: now - 1, ArrowDown: now + 1 }[event.key];
    if (now < 0 || next === undefined || !lines[next]) return;
    event.preventDefault();
    this.#rove(lines[next]);
    lines[next].focus();
  }
}
