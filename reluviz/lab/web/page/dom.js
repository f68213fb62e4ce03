// Small helpers for elements.

/**
 * An element with properties, attributes (those with a dash, or role) and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else /** @type {any} */ (element)[name] = value;
  }
  element.append(...children);
  return element;
}

/** A button that does something. @param {string} text @param {() => void} click @param {Record<string, any>} [properties] */
export function button(text, click, properties = {}) {
  const made = make("button", { type: "button", textContent: text, ...properties });
  made.addEventListener("click", click);
  return made;
}

/** Things beside one another. @param {...Node} children */
export const row = (...children) => make("div", { className: "row" }, ...children);

/** Sets an element's text where it is another. @param {Node} element @param {string} text */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
