import { isAbsolute, dirname, resolve } from 'node:path';
import { InputError, isError } from '@backstage/errors';
import { readConfigYaml } from '@ml-platform/kube';
import type { YAMLException } from 'js-yaml';
import type { PlatformSettings } from './PlatformSettings';

/** Names of settings: a value of a kind, one of some words, or a section of them. */
type Shape = {
  readonly [name: string]:
    | 'text'
    | 'texts'
    | 'whole number'
    | 'checked later'
    | readonly string[]
    | Shape;
};

const SHAPE: Shape = {
  projectId: 'text',
  kubeconfig: 'text',
  contexts: { workload: 'text', management: 'text' },
  cluster: 'text',
  namespace: 'text',
  registry: 'text',
  builder: {
    type: 'text',
    url: 'text',
    token: 'text',
    plainHttp: 'texts',
    timeoutMinutes: 'whole number',
    kubernetes: 'checked later',
  },
  git: {
    repository: 'text',
    branch: 'text',
    path: 'text',
    apiUrl: 'text',
    token: 'text',
  },
  // Read as the portal reads its own.
  jobs: 'checked later',
  portal: 'text',
  via: ['cluster', 'portal'],
  user: 'text',
};

const isText = (value: unknown) => typeof value === 'string' && value.trim();

const isSection = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function check(value: unknown, shape: Shape[string], name: string): void {
  if (shape === 'checked later') {
    return;
  }
  if (shape === 'text') {
    if (!isText(value)) {
      throw new InputError(`${name} must be a text`);
    }
  } else if (shape === 'texts') {
    if (!Array.isArray(value) || !value.every(isText)) {
      throw new InputError(`${name} must be a list of texts`);
    }
  } else if (shape === 'whole number') {
    if (!Number.isInteger(value) || Number(value) < 1) {
      throw new InputError(`${name} must be a whole number above 0`);
    }
  } else if (Array.isArray(shape)) {
    if (!shape.includes(value)) {
      throw new InputError(`${name} must be one of ${shape.join(', ')}`);
    }
  } else if (!isSection(value)) {
    throw new InputError(`${name || 'The file'} must be a section of settings`);
  } else {
    const known: Shape = { ...(shape as Shape) };
    for (const [key, part] of Object.entries(value)) {
      const path = name ? `${name}.${key}` : key;
      if (!Object.hasOwn(known, key)) {
        throw new InputError(
          `There is no setting ${path}; use one of ${Object.keys(known).join(', ')}`,
        );
      }
      check(part, known[key], path);
    }
  }
}

const isYamlError = (error: unknown): error is YAMLException =>
  isError(error) && error.name === 'YAMLException';

/**
 * Reads the text of a settings file. Paths in it are relative to the file.
 * @throws {InputError} that names the file and the wrong setting
 */
export function parseSettings(text: string, file: string): PlatformSettings {
  try {
    const value = readConfigYaml(text) ?? {};
    check(value, SHAPE, '');
    // Checked just now, name by name.
    const settings = value as PlatformSettings;
    if (settings.git && !settings.git.repository) {
      throw new InputError('git.repository is missing');
    }
    const { kubeconfig } = settings;
    return kubeconfig && !isAbsolute(kubeconfig)
      ? { ...settings, kubeconfig: resolve(dirname(file), kubeconfig) }
      : settings;
  } catch (error) {
    if (isYamlError(error)) {
      // The whole message quotes lines, which may hold a token.
      const { line, column } = error.mark;
      throw new InputError(
        `${file}:${line + 1}:${column + 1}: couldn't read the YAML, ${error.reason}`,
      );
    }
    throw error instanceof InputError
      ? new InputError(`${file}: ${error.message}`)
      : error;
  }
}
