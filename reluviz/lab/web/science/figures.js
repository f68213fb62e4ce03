// Numbers as they are shown.

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
