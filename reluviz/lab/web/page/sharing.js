// What goes out of the lab: links, TOML, the command that films it, the hash of all states.

import { button, make, row, say } from "./dom.js";
import { stateHash } from "../science/digest.js";
import { writeState, writeToml } from "../science/state.js";

/** @typedef {import("../science/session.js").Session} Session */

export class Sharing {
  /** @param {Session} session @param {(text: string) => void} tell */
  constructor(session, tell) {
    this.session = session;
    this.tell = tell;
    this.hash = make("code", { className: "hash" });
    this.element = make("div", {},
      row(
        button("Copy link", () => this.#copy(this.link)),
        button("Copy TOML", () => this.#copy(writeToml(session.experiment))),
        button("Download TOML", () => this.#download()),
        button("Film this", () => this.#copy(`reluviz explain '${this.link}'`), { title: "Copies the command that films this run" })),
      make("p", { className: "note" }, "Hash of all states, as reluviz inspect shows it: ", this.hash));
  }

  get link() {
    return `${location.href.split("#")[0]}#${writeState(this.session.state).replaceAll("'", "%27")}`;
  }

  #download() {
    const { experiment } = this.session;
    const name = (experiment.title.toLowerCase().match(/[a-z0-9]+/g) ?? ["mine"]).join("-").slice(0, 60);
    const address = URL.createObjectURL(new Blob([writeToml(experiment)], { type: "text/plain" }));
    make("a", { href: address, download: `${name}.toml` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    this.tell(`Saved as ${name}.toml.`);
  }

  /** @param {string} text */
  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.tell("Copied.");
    } catch {
      const area = make("textarea", { value: text, className: "unseen" });
      this.element.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      this.tell(done ? "Copied." : "This page may not write to the clipboard.");
    }
  }

  /** Reckons the hash in pieces, so that nothing waits for it. */
  renew() {
    clearTimeout(this.timer);
    say(this.hash, "…");
    const pieces = stateHash(this.session.run);
    const go = () => {
      const until = performance.now() + 6;
      do {
        const { value } = pieces.next();
        if (value) return say(this.hash, value);
      } while (performance.now() < until);
      this.timer = setTimeout(go, 4);
    };
    this.timer = setTimeout(go, 300);
  }
}
