import { NotFoundError } from '@backstage/errors';
import {
  ApplicationSpec,
  Condition,
  Health,
  ResourceStatus,
  SyncStatus,
} from '../application/Application';
import { expandApplicationSets } from '../applicationset/expandApplicationSets';
import { Cluster, ClusterResource } from '../cluster/Cluster';
import { directoryFilter } from '../git/directoryFilter';
import { parseManifests } from '../git/parseManifests';
import { RepoReader } from '../git/RepoReader';
import { keyOf, KubeManifest, ResourceKey } from '../types';
import { Tracking, TRACKING_ID } from '../Tracking';
import { contains } from './contains';
import { objectHealth } from './health';
import { withIgnoredFields } from './ignoredFields';

/** One object of an Application: wanted, there, or both. */
export interface Target {
  readonly key: ResourceKey;
  /** Absent where the cluster does not serve the kind. */
  readonly resource?: ClusterResource;
  /** What to apply; absent for an object that is no longer in git. */
  readonly desired?: KubeManifest;
  readonly live?: KubeManifest;
  readonly status: SyncStatus;
  readonly health?: Health;
  /** Why the object can't be applied at all. */
  readonly problem?: string;
}

export interface Comparison {
  readonly targets: readonly Target[];
  readonly conditions: readonly Condition[];
  /** Every file was read, so that what is missing from git is meant to be. */
  readonly complete: boolean;
}

export interface CompareInput {
  readonly application: string;
  readonly spec: ApplicationSpec;
  readonly repository: string;
  readonly revision: string;
  readonly repo: RepoReader;
  readonly cluster: Cluster;
  readonly tracking: Tracking;
  /** What the Application's status names: kinds to look for leftovers in. */
  readonly known: readonly ResourceStatus[];
  /** Whether an object is as this manifest left it when it was last applied. */
  readonly isAsApplied: (manifest: KubeManifest, live: KubeManifest) => boolean;
}

const idOf = ({ group, kind, namespace = '', name }: ResourceKey) =>
  `${group}/${kind}/${namespace}/${name}`;

async function compareOne(
  input: CompareInput,
  manifest: KubeManifest,
): Promise<Target> {
  const { application, spec, cluster, tracking } = input;
  let resource: ClusterResource;
  try {
    resource = await cluster.resource(manifest.apiVersion, manifest.kind);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return {
      key: keyOf(manifest),
      status: 'OutOfSync',
      health: { status: 'Missing' },
      problem: error.message,
    };
  }
  const namespace = resource.namespaced
    ? (manifest.metadata.namespace ?? spec.destination.namespace ?? 'default')
    : undefined;
  const key = { ...keyOf(manifest), namespace };
  const placed: KubeManifest = {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      namespace,
      annotations: {
        ...manifest.metadata.annotations,
        [TRACKING_ID]: tracking.id(application, key),
      },
    },
  };
  const live = (await cluster.live(resource)).get(namespace, key.name);
  if (!live) {
    return {
      key,
      resource,
      desired: placed,
      status: 'OutOfSync',
      health: { status: 'Missing' },
    };
  }
  const stranger = tracking.strangerOf(live);
  const desired = withIgnoredFields(
    stranger ? withoutTracking(placed) : placed,
    live,
    spec.ignoreDifferences,
  );
  const { metadata, ...content } = desired;
  const { namespace: _placed, ...labels } = metadata;
  const same =
    contains(live.metadata, labels) &&
    (contains(live, content) || input.isAsApplied(desired, live));
  const target = { key, resource, live, health: objectHealth(live) };
  if (same) {
    return { ...target, desired, status: 'Synced' };
  }
  return stranger
    ? {
        ...target,
        status: 'OutOfSync',
        problem: `${key.kind} ${key.name} belongs to the Application ${stranger} of another installation and is left as it is`,
      }
    : { ...target, desired, status: 'OutOfSync' };
}

function withoutTracking(manifest: KubeManifest): KubeManifest {
  const { [TRACKING_ID]: _ours, ...annotations } =
    manifest.metadata.annotations ?? {};
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

/** Objects that carry our tracking id and are not in git any more. */
async function leftovers(
  input: CompareInput,
  targets: readonly Target[],
): Promise<Target[]> {
  const wanted = new Set(targets.map(({ key }) => idOf(key)));
  const kinds = new Map<string, ClusterResource>();
  for (const { resource } of targets) {
    if (resource) kinds.set(`${resource.group}/${resource.kind}`, resource);
  }
  for (const { group, version, kind } of input.known) {
    if (kinds.has(`${group}/${kind}`)) continue;
    const apiVersion = group ? `${group}/${version}` : version;
    const resource = await input.cluster
      .resource(apiVersion, kind)
      .catch(error => {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      });
    if (resource) kinds.set(`${group}/${kind}`, resource);
  }
  const found: Target[] = [];
  for (const resource of kinds.values()) {
    for (const live of (await input.cluster.live(resource)).all()) {
      const key = keyOf(live);
      const ours =
        live.metadata.annotations?.[TRACKING_ID] ===
        input.tracking.id(input.application, key);
      if (!ours || wanted.has(idOf(key))) continue;
      found.push({
        key,
        resource,
        live,
        status: 'OutOfSync',
        health: objectHealth(live),
      });
    }
  }
  return found;
}

/**
 * Compares what git wants with what is there.
 * @throws {NotFoundError} when the folder is not in git
 * @throws {ServiceUnavailableError} while git or the cluster doesn't answer
 */
export async function compareApplication(
  input: CompareInput,
): Promise<Comparison> {
  const { source } = input.spec;
  // Also where git wants nothing: then nothing else would ask the cluster.
  await input.cluster.ready();
  const files = await input.repo.files(
    input.repository,
    input.revision,
    source.path,
    directoryFilter(source.directory),
  );
  const { manifests, problems } = await expandApplicationSets(
    parseManifests(files),
    input.repo,
  );
  const conditions: Condition[] = problems.map(message => ({
    type: 'ComparisonError',
    message,
  }));
  const targets = new Map<string, Target>();
  for (const manifest of manifests) {
    const target = await compareOne(input, manifest);
    const id = idOf(target.key);
    if (targets.has(id)) {
      conditions.push({
        type: 'RepeatedResourceWarning',
        message: `Resource ${id} appears more than once in git; the last one counts.`,
      });
    }
    targets.set(id, target);
  }
  const wanted = [...targets.values()];
  return {
    targets: [...wanted, ...(await leftovers(input, wanted))],
    conditions,
    complete: problems.length === 0,
  };
}
