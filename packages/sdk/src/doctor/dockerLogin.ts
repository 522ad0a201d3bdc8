import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './doctorTypes';

/** The parts of Docker's `config.json` that say who is logged in where. */
interface DockerConfig {
  readonly auths?: Readonly<Record<string, unknown>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/** Docker's own registry, under the name that its configuration has. */
const DOCKER_HUB = 'https://index.docker.io/v1/';

/** The host of a registry, for example `europe-docker.pkg.dev` or `localhost:5000`. */
export function registryHost(registry: string): string {
  const [first] = registry.replace(/^https?:\/\//, '').split('/');
  return /[.:]/.test(first) || first === 'localhost' ? first : 'docker.io';
}

/** How docker, podman and buildah log in to a registry; `undefined` where they don't. */
export function loginOf(
  { auths = {}, credHelpers = {}, credsStore }: DockerConfig,
  host: string,
): string | undefined {
  if (credHelpers[host]) {
    return `by docker-credential-${credHelpers[host]}`;
  }
  const names =
    host === 'docker.io' ? [host, DOCKER_HUB] : [host, `https://${host}`];
  if (!names.some(name => Object.hasOwn(auths, name))) {
    return undefined;
  }
  return credsStore ? `by docker-credential-${credsStore}` : 'by docker login';
}

/** Docker's configuration; an empty one where it can't be read. */
export async function readDockerConfig(
  env: Environment,
): Promise<DockerConfig> {
  const folder = env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker');
  try {
    const value: unknown = JSON.parse(
      await readFile(join(folder, 'config.json'), 'utf8'),
    );
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
