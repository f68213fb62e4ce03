// Search over what is said in all films: each sentence found leads to the second at which it begins.

import { addressOf } from "./address.js";
import { byId, make, say } from "./dom.js";
import { clockOf } from "./film.js";

/** @typedef {import("./film.js").Film} Film */
/** @typedef {{film: Film, second: number, text: string}} Sentence */

const MOST = 60; // sentences shown at once

/** A film's sentences, and the headlines of its chapters that none of them repeats, in order. @param {Film} film @returns {Sentence[]} */
export function sentencesOf(film) {
  return film.chapters.flatMap(({ headline, start, cues }) => {
    let said = "";
    const places = cues.map((cue) => {
      const text = `${cue.text.replaceAll(/\s+/g, " ").trim()} `;
      said += text;
      return { from: said.length - text.length, length: text.length, cue };
    });
    // A full stop within a number or a name ends no sentence.
    const sentences = [...said.matchAll(/\S.*?(?:[.!?…]["”’)]*(?=\s)|(?=\s*$))/g)].map(({ 0: text, index }) => {
      const place = places.findLast(({ from }) => from <= index) ?? places[0];
      const share = (index - place.from) / place.length; // for a sentence that begins within a caption
      return { film, second: place.cue.start + share * (place.cue.end - place.cue.start), text };
    });
    const repeated = sentences.some(({ text }) => text.replace(/[.]$/, "") === headline);
    return repeated ? sentences : [{ film, second: start, text: headline }, ...sentences];
  });
}

/** The sentences that have all words of a query. @param {Sentence[]} sentences @param {string} query */
export function matching(sentences, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length ? sentences.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word))) : [];
}

export class Search {
  /** @param {Film[]} films */
  constructor(films) {
    this.sentences = films.flatMap(sentencesOf);
    this.field = byId("query", HTMLInputElement);
    this.hits = byId("hits");
    this.field.addEventListener("input", () => this.#show());
    this.field.addEventListener("focus", () => this.#show());
    const search = byId("search");
    search.addEventListener("keydown", (event) => this.#walk(event));
    search.addEventListener("focusout", (event) => {
      const { relatedTarget } = event;
      if (relatedTarget instanceof Node && !search.contains(relatedTarget)) this.#close();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (target instanceof Node && !search.contains(target)) this.#close();
    });
    this.hits.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest("a")) this.#close();
    });
  }

  begin() {
    this.field.focus();
    this.field.select();
  }

  #close() {
    this.hits.hidden = true;
  }

  #show() {
    const query = this.field.value.trim();
    this.hits.hidden = query.length < 2;
    if (this.hits.hidden) return say(byId("found"), "");
    const found = matching(this.sentences, query);
    const films = new Set(found.map(({ film }) => film));
    const more = found.length > MOST ? `, the first ${MOST} here` : "";
    const [places, kinds] = [found.length === 1 ? "1 place" : `${found.length} places`, films.size === 1 ? "1 film" : `${films.size} films`];
    say(byId("found"), found.length ? `${places} in ${kinds}${more}` : "No film says that.");
    const shown = found.slice(0, MOST);
    const groups = [...new Set(shown.map(({ film }) => film))].map((film) => {
      const items = shown.filter((hit) => hit.film === film).map((hit) => make("li", {}, this.#link(hit, query)));
      return make("li", {}, make("strong", { textContent: film.title }), make("ul", {}, ...items));
    });
    byId("hit-list").replaceChildren(...groups);
  }

  /** @param {Sentence} hit @param {string} query */
  #link({ film, second, text }, query) {
    const words = query.split(/\s+/).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const parts = text.split(new RegExp(`(${words.join("|")})`, "i"));
    const marked = parts.map((part, number) => (number % 2 ? make("mark", { textContent: part }) : part));
    const time = make("span", { className: "at", textContent: clockOf(second) });
    return make("a", { href: addressOf(film, second) }, time, make("span", {}, ...marked));
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    if (event.key === "Escape") {
      this.#close();
      return this.field.focus();
    }
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || this.hits.hidden) return;
    event.preventDefault();
    const stops = [this.field, ...this.hits.querySelectorAll("a")];
    stops[stops.findIndex((stop) => stop === document.activeElement) + step]?.focus();
  }
}
