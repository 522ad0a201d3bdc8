import {
  InputError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Engine } from './Engine';
import { ENGINE_NAMES, ENGINES, type EngineName } from './engines';
import { lastLines } from './lastLines';
import { runProcess } from './runProcess';

interface Search {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** Whether an engine answers: docker has to reach its daemon, podman its machine. */
async function probe(
  name: EngineName,
  { env, signal }: Search,
): Promise<'ready' | 'missing' | { readonly problem: string }> {
  try {
    const { code, output } = await runProcess(name, ['version'], {
      env,
      signal,
    });
    return code === 0 ? 'ready' : { problem: lastLines(output, 1) };
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') {
      return 'missing';
    }
    throw error;
  }
}

/**
 * The engine with a name.
 * @throws {InputError} when it isn't installed
 * @throws {ServiceUnavailableError} when it is, but doesn't answer
 */
export async function openEngine(
  name: EngineName,
  search: Search,
): Promise<Engine> {
  const found = await probe(name, search);
  if (found === 'missing') {
    throw new InputError(
      `There is no ${name} on your PATH; install it, or choose another builder`,
    );
  }
  if (found !== 'ready') {
    throw new ServiceUnavailableError(
      `${name} doesn't answer; start it, or choose another builder. It says: ${found.problem}`,
    );
  }
  return new Engine({ kind: ENGINES[name], env: search.env });
}

/**
 * The first engine that answers.
 * @throws {InputError} when none does, with what to do
 */
export async function findEngine(search: Search): Promise<Engine> {
  const problems: string[] = [];
  for (const name of ENGINE_NAMES) {
    const found = await probe(name, search);
    if (found === 'ready') {
      return new Engine({ kind: ENGINES[name], env: search.env });
    }
    if (found !== 'missing') {
      problems.push(`${name} doesn't answer: ${found.problem}`);
    }
  }
  throw new InputError(
    [
      problems.length > 0
        ? 'Nothing on this machine that builds images answers; start one, or name a build service'
        : 'Neither podman nor buildah nor docker is on your PATH; install one, or name a build service',
      ...problems,
    ].join('\n'),
  );
}
