import { errorLine } from './errorLine';
import { explainExitCodes } from './exitCodes';
import { plainText, shorten } from './plainText';

/** Longest message that a row of the job list keeps, in characters. */
export const LONGEST_STATUS_MESSAGE = 300;

const LOGS = /,? last available logs[^\n]*:[ \t]*(?:\r?\n|$)/;

/** KubeRay's message, taken apart: what happened, and the log that it carries. */
function parts(message: string): {
  readonly head: string;
  readonly log: string;
} {
  const match = LOGS.exec(message);
  return match
    ? {
        head: message.slice(0, match.index),
        log: message.slice(match.index + match[0].length),
      }
    : { head: message, log: '' };
}

/** The error in the log that a message carries, if there is one. */
function errorOf(message: string | undefined): string | undefined {
  const { log } = parts(message ?? '');
  return log ? errorLine(log) : undefined;
}

/**
 * KubeRay's message of a job as one sentence. A failed entrypoint's message
 * carries up to 20,000 characters of its log: the sentence keeps what happened
 * and the error of the log.
 */
export function statusMessage(message: string | undefined): string | undefined {
  const head = plainText(parts(message ?? '').head).trim();
  if (!head) {
    return undefined;
  }
  const error = errorOf(message);
  const sentence = explainExitCodes(head);
  return shorten(
    error ? `${sentence}: ${error}` : sentence,
    LONGEST_STATUS_MESSAGE,
  );
}
