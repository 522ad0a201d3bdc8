/** A progress bar as tqdm draws it: `label: 45%|████▌     | 45/100 [00:04<00:05]`. */
const BAR = /^(.*?)(\d{1,3})%\|[^|]*\|/;
// eslint-disable-next-line no-control-regex -- terminal styles begin with ESC
const STYLES = /\x1b\[[\d;]*m/g;

function parse(text: string) {
  // Quickly skip most lines, which aren't progress bars.
  if (!text.includes('%|')) {
    return undefined;
  }
  const bar = BAR.exec(text.replace(STYLES, ''));
  return bar && { label: bar[1].trim(), percent: Number(bar[2]) };
}

/**
 * Whether a line seems to be the next state of the progress bar in the line
 * before. This is a guess, so such lines can be folded but not dropped.
 *
 * Ray reads the driver's log in text mode and turns each carriage return into a
 * line feed. Therefore each state of a progress bar is a line of its own, after an
 * empty line if the bar starts with a carriage return.
 */
export function redrawsBar(before: string, after: string): boolean {
  const next = parse(after);
  if (next && before === '') {
    return next.percent === 0;
  }
  const last = next && parse(before);
  return Boolean(
    last && last.label === next.label && last.percent <= next.percent,
  );
}
