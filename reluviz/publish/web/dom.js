// Small helpers for elements, and for what a browser may refuse.

/**
 * The page's element of an id.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof (kind ?? HTMLElement))) throw new TypeError(`the page has no such #${id}`);
  return /** @type {T} */ (element);
}

/**
 * An element with properties and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Marks an element as the present one of its kind, or not. @param {Element} element @param {boolean} current */
export function mark(element, current) {
  if (current) element.setAttribute("aria-current", "true");
  else element.removeAttribute("aria-current");
}

/** Sets an element's text where it is another. @param {Element} element @param {string} text */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Tells those who do not see it what has happened. @param {string} text */
export const announce = (text) => say(byId("status"), text);

/** Whether a text could be copied: some browsers have no clipboard for pages opened as files. @param {string} text */
export const copied = (text) => (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(() => true, () => false);

/** What a browser keeps from visit to visit; where it forbids that, nothing. */
export const memory = {
  /** @param {string} key */
  get(key) {
    try { return localStorage.getItem(key) ?? ""; } catch { return ""; }
  },
  /** @param {string} key @param {string} value */
  set(key, value) {
    try { localStorage.setItem(key, value); } catch { /* then it is not kept */ }
  },
};
