// The numbers of one chart in the browser: moments and values, as the server sends them and as they are drawn.

const values = (bytes) => {
  // A view into a larger buffer may begin anywhere; eight bytes must not.
  const copy = bytes.slice();
  return new Float64Array(copy.buffer, copy.byteOffset, copy.byteLength >> 3);
};

const LATE = 3;

const plain = (value) => (Number.isNaN(value) ? null : value);

/** Moments and values that grow at the right and are dropped at the left. */
export class Lines {
  xs = [];
  rows = [];

  /** A whole frame: rows one after the other. */
  take(from, step, points, bytes) {
    const all = values(bytes);
    this.step = step;
    this.xs = Array.from({ length: points }, (_, i) => from + i * step);
    this.rows = Array.from({ length: points ? all.length / points : 0 }, (_, row) => Array.from(all.subarray(row * points, (row + 1) * points), plain));
  }

  /** Drops points at the left, keeps some, and adds what is newer. */
  append(drop, keep, bytes) {
    const all = values(bytes);
    const tail = this.rows.length ? all.length / this.rows.length : 0;
    const first = this.xs[drop] ?? this.xs[0];
    this.xs = Array.from({ length: keep + tail }, (_, i) => first + i * this.step);
    this.rows = this.rows.map((row, i) => row.slice(drop, drop + keep).concat(Array.from(all.subarray(i * tail, (i + 1) * tail), plain)));
  }

  /** Rows as they are drawn: on top of each other when stacked. A hidden row adds nothing. */
  drawn(stacked, shown) {
    if (!stacked) return [this.xs, ...this.rows];
    const sum = new Array(this.xs.length).fill(0);
    const layers = this.rows.map((row, i) => row.map((value, at) => {
      if (!shown(i) || value === null) return value === null ? null : sum[at];
      sum[at] += value;
      return sum[at];
    }));
    return [this.xs, ...layers];
  }

  /** The place of the moment nearest to a time; -1 without moments. */
  nearest(time) {
    if (this.xs.length === 0) return -1;
    return Math.min(this.xs.length - 1, Math.max(0, Math.round((time - this.xs[0]) / this.step)));
  }

  /** The newest place with a value: the newest moments may not have been scraped yet, but what ended long ago is not the newest. */
  get last() {
    const end = this.xs.length - 1;
    for (let at = end; at >= Math.max(0, end - LATE); at--) if (this.rows.some((row) => row[at] !== null)) return at;
    return end;
  }
}
