// What the page is given of a film, and what can be asked of it.

/** @typedef {{start: number, end: number, text: string}} Cue */
/**
 * range: the film's file with the chapter's seconds.
 * @typedef {{headline: string, start: number, end: number, clock: string, range: string, cues: Cue[]}} Chapter
 */
/**
 * iterations: the one shown at each frame from `start` on. link: what stands behind the "#" of the lab's address.
 * @typedef {{start: number, iterations: number[], link: string}} Takeover
 */
/**
 * @typedef {{
 *   name: string, title: string, sentence: string, clock: string, theme: "light" | "dark", frameRate: number, description: string,
 *   chapters: Chapter[], questions: {start: number, text: string}[], takeovers: Takeover[],
 *   files: {path: string, label: string, size: number}[], runs: string[],
 * }} Film
 */

const HAIR = 0.02; // seconds: a browser may stop this much short of where it was sent

/** Minutes and seconds. @param {number} second */
export const clockOf = (second) => `${Math.floor(second / 60)}:${String(Math.floor(second % 60)).padStart(2, "0")}`;

/** @param {Film} film */
export const lengthOf = (film) => film.chapters[film.chapters.length - 1].end;

/** The number, from 0, of the chapter at a second. @param {Film} film @param {number} second */
export const chapterAt = (film, second) => Math.max(0, film.chapters.findLastIndex(({ start }) => start <= second + HAIR));

/** A film's captions in order. @param {Film} film */
export const cuesOf = (film) => film.chapters.flatMap(({ cues }) => cues);

/** The caption at a second. @param {Film} film @param {number} second */
export const cueAt = (film, second) => cuesOf(film).findLast(({ start, end }) => start <= second + HAIR && second < end) ?? null;

/** The middle of the frame that comes `count` frames after the one at a second. @param {Film} film @param {number} second @param {number} count */
export function framesOn(film, second, count) {
  const last = Math.round(lengthOf(film) * film.frameRate) - 1;
  const frame = Math.floor(second * film.frameRate + 0.001) + count;
  return (Math.min(Math.max(frame, 0), last) + 0.5) / film.frameRate;
}

/**
 * Where the lab takes over: the run and the iteration that the picture shows; before the first run moves, nowhere.
 * @param {Film} film
 * @param {number} second
 */
export function labAddress(film, second) {
  const place = film.takeovers.findLast(({ start }) => start <= second + 0.001);
  if (!place) return null;
  const frame = Math.floor((second - place.start) * film.frameRate + 0.001); // the one in sight
  const iteration = place.iterations[Math.min(Math.max(frame, 0), place.iterations.length - 1)];
  return `lab.html#${place.link}&iteration=${iteration}&second=${second.toFixed(2)}`;
}
