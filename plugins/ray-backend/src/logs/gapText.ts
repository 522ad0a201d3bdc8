import type { LogEvent } from './logTypes';

/** What is missing, and how many lines it is where that is known, for people. */
export function gapText({
  reason,
  lines,
}: Extract<LogEvent, { type: 'gap' }>): string {
  if (lines === undefined) {
    return reason;
  }
  const count = lines.toLocaleString('en-US');
  return `${reason} (${count} ${lines === 1 ? 'line is' : 'lines are'} missing here)`;
}
