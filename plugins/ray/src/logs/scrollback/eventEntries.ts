import type {
  LogEndReason,
  LogStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import type { NewEntry } from './ScrollbackEntry';

const ENDS: Readonly<Record<LogEndReason, string>> = {
  completed: 'End of the log',
  'not-found': 'There is no such log',
  'not-started': 'The job ended before it wrote a log',
  deleted: 'The pod and its log were deleted',
  error: "Couldn't read the rest of the log",
};

/** The entries for one event of the stream. */
export function eventEntries(event: LogStreamEvent): NewEntry[] {
  switch (event.event) {
    case 'lines':
      return event.data.lines.map(line => ({ kind: 'line', ...line }));
    case 'gap':
      return [
        { kind: 'marker', marker: 'gap', text: `⋯ ${event.data.reason}` },
      ];
    case 'waiting':
      return [{ kind: 'marker', marker: 'waiting', text: event.data.message }];
    default: {
      const { reason, message } = event.data;
      const text = [ENDS[reason] ?? reason, message].filter(Boolean).join(': ');
      return [{ kind: 'marker', marker: 'end', text: `— ${text} —` }];
    }
  }
}
