const interactive = process.stdout.isTTY === true;

/**
 * Runs one named stage and prints its outcome with the time it took. `work`
 * may return a note, as `already there`, and is given a function that shows
 * what is going on meanwhile.
 */
export async function stage(title, work) {
  const started = process.hrtime.bigint();
  const seconds = () => Number(process.hrtime.bigint() - started) / 1e9;
  let detail = '';
  const draw = () => {
    if (!interactive) return;
    const text = `  … ${title} ${seconds().toFixed(0)} s ${detail}`;
    process.stdout.write(
      `\r\x1b[2K${text.slice(0, process.stdout.columns - 1)}`,
    );
  };
  if (!interactive) process.stdout.write(`  … ${title}\n`);
  const timer = setInterval(draw, 500);
  const clear = () => {
    clearInterval(timer);
    if (interactive) process.stdout.write('\r\x1b[2K');
  };
  try {
    const note = await work(message => {
      detail = message;
      draw();
    });
    clear();
    const suffix = note ? `, ${note}` : '';
    process.stdout.write(`  ✓ ${title} (${seconds().toFixed(1)} s${suffix})\n`);
  } catch (error) {
    clear();
    process.stdout.write(`  ✗ ${title} (${seconds().toFixed(1)} s)\n`);
    throw error;
  }
}
