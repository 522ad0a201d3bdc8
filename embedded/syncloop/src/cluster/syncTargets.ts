import { stringifyError } from '@backstage/errors';
import { ResourceResult } from '../application/Application';
import { Target } from '../compare/compareApplication';
import { KubeManifest } from '../types';
import { Cluster } from './Cluster';

/** Kinds that others live in or follow come first; everything else after. */
const FIRST = [
  'Namespace',
  'CustomResourceDefinition',
  'AppProject',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
];

const rank = ({ key }: Target) => {
  const index = FIRST.indexOf(key.kind);
  return index < 0 ? FIRST.length : index;
};

export interface SyncInput {
  readonly cluster: Cluster;
  readonly targets: readonly Target[];
  /** Namespace to make first, for `CreateNamespace=true`. */
  readonly createNamespace?: string;
  readonly onApplied: (manifest: KubeManifest, live: KubeManifest) => void;
}

async function ensureNamespace(cluster: Cluster, name: string): Promise<void> {
  const resource = await cluster.resource('v1', 'Namespace');
  if ((await cluster.live(resource)).get(undefined, name)) return;
  await cluster.apply(resource, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  });
}

async function syncOne(
  { cluster, onApplied }: SyncInput,
  target: Target,
): Promise<Pick<ResourceResult, 'status' | 'message'>> {
  const { resource, desired, live, problem } = target;
  if (!resource || problem) {
    return { status: 'SyncFailed', message: problem ?? 'Unknown kind' };
  }
  if (desired) {
    const applied = await cluster.apply(resource, desired);
    onApplied(desired, applied);
    return {
      status: 'Synced',
      message: `${resource.kind.toLocaleLowerCase('en-US')}.${resource.group || 'core'}/${desired.metadata.name} serverside-applied`,
    };
  }
  if (live) await cluster.delete(resource, live);
  return { status: 'Pruned', message: 'pruned' };
}

/** Applies and prunes one object after another; one that fails stops no other. */
export async function syncTargets(input: SyncInput): Promise<ResourceResult[]> {
  if (input.createNamespace) {
    await ensureNamespace(input.cluster, input.createNamespace);
  }
  const results: ResourceResult[] = [];
  const ordered = [...input.targets].sort((a, b) => rank(a) - rank(b));
  for (const target of ordered) {
    const { group, version, kind, namespace = '', name } = target.key;
    const outcome = await syncOne(input, target).catch(error => ({
      status: 'SyncFailed' as const,
      message: stringifyError(error),
    }));
    results.push({
      group,
      version,
      kind,
      namespace,
      name,
      ...outcome,
      syncPhase: 'Sync',
    });
  }
  return results;
}
