// The bar below the picture: play, time with its chapters, loop, sound, speed, picture in picture.

import { announce, byId, say } from "./dom.js";
import { chapterAt, clockOf, lengthOf } from "./film.js";

/** @typedef {import("./player.js").Player} Player */

export class Bar {
  /** @param {Player} player */
  constructor(player) {
    const { video } = player;
    this.player = player;
    this.timeline = byId("timeline", HTMLInputElement);
    this.hint = byId("hint");
    byId("play").addEventListener("click", () => player.toggle());
    byId("previous").addEventListener("click", () => player.stepChapter(-1));
    byId("next").addEventListener("click", () => player.stepChapter(1));
    byId("loop").addEventListener("click", () => this.toggleLoop());
    byId("mute").addEventListener("click", () => this.toggleSound());
    byId("pip").addEventListener("click", () => this.togglePictureInPicture());
    byId("pip").hidden = !this.#canLeave;
    const speed = byId("speed", HTMLSelectElement);
    speed.addEventListener("change", () => player.speed(Number(speed.value)));
    for (const event of ["play", "pause", "ended", "volumechange"]) video.addEventListener(event, () => this.#showState());
    player.addEventListener("film", () => this.#showFilm());
    player.addEventListener("time", () => this.#showTime());
    player.addEventListener("loop", () => byId("loop").setAttribute("aria-pressed", String(player.looped !== null)));
    this.timeline.addEventListener("input", () => player.seek(Number(this.timeline.value)));
    this.timeline.addEventListener("pointermove", (event) => this.#showHint(event.offsetX));
    this.timeline.addEventListener("pointerleave", () => { this.hint.hidden = true; });
    video.addEventListener("click", () => player.toggle());
    this.#showState();
  }

  get #canLeave() {
    return document.pictureInPictureEnabled === true;
  }

  toggleLoop() {
    const { player } = this;
    player.loop(player.looped === null ? player.chapter : null);
    if (player.looped !== null) announce(`Looping: ${player.film.chapters[player.looped].headline}`);
  }

  toggleSound() {
    this.player.video.muted = !this.player.video.muted;
  }

  async togglePictureInPicture() {
    if (!this.#canLeave) return;
    try {
      if (document.pictureInPictureElement) await document.exitPictureInPicture();
      else await this.player.video.requestPictureInPicture();
    } catch {
      announce("This browser does not give the film a window of its own now.");
    }
  }

  #showFilm() {
    const { film } = this.player;
    const length = lengthOf(film);
    this.timeline.max = String(length);
    const gaps = film.chapters.slice(0, -1).map(({ end }) => `linear-gradient(var(--background) 0 0) ${(100 * end) / length}% / 3px no-repeat`);
    this.timeline.style.setProperty("--gaps", gaps.join(", ") || "none");
  }

  #showTime() {
    const { film, second } = this.player;
    const length = lengthOf(film);
    this.timeline.value = String(second);
    this.timeline.style.setProperty("--played", `${(100 * second) / length}%`);
    const spoken = `${clockOf(second)} of ${film.clock}, ${film.chapters[chapterAt(film, second)].headline}`;
    if (this.timeline.getAttribute("aria-valuetext") !== spoken) this.timeline.setAttribute("aria-valuetext", spoken);
    say(byId("clock"), `${clockOf(second)} / ${film.clock}`);
  }

  #showState() {
    const { video } = this.player;
    const [play, mute] = [byId("play"), byId("mute")];
    for (const [button, on, name, key] of /** @type {[HTMLElement, boolean, string, string][]} */ ([
      [play, !video.paused, video.paused ? "Play" : "Pause", "K"],
      [mute, video.muted, video.muted ? "Sound on" : "Mute", "M"],
    ])) {
      button.classList.toggle("on", on);
      button.setAttribute("aria-label", name);
      button.title = `${name} (${key})`;
    }
  }

  /** The chapter and second under the pointer. @param {number} x within the timeline */
  #showHint(x) {
    const { film } = this.player;
    const share = Math.min(Math.max(x / this.timeline.clientWidth, 0), 1);
    const second = share * lengthOf(film);
    say(this.hint, `${clockOf(second)} ${film.chapters[chapterAt(film, second)].headline}`);
    this.hint.style.setProperty("--at", `${100 * share}%`);
    this.hint.hidden = false;
  }
}
