// Where one was in each film, kept in this browser alone; the cards show how far that is.

import { byId, memory, say } from "./dom.js";
import { clockOf, lengthOf } from "./film.js";

/** @typedef {import("./film.js").Film} Film */
/** @typedef {import("./player.js").Player} Player */

const LAST = "reluviz-last";
const NEAR = 4; // seconds from a film's start or end that are no place to go on from

/** A film rendered anew with another length has other places. @param {Film} film */
const keyOf = (film) => `reluviz-at ${film.name} ${lengthOf(film).toFixed(2)}`;

export class Resume {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.kept = 0;
    /** @type {number | null} */
    this.offered = null; // where a film just opened would go on; null where one was sent to a second
    const { video } = player;
    for (const event of ["pause", "ended"]) video.addEventListener(event, () => this.#keep());
    video.addEventListener("play", () => this.#showStart());
    video.addEventListener("timeupdate", () => { if (Math.abs(player.second - this.kept) > 3) this.#keep(); });
    addEventListener("pagehide", () => this.#keep());
    player.addEventListener("time", () => this.#showStart());
    for (const start of [byId("start"), byId("from-start")]) {
      start.addEventListener("click", () => {
        if (start.id === "from-start") player.seek(0);
        player.play();
        byId("play").focus();
      });
    }
    for (const film of player.films) this.#showProgress(film);
  }

  /** The film that was watched last. */
  get last() {
    return this.player.films.find(({ name }) => name === memory.get(LAST));
  }

  /** Opens a film at a second, or where one was in it. @param {Film} film @param {number | null} second */
  open(film, second) {
    const place = this.#kept(film);
    this.offered = second === null ? (place > NEAR && place < lengthOf(film) - NEAR ? place : 0) : null;
    this.player.open(film, second ?? this.offered ?? 0);
  }

  /** @param {Film} film */
  #kept(film) {
    return Math.min(Math.max(Number(memory.get(keyOf(film))) || 0, 0), lengthOf(film));
  }

  #keep() {
    const { film, begun, second } = this.player;
    if (!begun) return;
    this.kept = second;
    memory.set(keyOf(film), second.toFixed(2));
    memory.set(LAST, film.name);
    this.#showProgress(film);
  }

  #showStart() {
    const { begun, second } = this.player;
    if (begun || (this.offered !== null && Math.abs(second - this.offered) > 0.5)) this.offered = null;
    byId("start").hidden = this.offered === null;
    byId("from-start").hidden = !this.offered;
    say(byId("start-text"), this.offered ? `Continue at ${clockOf(this.offered)}` : "Play");
  }

  /** @param {Film} film */
  #showProgress(film) {
    const card = document.querySelector(`.card[href="#${film.name}"]`);
    if (card instanceof HTMLElement) card.style.setProperty("--seen", `${(100 * this.#kept(film)) / lengthOf(film)}%`);
  }
}
