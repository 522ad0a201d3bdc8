import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isError } from '@backstage/errors';
import type { Check, CheckInput, Environment } from './doctorTypes';
import { httpAnswer } from './httpAnswer';

const run = promisify(execFile);

/** Milliseconds for a builder to say its version. */
const LIMIT = 5_000;
const LOCAL_BUILDERS = ['docker', 'podman', 'buildah'] as const;
const part = 'builder';

type Tried =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly missing: boolean; readonly error: string };

/** Whether a program is there and works: docker's also needs its daemon. */
async function tryBuilder(
  name: string,
  env: Environment,
  signal: AbortSignal,
): Promise<Tried> {
  const args =
    name === 'docker'
      ? ['version', '--format', '{{.Server.Version}}']
      : ['--version'];
  try {
    const { stdout } = await run(name, args, {
      env: { ...env },
      signal,
      timeout: LIMIT,
    });
    return { ok: true, version: stdout.trim().split('\n')[0] };
  } catch (error) {
    const missing = isError(error) && error.code === 'ENOENT';
    const said =
      isError(error) && typeof error.stderr === 'string'
        ? error.stderr.trim().split('\n')[0]
        : '';
    return { ok: false, missing, error: said || `${name} failed` };
  }
}

async function checkService(
  url: string | undefined,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Check> {
  if (!url) {
    return {
      part,
      result: 'fail',
      detail: 'builder.url is missing',
      remedy: 'Set the address of the build service as builder.url',
    };
  }
  const answer = await httpAnswer(url, {
    signal,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  if (!answer.ok) {
    return {
      part,
      result: 'fail',
      detail: `the build service at ${url} doesn't answer: ${answer.error}`,
      remedy: 'Check builder.url of your settings, and that the service runs',
    };
  }
  return answer.status === 401 || answer.status === 403
    ? {
        part,
        result: 'fail',
        detail: `the build service at ${url} doesn't accept the token`,
        remedy: 'Set a token that holds as builder.token',
      }
    : { part, result: 'ok', detail: `build service at ${url}` };
}

/** Whether there is something that builds images. */
export async function checkBuilder({
  settings: { builder = {} },
  env,
  signal,
}: CheckInput): Promise<Check> {
  const { type, url, token } = builder;
  if (type === 'service') {
    return checkService(url, token, signal);
  }
  const names = type === undefined ? LOCAL_BUILDERS : [type];
  const problems: string[] = [];
  for (const name of names) {
    const tried = await tryBuilder(name, env, signal);
    if (tried.ok) {
      const version = tried.version.startsWith(name)
        ? tried.version
        : `${name} ${tried.version}`;
      return { part, result: 'ok', detail: version };
    }
    problems.push(
      tried.missing ? `${name} isn't installed` : `${name}: ${tried.error}`,
    );
  }
  return {
    part,
    result: type === undefined ? 'warn' : 'fail',
    detail: problems.join('; '),
    remedy:
      'To build images, install docker, podman or buildah and start it, or name a build service as builder.url',
  };
}
