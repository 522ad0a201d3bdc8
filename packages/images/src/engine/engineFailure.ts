import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { lastLines } from './lastLines';

const REFUSED =
  /unauthorized|authentication required|access denied|requested access to the resource is denied|\b403 Forbidden/i;
const UNREACHABLE =
  /x509|http: server gave HTTP response|connection refused|no such host|i\/o timeout/i;
const FULL = /ENOSPC|no space left on device/i;

/** Lines of an engine's output that its error carries. */
const LINES = 8;

/** What a failed build or push means, with the last of what was said. */
export function engineFailure(
  engine: string,
  action: 'build' | 'push',
  output: string,
): Error {
  const said = lastLines(output, LINES);
  if (FULL.test(said)) {
    return new ServiceUnavailableError(
      `The disk is full: free some space, for example with \`${engine} rmi --all\` or \`docker system prune\`, then start again.\n${said}`,
    );
  }
  if (REFUSED.test(said)) {
    return new NotAllowedError(
      `The registry refuses the ${action === 'push' ? 'push' : 'base image'}: log in with \`${engine} login\`, then start again.\n${said}`,
    );
  }
  if (UNREACHABLE.test(said)) {
    return new ServiceUnavailableError(
      `Couldn't reach the registry${action === 'push' ? '' : ' of the base image, or what a step downloads'}.\n${said}`,
    );
  }
  return action === 'push'
    ? new ServiceUnavailableError(`${engine} push failed:\n${said}`)
    : new InputError(`${engine} build failed:\n${said}`);
}
