/** The value that a share of all values does not exceed, from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.ceil(share * sorted.length) - 1;
  return sorted[Math.max(0, at)] ?? NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

/** Milliseconds of each of some runs, after two that don't count. */
export async function timed(
  runs: number,
  work: () => unknown,
  warmups = 2,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = -warmups; i < runs; i += 1) {
    const begin = performance.now();
    await work();
    if (i >= 0) {
      times.push(performance.now() - begin);
    }
  }
  return times;
}

/** Bytes of the heap after everything unused was freed; needs --expose-gc. */
export function heapUsed(): number {
  global.gc?.();
  global.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Prints rows under each other, the first being the head. */
export function printTable(
  title: string,
  rows: readonly (readonly string[])[],
): void {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  const lines = rows.map(row =>
    row.map((cell, column) => cell.padEnd(widths[column])).join('  '),
  );
  process.stdout.write(`\n${title}\n\n  ${lines.join('\n  ')}\n`);
}

/** A time in milliseconds as text, in microseconds where it is short. */
export const ms = (value: number) =>
  value < 0.1
    ? `${(value * 1_000).toFixed(1)} µs`
    : `${value.toFixed(value < 10 ? 2 : 0)} ms`;

export const ratio = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)}x`;
