import { loginOf, readDockerConfig, registryHost } from './dockerLogin';
import type { Check, CheckInput } from './doctorTypes';
import { httpAnswer } from './httpAnswer';

const UNAUTHORIZED = 401;

const isLocal = (host: string) => /^(localhost|127\.|\[::1\])/.test(host);

/** Whether images can be pushed to the registry of the settings. */
export async function checkRegistry({
  settings: { registry, builder },
  env,
  signal,
}: CheckInput): Promise<Check> {
  const part = 'registry';
  if (!registry) {
    return {
      part,
      result: 'warn',
      detail: 'none is set',
      remedy:
        "To build images, name where they are pushed to with 'ml-platform init --registry'",
    };
  }
  if (builder?.type === 'service') {
    return {
      part,
      result: 'ok',
      detail: `${registry}; the build service pushes to it`,
    };
  }
  const host = registryHost(registry);
  const address = host === 'docker.io' ? 'registry-1.docker.io' : host;
  const answer = await httpAnswer(
    `${isLocal(host) ? 'http' : 'https'}://${address}/v2/`,
    { signal },
  );
  if (!answer.ok) {
    return {
      part,
      result: 'fail',
      detail: `${host} doesn't answer: ${answer.error}`,
      remedy:
        'Check the name of the registry in your settings, and whether a VPN or proxy leads there',
    };
  }
  const login = loginOf(await readDockerConfig(env), host);
  if (login) {
    return { part, result: 'ok', detail: `${registry}, login ${login}` };
  }
  if (answer.status === UNAUTHORIZED) {
    return {
      part,
      result: 'warn',
      detail: `${host} answers, and you aren't logged in to it`,
      remedy: host.endsWith('pkg.dev')
        ? `Log in with 'gcloud auth configure-docker ${host}'`
        : `Log in with 'docker login ${host}'`,
    };
  }
  return answer.status === 200
    ? { part, result: 'ok', detail: `${registry}, open to everybody` }
    : {
        part,
        result: 'warn',
        detail: `${host} answers ${answer.status} to /v2/, which isn't what a registry does`,
        remedy: 'Check the name of the registry in your settings',
      };
}
