// Out of the film: a link to its second, the lab that takes over, the next film; snippets and files to take along.

import { addressOf } from "./address.js";
import { announce, byId, copied, make, mark, say } from "./dom.js";
import { clockOf, labAddress } from "./film.js";

/** @typedef {import("./film.js").Film} Film */
/** @typedef {import("./player.js").Player} Player */

export class Sharing {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.lab = byId("take-over", HTMLAnchorElement);
    this.next = byId("next-film", HTMLAnchorElement);
    player.addEventListener("film", () => this.#showFilm());
    player.addEventListener("time", () => this.#showTime());
    player.video.addEventListener("ended", () => this.#offerNext());
    byId("copy-link").addEventListener("click", () => this.#copyLink());
    for (const button of document.querySelectorAll(".copy")) {
      button.addEventListener("click", () => this.#copySnippet(button));
    }
  }

  #showFilm() {
    const { film } = this.player;
    document.title = `${film.title} · ${byId("kit-title").textContent}`;
    say(byId("film-title"), film.title);
    say(byId("film-sentence"), film.sentence);
    say(byId("runs"), `This film's runs: ${film.runs.join("; ")}.`);
    for (const card of document.querySelectorAll(".card")) mark(card, card.getAttribute("href") === `#${film.name}`);
    for (const part of document.querySelectorAll("[data-fill]")) {
      if (part instanceof HTMLElement) part.textContent = filled(part.dataset.fill ?? "", film, part.dataset.language);
    }
    byId("files").replaceChildren(...film.files.map((file) => make("li", {},
      make("a", { href: file.path, download: "", textContent: file.label }), ` ${file.path}, ${sizeOf(file.size)}`)));
    byId("ranges").replaceChildren(...film.chapters.map(({ headline, range }) => make("li", {},
      make("a", { href: range, textContent: headline }), ` ${range.slice(range.indexOf("#"))}`)));
  }

  #showTime() {
    const { film, second, video } = this.player;
    const address = labAddress(film, second);
    this.lab.hidden = address === null;
    if (address !== null) this.lab.href = address;
    say(byId("copy-link"), `Copy link at ${clockOf(second)}`);
    if (!video.ended) this.next.hidden = true;
  }

  #offerNext() {
    const { film, films, looped } = this.player;
    const next = films[films.indexOf(film) + 1];
    this.next.hidden = !next || looped !== null;
    if (next) Object.assign(this.next, { href: `#${next.name}`, textContent: `Next: ${next.title}` });
  }

  async #copyLink() {
    const hash = addressOf(this.player.film, Math.floor(this.player.second));
    if (await copied(`${location.href.split("#")[0]}${hash}`)) return announce("Copied.");
    location.hash = hash; // no clipboard here: the address itself can be copied
    announce("The link is in the address.");
  }

  /** @param {Element} button */
  async #copySnippet(button) {
    const code = /** @type {Element} */ (button.parentElement?.querySelector("code"));
    if (await copied(code.textContent ?? "")) {
      announce("Copied.");
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    } else {
      getSelection()?.selectAllChildren(code); // no clipboard here: ready for the reader's own copy
      announce("Selected: copy it with your keyboard.");
    }
  }
}

/** @param {number} bytes */
const sizeOf = (bytes) => (bytes < 1e5 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

const LATEX = /** @type {Record<string, string>} */ ({ "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" });

/**
 * A snippet for a film, its title as the language wants it; its name is the same word in all.
 * @param {string} text
 * @param {Film} film
 * @param {string} [language]
 */
function filled(text, film, language) {
  /** @type {Record<string, (title: string) => string>} */
  const written = {
    html: (title) => title.replaceAll(/[&<>"'{}]/g, (sign) => `&#${sign.charCodeAt(0)};`),
    latex: (title) => title.replaceAll(/[\\{}#$%&_~^]/g, (sign) => LATEX[sign] ?? `\\${sign}`),
  };
  const title = written[language ?? ""]?.(film.title) ?? film.title;
  /** @type {Record<string, string>} */
  const words = { FILM: film.name, TITLE: title, DESCRIPTION: film.description };
  return text.replaceAll(/FILM|TITLE|DESCRIPTION/g, (word) => words[word]);
}
