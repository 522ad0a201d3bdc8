import { plainLines } from './plainText';

/** The end of a log, in characters: what went wrong stands there. */
const TAIL = 64 * 1024;
const LONGEST_LINE = 2_000;
/** Lines that may follow an error which ended the program. */
const EPILOGUE = 25;

/** Ray's prefix of what another process wrote: `(train pid=7, ip=10.0.0.1) `. */
const RAY_PREFIX = /^\([^()]*\bpid=\d+[^()]*\) ?/;
/** What draws a box, and the margin of an exception group. */
const BOX = /^[\s│┃║|]+|[\s│┃║]+$/g;
const WARNING = /warn/i;

// Each is anchored, so that a sentence which merely mentions an error is none.
const ERRORS: readonly RegExp[] = [
  // Python: ValueError: …, torch.OutOfMemoryError: …, RayTaskError(KeyError): …
  /^(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Interrupt|SystemExit)(?:\([\w.]*\))?(?:: .*|:)?$/,
  /^(?:\w+\.)*(?:exceptions?|errors?|subprocess)\.(?:\w+\.)*[A-Z]\w*(?:: .*|:)?$/,
  // Java
  /^Exception in thread ".*?" .+/,
  /^Caused by: .+/,
  // Go
  /^panic: .+/,
  /^fatal error: .+/,
  // Rust, C++
  /^thread '.*?' (?:\(\d+\) )?panicked at .+/,
  /^terminate called after throwing an instance of .+/,
  // Shells, and what they say of a program that a signal ended
  /^(?:[\w./-]*sh|env|exec): .+: (?:command not found|not found|No such file or directory|Permission denied|Exec format error)$/,
  /^[\w./-]*sh: .*\bsyntax error\b.*/,
  /^(?:[\w./-]+: (?:line \d+: )?\s*\d+ )?(?:Segmentation fault|Bus error|Aborted|Killed|Illegal instruction)(?: +\(core dumped\))?(?: {2,}.*)?$/,
  // Command lines and tools; a number alone is a measure of training
  /^[\w./-]+: can't open file .+/,
  /^(?:[\w./-]+: )?(?:fatal |internal )?error: (?![-+\d.e%]+$).+/i,
  /^CUDA out of memory\b.*/,
];

function candidate(line: string): string {
  return line.slice(0, LONGEST_LINE).replace(RAY_PREFIX, '').replace(BOX, '');
}

/** An indented line belongs to what stands above it. */
function isOrdinary(line: string): boolean {
  return line.trim() !== '' && !/^[\s│┃║╭╰]/.test(line.replace(RAY_PREFIX, ''));
}

function isError(line: string): boolean {
  const [start] = line.split(':', 1);
  return !WARNING.test(start) && ERRORS.some(error => error.test(line));
}

/** What Ray's memory monitor adds to the error of a task that it killed. */
const RAY_MEMORY =
  /Memory on the node .{0,400}?(?:memory used=([\d.]+ ?\w+)\) )?was running was ([\d.]+ ?\w+) \/ ([\d.]+ ?\w+)/;

/** How much memory was used when Ray killed a task for it, where the log says so. */
function withMemory(error: string, log: string): string {
  const [, task, used, most] =
    (/\bOutOfMemoryError\b/.test(error) && RAY_MEMORY.exec(log)) || [];
  const own = task ? `the task used ${task}, ` : '';
  return used
    ? `${error.replace(/\.$/, '')} (${own}its node ${used} of ${most})`
    : error;
}

/**
 * The line of a failed program's log that says what went wrong: its last
 * exception or error. `undefined` where there is none close to the end; the last
 * line alone is no cause, since it may be a progress bar, a hint or a greeting.
 */
export function errorLine(log: string): string | undefined {
  const tail = log.slice(-TAIL);
  const lines = plainLines(tail);
  let later = 0;
  let nameless: string | undefined;
  for (const line of lines.reverse()) {
    const text = candidate(line);
    if (isError(text)) {
      if (!text.endsWith(':')) {
        return withMemory(text, tail);
      }
      // Its message is a page of its own: an error above may say more.
      nameless ??= text.slice(0, -1);
    }
    later += isOrdinary(line) ? 1 : 0;
    if (later > EPILOGUE) {
      break;
    }
  }
  return nameless;
}
