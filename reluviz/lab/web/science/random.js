// NumPy's RandomState, bit for bit: the Mersenne Twister MT19937, whose stream NumPy promises never to change.

const LENGTH = 624;
const SHIFT = 397;

export class RandomState {
  /**
   * Seeded by a whole number below 2**32, or by a list of such, as `np.random.RandomState(seed)`.
   * @param {number | number[]} seed
   */
  constructor(seed) {
    this.key = new Uint32Array(LENGTH);
    this.position = LENGTH;
    if (typeof seed === "number") this.#fill(seed);
    else this.#fillBy(seed);
  }

  /** @param {number} seed */
  #fill(seed) {
    const key = this.key;
    key[0] = seed;
    for (let i = 1; i < LENGTH; i++) key[i] = Math.imul(1812433253, key[i - 1] ^ (key[i - 1] >>> 30)) + i;
  }

  /** @param {number[]} seeds */
  #fillBy(seeds) {
    const key = this.key;
    this.#fill(19650218);
    let i = 1;
    let j = 0;
    for (let k = Math.max(LENGTH, seeds.length); k > 0; k--) {
      key[i] = (key[i] ^ Math.imul(key[i - 1] ^ (key[i - 1] >>> 30), 1664525)) + seeds[j] + j;
      j = (j + 1) % seeds.length;
      if (++i === LENGTH) { key[0] = key[LENGTH - 1]; i = 1; }
    }
    for (let k = LENGTH - 1; k > 0; k--) {
      key[i] = (key[i] ^ Math.imul(key[i - 1] ^ (key[i - 1] >>> 30), 1566083941)) - i;
      if (++i === LENGTH) { key[0] = key[LENGTH - 1]; i = 1; }
    }
    key[0] = 0x80000000;
  }

  #twist() {
    const key = this.key;
    for (let i = 0; i < LENGTH; i++) {
      const bits = (key[i] & 0x80000000) | (key[(i + 1) % LENGTH] & 0x7fffffff);
      key[i] = key[(i + SHIFT) % LENGTH] ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0);
    }
    this.position = 0;
  }

  /** The next 32 bits. */
  bits() {
    if (this.position === LENGTH) this.#twist();
    let bits = this.key[this.position++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    bits ^= bits >>> 18;
    return bits >>> 0;
  }

  /** A number in [0, 1) of 53 random bits. */
  random() {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /**
   * `count` numbers in [low, high).
   * @param {number} low
   * @param {number} high
   * @param {number} count
   */
  uniform(low, high, count) {
    const range = high - low;
    return Float64Array.from({ length: count }, () => low + range * this.random());
  }

  /**
   * A whole number from 0 to `most`, by drawing anew what is too large.
   * @param {number} most
   */
  upTo(most) {
    const mask = 2 ** (32 - Math.clz32(most)) - 1;
    let drawn;
    do drawn = (this.bits() & mask) >>> 0; while (drawn > most);
    return drawn;
  }

  /**
   * 0 … count − 1 in random order.
   * @param {number} count
   */
  permutation(count) {
    const order = Int32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}
