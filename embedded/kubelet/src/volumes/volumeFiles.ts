import { isError } from '@backstage/errors';
import type {
  ConfigMapSource,
  DownwardItem,
  KeyToPath,
  Pod,
  SecretSource,
  Volume,
} from '@ml-platform/embedded-controller-runtime';
import type { ConfigSource, Entries } from '../environment/ConfigSource';
import {
  fieldValue,
  type NodeFacts,
  resourceValue,
} from '../environment/fieldRef';
import { VolumeError } from './VolumeError';

/** A file of a volume; the path is relative to the volume. */
export interface VolumeFile {
  readonly path: string;
  readonly content: Buffer;
  readonly mode: number;
}

interface Context {
  readonly pod: Pod;
  readonly node: NodeFacts;
  readonly config: ConfigSource;
}

const DEFAULT_MODE = 0o644;

/**
 * The files that a volume begins with; none for an empty directory.
 *
 * @throws {VolumeError} when the kind of volume is not supported here, or
 * what it is made of is missing
 */
export async function volumeFiles(
  volume: Volume,
  context: Context,
): Promise<VolumeFile[]> {
  try {
    if (volume.configMap) {
      return await configMapFiles(volume.configMap, context);
    }
    if (volume.secret) {
      return await secretFiles(
        volume.secret,
        volume.secret.secretName,
        context,
      );
    }
    if (volume.downwardAPI) {
      return downwardFiles(volume.downwardAPI.items, context);
    }
    if (volume.projected) {
      return await projectedFiles(volume.projected, context);
    }
  } catch (error) {
    throw new VolumeError(
      `MountVolume.SetUp failed for volume "${volume.name}" : ${
        isError(error) ? error.message : error
      }`,
    );
  }
  if (volume.emptyDir) {
    return [];
  }
  const [kind = 'unknown'] = Object.keys(volume).filter(key => key !== 'name');
  throw new VolumeError(
    `MountVolume.SetUp failed for volume "${volume.name}" : the embedded node has no volumes of the kind ${kind}; use a configMap, secret, projected, downwardAPI or emptyDir`,
  );
}

async function projectedFiles(
  projected: NonNullable<Volume['projected']>,
  context: Context,
): Promise<VolumeFile[]> {
  const files: VolumeFile[] = [];
  for (const source of projected.sources ?? []) {
    if (source.configMap) {
      files.push(...(await configMapFiles(source.configMap, context)));
    }
    if (source.secret) {
      files.push(
        ...(await secretFiles(source.secret, source.secret.name, context)),
      );
    }
    // Tokens are left out: nothing in a local process has to ask the API server.
    files.push(...downwardFiles(source.downwardAPI?.items, context));
  }
  return files;
}

async function configMapFiles(
  source: ConfigMapSource,
  { pod, config }: Context,
): Promise<VolumeFile[]> {
  const { name = '', optional, items, defaultMode } = source;
  const namespace = pod.metadata.namespace ?? '';
  const entries = await config.configMap(namespace, name, optional);
  return select(entries, items, {
    defaultMode,
    optional,
    from: `configmap "${name}"`,
  });
}

async function secretFiles(
  source: Pick<SecretSource, 'items' | 'optional' | 'defaultMode'>,
  secretName: string | undefined,
  { pod, config }: Context,
): Promise<VolumeFile[]> {
  const { optional } = source;
  const name = secretName ?? '';
  const namespace = pod.metadata.namespace ?? '';
  const entries = await config.secret(namespace, name, optional);
  return select(entries, source.items, {
    defaultMode: source.defaultMode,
    optional,
    from: `secret "${name}"`,
  });
}

function select(
  entries: Entries,
  items: readonly KeyToPath[] | undefined,
  options: {
    readonly defaultMode?: number;
    readonly optional?: boolean;
    readonly from: string;
  },
): VolumeFile[] {
  const mode = options.defaultMode ?? DEFAULT_MODE;
  if (!items) {
    return [...entries].map(([path, content]) => ({ path, content, mode }));
  }
  return items.flatMap(item => {
    const content = entries.get(item.key);
    if (content) {
      return [{ path: item.path, content, mode: item.mode ?? mode }];
    }
    if (options.optional) {
      return [];
    }
    throw new VolumeError(
      `${options.from} references non-existent key: ${item.key}`,
    );
  });
}

function downwardFiles(
  items: readonly DownwardItem[] | undefined,
  { pod, node }: Context,
): VolumeFile[] {
  return (items ?? []).map(({ path, fieldRef, resourceFieldRef }) => {
    const container =
      pod.spec.containers.find(
        ({ name }) => name === resourceFieldRef?.containerName,
      ) ?? pod.spec.containers[0];
    const value = resourceFieldRef
      ? resourceValue(container, resourceFieldRef, node)
      : fieldValue(pod, fieldRef?.fieldPath ?? '', node);
    return { path, content: Buffer.from(value, 'utf8'), mode: DEFAULT_MODE };
  });
}
