/** A failure that a person can do something about; shown as its sentence, without a stack. */
export class Problem extends Error {}

const DISK_FULL = /ENOSPC|EDQUOT|No space left on device|disk quota/i;
const NO_NETWORK =
  /RequestError|ERR_SOCKET_CLOSED|ECONNRESET|socket hang up|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network request failed|Temporary failure in name resolution/i;

/**
 * Turns the output of a failed install or build step into a sentence that
 * says what to do.
 */
export function explainFailure(what, output) {
  if (DISK_FULL.test(output)) return diskFull(what);
  if (NO_NETWORK.test(output)) {
    return new Problem(
      `${what} failed: couldn't reach the package registry. Check the network connection and the proxy settings of npm (npm config get registry, HTTPS_PROXY), then run the command again. It continues where it stopped.`,
    );
  }
  return new Problem(`${what} failed. Its last lines:\n${tail(output, 15)}`);
}

function diskFull(what) {
  return new Problem(
    `${what} failed: the disk is full. Free 3 GB where the checkout is, and 2 GB in your home folder, where npm and yarn keep what they download. Then run the command again.`,
  );
}

function tail(text, lines) {
  return text
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map(line => `    ${line}`)
    .join('\n');
}

/** Runs a command's main function; a Problem is printed as a sentence and ends with exit code 1. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    const problem = DISK_FULL.test(error.code)
      ? diskFull('Writing below the checkout')
      : error;
    if (!(problem instanceof Problem)) throw error;
    process.stderr.write(`\n${problem.message}\n`);
    process.exitCode = 1;
  }
}
