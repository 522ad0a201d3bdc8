const SECOND = 1000;

/** Prints the stages of a start, each with the time it took. */
export async function stage<T>(
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / SECOND).toFixed(1);
  const interactive = process.stdout.isTTY === true;
  const clear = interactive ? '\r\x1b[2K' : '';
  process.stdout.write(interactive ? `  … ${title}` : `  … ${title}\n`);
  try {
    const result = await work();
    process.stdout.write(`${clear}  ✓ ${title} (${seconds()} s)\n`);
    return result;
  } catch (error) {
    process.stdout.write(`${clear}  ✗ ${title} (${seconds()} s)\n`);
    throw error;
  }
}
