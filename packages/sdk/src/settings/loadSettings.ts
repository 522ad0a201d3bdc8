import { readFile } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { InputError, isError } from '@backstage/errors';
import { parseSettings } from './parseSettings';
import type { PlatformSettings } from './PlatformSettings';
import { userFolder } from './userFolder';

// Not node:fs/promises, which takes longer to load than the files to read.
const read = promisify(readFile);

/** Name of a project's settings file. */
export const PROJECT_FILE = '.ml-platform.yaml';
/** Where `npm start` leaves the settings of the platform that it runs. */
const RUNNING_FILE = join('.local', 'ml-platform.yaml');

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings, and the files that they come from, the strongest first. */
export interface LoadedSettings {
  readonly settings: PlatformSettings;
  readonly files: readonly string[];
}

/** The user's own settings file. */
export function userSettingsFile(env: Environment): string {
  return join(userFolder(env), 'config.yaml');
}

function* foldersUpFrom(folder: string): Generator<string> {
  yield folder;
  const parent = dirname(folder);
  if (parent !== folder) {
    yield* foldersUpFrom(parent);
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await read(file, 'utf8');
  } catch (error) {
    const code = isError(error) && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') {
      return undefined;
    }
    throw new InputError(
      `Couldn't read ${file}: ${isError(error) ? error.message : String(error)}`,
    );
  }
}

function fromEnvironment(env: Environment): PlatformSettings {
  const {
    ML_PLATFORM_PORTAL: portal,
    ML_PLATFORM_CONTEXT: workload,
    ML_PLATFORM_NAMESPACE: namespace,
    ML_PLATFORM_REGISTRY: registry,
    ML_PLATFORM_USER: user,
  } = env;
  return {
    ...(portal && { portal, via: 'portal' }),
    ...(workload && { contexts: { workload } }),
    ...(namespace && { namespace }),
    ...(registry && { registry }),
    ...(user && { user }),
  };
}

/**
 * A section of two files: where both are about the same thing, what only one says
 * counts, as a token does that isn't for the project's file.
 */
function section<Section extends object>(
  strong: Section | undefined,
  weak: Section | undefined,
  name: keyof Section,
): Section | undefined {
  return strong && weak && strong[name] === weak[name]
    ? { ...weak, ...strong }
    : (strong ?? weak);
}

function merge(
  strong: PlatformSettings,
  weak: PlatformSettings,
): PlatformSettings {
  const git = section(strong.git, weak.git, 'repository');
  const builder = section(strong.builder, weak.builder, 'url');
  return {
    ...weak,
    ...strong,
    // The names of contexts belong to the kubeconfig that was said with them.
    contexts: strong.kubeconfig
      ? strong.contexts
      : { ...weak.contexts, ...strong.contexts },
    ...(git && { git }),
    ...(builder && { builder }),
  };
}

/**
 * The settings that hold in a folder: those given, of the environment, of the
 * project's file, of the platform that `npm start` runs in this checkout, and of
 * the user's file; what comes first wins.
 *
 * @throws {InputError} for a file that is wrong
 */
export async function loadSettings(
  given: PlatformSettings,
  options: {
    readonly cwd?: string;
    readonly env?: Environment;
  } = {},
): Promise<LoadedSettings> {
  const { cwd = process.cwd(), env = process.env } = options;
  const folders = [...foldersUpFrom(cwd)];
  const candidates = [
    ...folders.map(folder => join(folder, PROJECT_FILE)),
    ...folders.map(folder => join(folder, RUNNING_FILE)),
    userSettingsFile(env),
  ];
  const texts = await Promise.all(candidates.map(readIfThere));
  const found = candidates.flatMap((file, i) => {
    const text = texts[i];
    return text === undefined ? [] : [{ file, text }];
  });
  return {
    settings: [
      given,
      fromEnvironment(env),
      ...found.map(({ file, text }) => parseSettings(text, file)),
    ].reduce(merge),
    files: found.map(({ file }) => file),
  };
}
