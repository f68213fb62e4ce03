// What all drawing shares.

/** The page's font, the films' own. */
export const FONT = '"Inter reluviz", Inter, system-ui, sans-serif';
export const TAU = 2 * Math.PI;

/** A place that a canvas can draw to, however far out. @param {number} px */
export const bounded = (px) => Math.min(Math.max(px, -1e5), 1e5);
