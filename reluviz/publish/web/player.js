// One film in the player: where it is and how it moves. Tells of another "film", of "time", and of the "loop".

import { chapterAt, framesOn, lengthOf } from "./film.js";

/** @typedef {import("./film.js").Film} Film */

const ON_IT = 0.001; // a hair behind a chapter's first frame's start, so that it is this frame that is shown

export class Player extends EventTarget {
  /** @param {HTMLVideoElement} video @param {Film[]} films */
  constructor(video, films) {
    super();
    this.video = video;
    this.films = films;
    this.film = films[0];
    this.begun = false; // whether this film has played since it was opened
    /** @type {number | null} */
    this.looped = null; // the chapter that comes again, by its number from 0
    const frame = () => {
      this.#turnBack();
      this.#tell("time");
      if (!video.paused && !video.ended) requestAnimationFrame(frame);
    };
    video.addEventListener("play", () => {
      this.begun = true;
      requestAnimationFrame(frame);
    });
    video.addEventListener("seeked", () => this.#tell("time"));
    video.addEventListener("ended", () => {
      if (this.looped === null) return;
      this.#goto(this.film.chapters[this.looped].start + ON_IT);
      this.play();
    });
  }

  get second() {
    return this.video.currentTime;
  }

  get chapter() {
    return chapterAt(this.film, this.second);
  }

  /** Another film, paused. @param {Film} film @param {number} second */
  open(film, second) {
    const { video } = this;
    video.pause();
    this.film = film;
    this.begun = false;
    video.poster = `${film.name}.jpg`;
    video.src = `${film.name}.mp4`;
    video.dataset.theme = film.theme;
    this.#tell("film");
    this.seek(second);
  }

  /** @param {number} second */
  seek(second) {
    if (this.looped !== null && chapterAt(this.film, second) !== this.looped) this.loop(null);
    this.#goto(Math.min(Math.max(second, 0), lengthOf(this.film)));
  }

  /** @param {number} number from 0 */
  toChapter(number) {
    const { chapters } = this.film;
    this.seek(chapters[Math.min(Math.max(number, 0), chapters.length - 1)].start + ON_IT);
  }

  /** A chapter on, or back; well into one, back is to its own start. @param {1 | -1} direction */
  stepChapter(direction) {
    const now = this.chapter;
    const wellInto = this.second > this.film.chapters[now].start + 2;
    this.toChapter(direction < 0 && wellInto ? now : now + direction);
  }

  /** @param {number} count */
  stepFrames(count) {
    this.video.pause();
    this.seek(framesOn(this.film, this.second, count));
  }

  play() {
    this.video.play().catch(() => {}); // paused or left before it began; what cannot be played, "error" tells
  }

  toggle() {
    if (this.video.paused) this.play();
    else this.video.pause();
  }

  /** Lets a chapter come again and again; null ends that. @param {number | null} chapter */
  loop(chapter) {
    this.looped = chapter;
    this.#tell("loop");
  }

  /** @param {number} rate */
  speed(rate) {
    this.video.defaultPlaybackRate = this.video.playbackRate = rate; // the default is what another film starts with
  }

  #turnBack() {
    if (this.looped === null) return;
    const { start, end } = this.film.chapters[this.looped];
    if (this.second >= end - 0.04) this.#goto(start + ON_IT);
  }

  /** @param {number} second */
  #goto(second) {
    this.video.currentTime = second;
    this.#tell("time");
  }

  /** @param {string} what */
  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}
