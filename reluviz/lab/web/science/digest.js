// SHA-256 (FIPS 180-4), written out since crypto.subtle is missing from pages opened as files, and the hash of a run's states.

/** @typedef {import("./training.js").Run} Run */

/** The first `count` primes. @param {number} count */
const primes = (count) => {
  /** @type {number[]} */
  const found = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime)) found.push(n);
  return found;
};
/** The first 32 bits of a number's fraction. @param {number} x */
const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32) >>> 0;

const ROUNDS = Uint32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
const BEGIN = Uint32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

export class Sha256 {
  constructor() {
    this.state = BEGIN.slice();
    this.words = new Uint32Array(64);
    this.block = new Uint8Array(64);
    this.filled = 0;
    this.length = 0;
  }

  /** @param {Uint8Array} bytes */
  update(bytes) {
    this.length += bytes.length;
    let at = 0;
    while (at < bytes.length) {
      if (this.filled === 0 && bytes.length - at >= 64) {
        this.#compress(bytes, at);
        at += 64;
        continue;
      }
      this.block[this.filled++] = bytes[at++];
      if (this.filled === 64) {
        this.#compress(this.block, 0);
        this.filled = 0;
      }
    }
    return this;
  }

  hex() {
    const bits = this.length * 8;
    const padding = new Uint8Array((this.filled < 56 ? 64 : 128) - this.filled);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(padding.length - 4, bits >>> 0);
    this.update(padding);
    return [...this.state].map((word) => word.toString(16).padStart(8, "0")).join("");
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} at
   */
  #compress(bytes, at) {
    const w = this.words;
    for (let i = 0; i < 16; i++, at += 4) {
      w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = w[i - 16] + small0 + w[i - 7] + small1;
    }
    let [a, b, c, d, e, f, g, h] = this.state;
    for (let i = 0; i < 64; i++) {
      const large1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const first = (h + large1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
      const large0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const second = (large0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + first) | 0;
      d = c; c = b; b = a; a = (first + second) | 0;
    }
    const s = this.state;
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
  }
}

const RECORDS_AT_ONCE = 2048;

/**
 * The hash of all recorded states: for each in order its weights, its biases, its output bias, as float64, little-endian.
 * `reluviz inspect` shows the same. A generator, so that a page can rest in between: the last value is the hash.
 * @param {Run} run
 */
export function* stateHash(run) {
  const n = run.neurons;
  const sha = new Sha256();
  for (let first = 0; first <= run.updates; first += RECORDS_AT_ONCE) {
    const last = Math.min(first + RECORDS_AT_ONCE, run.updates + 1);
    const view = new DataView(new ArrayBuffer((last - first) * (2 * n + 1) * 8));
    let at = 0;
    for (let k = first; k < last; k++) {
      for (let i = 0; i < n; i++, at += 8) view.setFloat64(at, run.weights[k * n + i], true);
      for (let i = 0; i < n; i++, at += 8) view.setFloat64(at, run.biases[k * n + i], true);
      view.setFloat64(at, run.outputBiases[k], true);
      at += 8;
    }
    sha.update(new Uint8Array(view.buffer));
    yield "";
  }
  yield sha.hex();
}
