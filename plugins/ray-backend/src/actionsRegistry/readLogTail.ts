import type { JobSummary } from '@ml-platform/rayjob';
import { gapText } from '../logs/gapText';
import type { LogService } from '../logs/LogService';

/** Characters that an answer may have: whoever asks has to read them. */
const LONGEST = 200_000;
/** Milliseconds that reading may take. */
const TIMEOUT = 20_000;

/** The last lines of a log as one text, and why it ends there. */
export async function readLogTail(
  logs: LogService,
  options: {
    readonly job: JobSummary;
    readonly source: string;
    readonly tail: number;
  },
): Promise<{ readonly text: string; readonly end: string }> {
  const { tail, ...what } = options;
  const signal = AbortSignal.timeout(TIMEOUT);
  const log = await logs.open({
    ...what,
    tailLines: tail,
    follow: false,
    previous: false,
    signal,
  });
  let lines: string[] = [];
  let next = await log.next();
  for (; !next.done; next = await log.next()) {
    if (next.value.type === 'lines') {
      const added = next.value.lines.map(({ source, text }) =>
        source ? `[${source}] ${text}` : text,
      );
      // Several containers bring as many lines each.
      lines = [...lines, ...added].slice(-tail);
    } else if (next.value.type === 'gap') {
      lines.push(`[gap] ${gapText(next.value)}`);
    }
  }
  const { reason, message } = next.value;
  return {
    text: lines.join('\n').slice(-LONGEST),
    end: message ? `${reason}: ${message}` : reason,
  };
}
