const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT, interrupted',
  3: 'SIGQUIT',
  4: 'SIGILL, invalid instruction',
  5: 'SIGTRAP, stopped by a trap',
  6: 'SIGABRT, aborted by the program itself',
  7: 'SIGBUS, invalid memory access',
  8: 'SIGFPE, arithmetic error',
  9: 'SIGKILL, killed from outside, often for lack of memory',
  10: 'SIGUSR1',
  11: 'SIGSEGV, invalid memory access',
  12: 'SIGUSR2',
  13: 'SIGPIPE, the reader went away',
  14: 'SIGALRM, a timer ran out',
  15: 'SIGTERM, asked to stop',
  24: 'SIGXCPU, used more CPU time than it may',
  25: 'SIGXFSZ, wrote a file larger than it may',
  31: 'SIGSYS, called the system in a way that is not allowed',
};

const CODES: Readonly<Record<number, string>> = {
  126: "the command can't be executed",
  127: 'the command was not found',
};

/** Words for an exit code, by the rule of POSIX shells: 128 and a signal. */
function meaning(code: number): string | undefined {
  if (code in CODES) {
    return CODES[code];
  }
  // Python tells a signal as a negative code.
  return SIGNALS[code < 0 ? -code : code - 128];
}

/** An exit code with what it means: `exit code 139 (SIGSEGV, …)`. */
export function describeExit(code: number): string {
  const words = meaning(code);
  return words ? `exit code ${code} (${words})` : `exit code ${code}`;
}

/** A sentence in which exit codes are followed by what they mean. */
export function explainExitCodes(sentence: string): string {
  return sentence.replace(
    /\bexit code (-?\d{1,3})\b(?! \()/g,
    (_, code: string) => describeExit(Number(code)),
  );
}
