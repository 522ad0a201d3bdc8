import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { InputError, isError } from '@backstage/errors';
import { z } from 'zod';
import { askCredentialHelper } from './credentialHelper';

/** What a registry knows somebody by. */
export type RegistryCredential =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string };

/** Docker Hub, by the name that images and credentials have it under. */
export const DOCKER_HUB = 'docker.io';
const DOCKER_HUB_SERVER = 'https://index.docker.io/v1/';

const authSchema = z
  .object({
    auth: z.string(),
    username: z.string(),
    password: z.string(),
    identitytoken: z.string(),
  })
  .partial();

const fileSchema = z
  .object({
    auths: z.record(z.string(), authSchema).nullish(),
    credHelpers: z.record(z.string(), z.string()).nullish(),
    credsStore: z.string().nullish(),
  })
  .passthrough();

/** Files with credentials, of docker, and of podman and buildah. */
function credentialFiles(env: NodeJS.ProcessEnv): readonly string[] {
  const home = env.HOME || homedir();
  const { REGISTRY_AUTH_FILE: named, XDG_RUNTIME_DIR: runtime } = env;
  const config = env.XDG_CONFIG_HOME || join(home, '.config');
  return [
    ...(named ? [named] : []),
    join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
    ...(runtime ? [join(runtime, 'containers', 'auth.json')] : []),
    join(config, 'containers', 'auth.json'),
  ];
}

async function readCredentialFile(file: string) {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new InputError(
      `${file} isn't a file of docker's settings: ${isError(error) ? error.message : error}`,
    );
  }
}

function readAuth(
  auth: z.infer<typeof authSchema>,
): RegistryCredential | undefined {
  if (auth.identitytoken) {
    return { identityToken: auth.identitytoken };
  }
  if (auth.username && auth.password) {
    return { username: auth.username, password: auth.password };
  }
  const pair = Buffer.from(auth.auth ?? '', 'base64').toString();
  const colon = pair.indexOf(':');
  return colon > 0
    ? { username: pair.slice(0, colon), password: pair.slice(colon + 1) }
    : undefined;
}

/**
 * The credentials that `docker login`, `podman login` or a credential helper keep for
 * a registry; `undefined` where nobody has signed in.
 *
 * Source: docker's "docker login", "Credential stores"; containers-auth.json(5).
 *
 * @throws {InputError} when a file is wrong or names a program that there is not
 * @throws {NotAllowedError} when a credential helper fails
 */
export async function findCredential(
  registry: string,
  env: NodeJS.ProcessEnv,
): Promise<RegistryCredential | undefined> {
  const server = registry === DOCKER_HUB ? DOCKER_HUB_SERVER : registry;
  const names = [server, registry, `https://${registry}`];
  for (const file of credentialFiles(env)) {
    const { auths, credHelpers, credsStore } =
      (await readCredentialFile(file)) ?? {};
    const entry = names.map(name => auths?.[name]).find(Boolean);
    const kept = entry && readAuth(entry);
    if (kept) {
      return kept;
    }
    const helper = credHelpers?.[registry] ?? credsStore;
    const told = helper && (await askCredentialHelper({ helper, server, env }));
    if (told) {
      return told;
    }
  }
  return undefined;
}
