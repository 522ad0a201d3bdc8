import type { LogEndReason } from '@ml-platform/backstage-plugin-ray-common';
import type { MarkerEntry } from './LogEntry';
import type { LogFacts } from './LogFile';

const ENDS: Readonly<Record<LogEndReason, string>> = {
  completed: 'End of the log',
  'not-found': 'There is no such log',
  'not-started': 'The job ended before it wrote a log',
  deleted: 'The pod and its log were deleted',
  error: "Couldn't read the rest of the log",
};

/** What stands after the last line of a log: how it ended, or what it waits for. */
export function fileNote(
  { end, waiting }: LogFacts,
  message?: string,
): MarkerEntry | undefined {
  if (end) {
    const why = [ENDS[end] ?? end, message].filter(Boolean).join(': ');
    const text = `— ${why} —`;
    return { kind: 'marker', marker: 'end', text };
  }
  return waiting
    ? { kind: 'marker', marker: 'waiting', text: waiting }
    : undefined;
}
