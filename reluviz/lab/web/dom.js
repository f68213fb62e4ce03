// Small helpers for elements and for numbers as they are shown.

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

/** Sets an element's text where it is another. @param {Node} element @param {string} text */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A number in so many digits behind the point, fewer where it is large. @param {number} value @param {number} [digits] */
export function shown(value, digits = 3) {
  if (!Number.isFinite(value)) return "beyond float64";
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 10 ** -digits / 2)) return value.toExponential(1).replaceAll("-", "−");
  return value.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : digits).replace("-", "−");
}

/** A whole number with its thousands. @param {number} value */
export const counted = (value) => value.toLocaleString("en");

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
/** @param {number} number */
export const subscript = (number) => [...String(number)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");
