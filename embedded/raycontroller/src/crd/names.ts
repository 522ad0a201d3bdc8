import { randomInt } from 'node:crypto';
import type { RayCluster } from './rayCluster';

/** Kubernetes' alphabet for generated names: no vowels, so no words. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
/** 63, less `-worker-` and the five characters that the API server appends. */
const POD_PREFIX_LENGTH = 50;

/** Longest names, so that the names derived from them still fit. */
export const maxNameLength = { rayCluster: 53, rayJob: 47 } as const;

export function randomSuffix(length = 5): string {
  return Array.from(
    { length },
    () => ALPHABET[randomInt(ALPHABET.length)],
  ).join('');
}

/** `generateName` of a pod, for example `raycluster-workers-worker-`. */
export function podGenerateName(
  prefix: string,
  nodeType: 'head' | 'worker',
): string {
  return `${prefix.slice(0, POD_PREFIX_LENGTH)}-${nodeType}-`.toLowerCase();
}

/** A label value of at most 63 characters that starts with none of `-_.`. */
export function labelValue(text: string): string {
  return text.slice(-63).replace(/^[-_.]/, 'r');
}

export function headServiceName(cluster: {
  readonly metadata: Pick<RayCluster['metadata'], 'name'>;
  readonly spec: RayCluster['spec'];
}): string {
  return (
    cluster.spec.headGroupSpec.headService?.metadata?.name ||
    `${cluster.metadata.name}-head-svc`
  );
}

/** Name of a service that every pod of the Kubernetes cluster can resolve. */
export function serviceFqdn(service: string, namespace: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}
