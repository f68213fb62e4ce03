// The picture, its captions and its bar: below one another in the page as in full screen, where nothing hides the picture,
// and in a frame of another page, where they are alone.

import { byId, say } from "./dom.js";
import { cueAt, cuesOf } from "./film.js";

/** @typedef {import("./player.js").Player} Player */

const REST = 2500; // milliseconds after which the bar leaves a film that plays in full screen

export class Screen {
  /** @param {Player} player */
  constructor(player) {
    const { video } = player;
    this.player = player;
    this.element = byId("screen");
    this.caption = byId("caption");
    this.button = byId("captions");
    // The browser's own captions, for where it shows the video without the page: a phone's full screen.
    this.track = video.addTextTrack("captions", "English", "en");
    this.track.mode = "hidden";
    this.rest = 0;
    this.framed = parent !== window; // on a course's page, say: then the film is all there is
    document.documentElement.classList.toggle("framed", this.framed);
    this.#fill();
    this.button.addEventListener("click", () => this.toggleCaptions());
    byId("fullscreen").addEventListener("click", () => this.toggleFull());
    video.addEventListener("dblclick", () => this.toggleFull());
    video.addEventListener("webkitbeginfullscreen", () => this.#showCaptions());
    video.addEventListener("webkitendfullscreen", () => this.#showCaptions());
    document.addEventListener("fullscreenchange", () => {
      this.#fill();
      this.#wake();
      this.#showCaptions();
    });
    for (const event of ["pointermove", "pointerdown", "keydown"]) this.element.addEventListener(event, () => this.#wake());
    for (const event of ["play", "pause"]) video.addEventListener(event, () => this.#wake());
    video.addEventListener("error", () => {
      this.caption.hidden = false;
      say(this.caption, `${player.film.name}.mp4 does not play here. Does it lie beside this page?`);
    });
    player.addEventListener("film", () => this.#takeCues());
    player.addEventListener("time", () => say(this.caption, cueAt(player.film, player.second)?.text ?? ""));
  }

  toggleCaptions() {
    this.button.setAttribute("aria-pressed", String(!this.#captioned));
    this.#showCaptions();
  }

  async toggleFull() {
    const video = /** @type {HTMLVideoElement & {webkitEnterFullscreen?: () => void}} */ (this.player.video);
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (document.fullscreenEnabled) await this.element.requestFullscreen();
    else video.webkitEnterFullscreen?.(); // a phone that fills its screen with nothing but a video
  }

  get #captioned() {
    return this.button.getAttribute("aria-pressed") === "true";
  }

  #fill() {
    this.element.classList.toggle("filling", this.framed || document.fullscreenElement === this.element);
  }

  #takeCues() {
    for (const cue of [...(this.track.cues ?? [])]) this.track.removeCue(cue);
    for (const { start, end, text } of cuesOf(this.player.film)) {
      this.track.addCue(new VTTCue(start, end, text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")));
    }
    say(this.caption, "");
    this.#showCaptions();
  }

  #showCaptions() {
    const video = /** @type {HTMLVideoElement & {webkitDisplayingFullscreen?: boolean}} */ (this.player.video);
    const alone = document.fullscreenElement === video || video.webkitDisplayingFullscreen === true;
    this.track.mode = this.#captioned && alone ? "showing" : "hidden";
    this.caption.hidden = !this.#captioned || cuesOf(this.player.film).length === 0;
  }

  #wake() {
    clearTimeout(this.rest);
    this.element.classList.remove("resting");
    this.rest = setTimeout(() => {
      this.element.classList.toggle("resting", document.fullscreenElement === this.element && !this.player.video.paused);
    }, REST);
  }
}
