/** Which of a process's outputs a line came from. */
export type LogStream = 'stdout' | 'stderr';

/**
 * A piece of a container's output as the log file holds it: one line, or a part
 * of one that the process had not ended yet.
 */
export interface LogEntry {
  /** RFC 3339 with nanoseconds, for example `2026-01-31T12:00:00.123456789Z`. */
  readonly time: string;
  readonly stream: LogStream;
  /** The next piece of the same stream continues this line. */
  readonly partial: boolean;
  readonly text: string;
}

/**
 * The entry as one line of the CRI log format: `<time> <stream> <P|F> <text>`.
 * https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md
 */
export function formatEntry(entry: LogEntry): string {
  const tag = entry.partial ? 'P' : 'F';
  return `${entry.time} ${entry.stream} ${tag} ${entry.text}\n`;
}

/** The entry of one line without its line end; undefined where it is none. */
export function parseEntry(line: string): LogEntry | undefined {
  const match = /^(\S+) (stdout|stderr) ([PF]) ([^]*)$/.exec(line);
  if (!match) {
    return undefined;
  }
  const [, time, stream, tag, text] = match;
  return {
    time,
    stream: stream === 'stderr' ? 'stderr' : 'stdout',
    partial: tag === 'P',
    text,
  };
}
