// What can be dragged: real elements over the picture, each a slider with a name and a spoken value, for mouse, touch and keys.

import { make } from "./dom.js";

/**
 * One handle. x, y: where, in the picture. value, least, most, step: as a slider. text: its spoken value.
 * drag: to a place in the picture. set: to a value. remove, add: what Delete and Insert do.
 * @typedef {{
 *   id: string, kind: "disc" | "arm" | "corner" | "sample" | "picked", label: string, x: number, y: number, value: number,
 *   least: number, most: number, step: number, text: string, upright?: boolean, colour?: string,
 *   drag: (x: number, y: number) => void, set: (value: number) => void, remove?: () => void, add?: () => void,
 * }} Handle
 */

export class Handles {
  /**
   * @param {HTMLElement} layer over the picture, of its size
   * @param {{begin: (id: string) => void, end: () => void, near: (x: number, y: number) => void}} watch told when a drag
   *   begins and ends, and where the pointer is in between
   */
  constructor(layer, watch) {
    this.layer = layer;
    this.watch = watch;
    /** @type {Map<string, {element: HTMLElement, handle: Handle}>} */
    this.known = new Map();
    /** @type {string | null} */
    this.dragged = null;
    this.#listen();
  }

  /** Of handles that lie over one another the nearest to the pointer is taken. */
  #listen() {
    let [dx, dy] = [0, 0];
    /** @param {PointerEvent} event */
    const place = (event) => {
      const box = this.layer.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    this.layer.addEventListener("pointerdown", (event) => {
      const [x, y] = place(event);
      if (event.target === this.layer) this.watch.near(x, y);
      if (event.button || this.dragged || event.target === this.layer) return;
      event.preventDefault();
      const away = (/** @type {Handle} */ handle) => Math.hypot(handle.x - x, handle.y - y);
      const { element, handle } = [...this.known.values()].reduce((best, other) => (away(other.handle) < away(best.handle) ? other : best));
      element.focus({ preventScroll: true });
      element.setPointerCapture(event.pointerId);
      [dx, dy] = [x - handle.x, y - handle.y];
      this.dragged = handle.id;
      this.watch.begin(handle.id);
    });
    this.layer.addEventListener("pointermove", (event) => {
      const [x, y] = place(event);
      if (this.dragged) this.known.get(this.dragged)?.handle.drag(x - dx, y - dy);
      else this.watch.near(x, y);
    });
    for (const kind of ["pointerup", "pointercancel", "lostpointercapture"]) {
      this.layer.addEventListener(kind, () => {
        if (!this.dragged) return;
        this.dragged = null;
        this.watch.end();
      });
    }
  }

  /** Shows exactly these; an element stays the same as long as its handle's id does. @param {Handle[]} handles */
  show(handles) {
    const wanted = new Set(handles.map((handle) => handle.id));
    for (const [id, { element }] of this.known) {
      if (wanted.has(id) || id === this.dragged) continue;
      element.remove();
      this.known.delete(id);
    }
    for (const handle of handles) {
      const entry = this.known.get(handle.id) ?? this.#make(handle);
      entry.handle = handle;
      const { element } = entry;
      element.style.transform = `translate(${handle.x.toFixed(1)}px, ${handle.y.toFixed(1)}px)`;
      if (element.ariaValueText === handle.text && element.ariaLabel === handle.label) continue;
      element.ariaLabel = handle.label;
      element.ariaValueNow = String(handle.value);
      element.ariaValueMin = String(handle.least);
      element.ariaValueMax = String(handle.most);
      element.ariaValueText = handle.text;
    }
  }

  /** @param {Handle} handle */
  #make(handle) {
    const element = make("div", { className: `handle ${handle.kind}`, role: "slider", tabIndex: 0 });
    element.ariaOrientation = handle.upright ? "vertical" : "horizontal";
    if (handle.colour) element.style.setProperty("--own", handle.colour);
    const entry = { element, handle };
    this.known.set(handle.id, entry);
    this.layer.append(element);
    element.addEventListener("keydown", (event) => {
      const { value, least, most, step } = entry.handle;
      if (event.key === "Delete" || event.key === "Backspace") entry.handle.remove?.();
      else if (event.key === "Insert" || event.key === "+") entry.handle.add?.();
      else {
        const size = step * (event.shiftKey ? 10 : 1);
        const wanted = { ArrowLeft: value - size, ArrowDown: value - size, ArrowRight: value + size, ArrowUp: value + size,
          PageDown: value - 10 * step, PageUp: value + 10 * step, Home: least, End: most }[event.key];
        if (wanted === undefined) return;
        const tidy = Number((Math.round(wanted / step) * step).toPrecision(10));
        const bounded = Math.min(Math.max(tidy, least), most) + 0;
        entry.handle.set(bounded);
        entry.handle.value = bounded; // the next key may come before the next picture
      }
      event.preventDefault();
      event.stopPropagation();
    });
    if (handle.kind === "corner") element.addEventListener("dblclick", () => entry.handle.remove?.());
    return entry;
  }

  /** Puts the focus on a handle, if it is there. @param {string} id */
  focus(id) {
    this.known.get(id)?.element.focus({ preventScroll: true });
  }
}
