/** A progress bar as tqdm draws it: `label: 45%|████▌     | 45/100 [00:04<00:05]`. */
const BAR = /^(.*?)(\d{1,3})%\|[^|]*\|/;
// eslint-disable-next-line no-control-regex -- terminal styles begin with ESC
const STYLES = /\x1b\[[\d;]*m/g;

function parse(text: string) {
  // Most lines are no bars and are told by their characters alone.
  if (!text.includes('%|')) {
    return undefined;
  }
  const bar = BAR.exec(text.replace(STYLES, ''));
  return bar && { label: bar[1].trim(), percent: Number(bar[2]) };
}

/**
 * Whether a line seems to be the next state of the progress bar in the line
 * before. Only a guess: what it says may be folded, never left out.
 *
 * Ray reads the driver's log in text mode and hands on each carriage return as
 * a line feed, so that a bar comes as a line for each of its states, after an
 * empty one where it begins with a carriage return.
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
