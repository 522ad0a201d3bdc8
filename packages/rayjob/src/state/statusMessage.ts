/** Longest message that a row of the job list keeps, in characters. */
export const LONGEST_STATUS_MESSAGE = 300;

// Colour codes, which Ray's own messages carry.
// eslint-disable-next-line no-control-regex -- the escape character is what is looked for
const ANSI = /\u001b\[[0-9;]*[A-Za-z]/g;

/**
 * KubeRay's message of a job as one sentence. A failed entrypoint's message
 * carries up to 20,000 characters of its log: the sentence keeps what happened
 * and the log's last line, which is where Python says why.
 */
export function statusMessage(message: string | undefined): string | undefined {
  const text = message?.replace(ANSI, '').trim();
  if (!text) {
    return undefined;
  }
  const [head, tail] = text.split(/, last available logs[^\n]*:\n/, 2);
  const lastLine = tail?.trim().split('\n').pop()?.trim();
  const sentence = (lastLine ? `${head}: ${lastLine}` : head).replace(
    /\s+/g,
    ' ',
  );
  return sentence.length > LONGEST_STATUS_MESSAGE
    ? `${sentence.slice(0, LONGEST_STATUS_MESSAGE - 1)}…`
    : sentence;
}
