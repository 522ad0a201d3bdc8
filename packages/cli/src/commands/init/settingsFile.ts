import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { ConflictError, isError } from '@backstage/errors';
import { parseSettings, type PlatformSettings } from '@ml-platform/sdk';

const HEADER =
  "# Settings of ml-platform; 'ml-platform doctor' checks them.\n# Keep tokens out of files that you share: GITHUB_TOKEN holds git's.\n";

/** Settings without what isn't set, and without other files' secrets. */
export function ownSettings(
  settings: PlatformSettings,
  existing: PlatformSettings,
): PlatformSettings {
  const { projectId, kubeconfig, contexts, cluster, namespace } = settings;
  const { registry, builder, git, portal, via, user } = settings;
  // In the order in which people read them.
  const own = {
    projectId,
    kubeconfig,
    contexts: contexts?.workload || contexts?.management ? contexts : undefined,
    cluster,
    namespace,
    registry,
    builder: builder && { ...builder, token: existing.builder?.token },
    git: git && { ...git, token: existing.git?.token },
    portal,
    via,
    user,
  };
  // Leaves out what is undefined, at every depth.
  return JSON.parse(JSON.stringify(own));
}

/** What a file says now; nothing where it isn't there, or is wrong. */
export async function readSettingsFile(
  file: string,
): Promise<PlatformSettings | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  try {
    return parseSettings(text, file);
  } catch {
    return {};
  }
}

/** The text of a settings file; a kubeconfig beside or below it by its relative path. */
export async function settingsText(
  settings: PlatformSettings,
  file: string,
): Promise<string> {
  const { writeYaml } = await import('../../output/yaml');
  const { kubeconfig } = settings;
  const path = kubeconfig && relative(dirname(file), kubeconfig);
  const text = `${HEADER}${writeYaml(
    path && !path.startsWith('..')
      ? { ...settings, kubeconfig: path }
      : settings,
  )}`;
  parseSettings(text, file);
  return text;
}

/**
 * Writes a file; only its owner may read one with a token.
 * @throws {ConflictError} when it is there, unless it is to be replaced
 */
export async function writeSettingsFile(
  file: string,
  text: string,
  { replace, secret }: { readonly replace: boolean; readonly secret: boolean },
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, text, {
      flag: replace ? 'w' : 'wx',
      mode: secret ? 0o600 : 0o644,
    });
  } catch (error) {
    throw isError(error) && error.code === 'EEXIST'
      ? new ConflictError(
          `${file} is there already; replace it with --force, or edit it`,
        )
      : error;
  }
}
