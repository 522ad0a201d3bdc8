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
/** The registry's own disk, in what it answers to a push. */
const REGISTRY_FULL =
  /\b507 Insufficient Storage|\bstatus(?: code)?:? 507\b|(?:unknown error|filesystem): .*no space left on device/i;

/** Lines of an engine's output that its error carries. */
const LINES = 8;

/** What is done with an image, or asked about it. */
export type EngineAction = 'build' | 'push' | 'look';

/** What to do about what depends on where an engine runs. */
export interface FailureAdvice {
  /** The disk is full. */
  readonly full: string;
  /** A registry refuses. */
  readonly refused: string;
}

const onThisMachine = (engine: string): FailureAdvice => ({
  full: `free some space, for example with \`${engine} rmi --all\` or \`docker system prune\``,
  refused: `log in with \`${engine} login\``,
});

const REFUSES: Readonly<Record<EngineAction, string>> = {
  build: 'the base image',
  push: 'the push',
  look: 'to say whether the version is there',
};

/** What a failed build, push or look means, with the last of what was said. */
export function engineFailure(
  engine: string,
  action: EngineAction,
  output: string,
  advice: FailureAdvice = onThisMachine(engine),
): Error {
  const said = lastLines(output, LINES);
  if (action === 'push' && REGISTRY_FULL.test(said)) {
    return new ServiceUnavailableError(
      `The registry is full: remove what nobody needs there, or give it more space, then start again.\n${said}`,
    );
  }
  if (FULL.test(said)) {
    return new ServiceUnavailableError(
      `The disk is full: ${advice.full}, then start again.\n${said}`,
    );
  }
  if (REFUSED.test(said)) {
    return new NotAllowedError(
      `The registry refuses ${REFUSES[action]}: ${advice.refused}, then start again.\n${said}`,
    );
  }
  if (UNREACHABLE.test(said)) {
    return new ServiceUnavailableError(
      `Couldn't reach the registry${action === 'build' ? ' of the base image, or what a step downloads' : ''}.\n${said}`,
    );
  }
  switch (action) {
    case 'build':
      return new InputError(`${engine} build failed:\n${said}`);
    case 'push':
      return new ServiceUnavailableError(`${engine} push failed:\n${said}`);
    default:
      return new ServiceUnavailableError(
        `The registry couldn't be asked whether the version is there:\n${said}`,
      );
  }
}
