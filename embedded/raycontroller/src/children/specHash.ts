import { createHash } from 'node:crypto';
import type { RayClusterSpec } from '../crd/rayCluster';
import type { PodTemplate } from '@ml-platform/embedded-controller-runtime';

/**
 * Tells two specs apart where the pods would differ; scaling, and what a queue
 * (Kueue) puts into a template, count for nothing.
 */
export function specHash(spec: RayClusterSpec): string {
  const { upgradeStrategy: _, ...rest } = spec;
  const compared = {
    ...rest,
    headGroupSpec: {
      ...spec.headGroupSpec,
      template: withoutScheduling(spec.headGroupSpec.template),
    },
    workerGroupSpecs: (spec.workerGroupSpecs ?? []).map(group => ({
      ...group,
      replicas: undefined,
      minReplicas: undefined,
      maxReplicas: undefined,
      scaleStrategy: undefined,
      template: withoutScheduling(group.template),
    })),
  };
  return createHash('sha256')
    .update(stableJson(compared))
    .digest('hex')
    .slice(0, 32);
}

function withoutScheduling(template: PodTemplate): PodTemplate {
  const spec: PodTemplate['spec'] & {
    tolerations?: unknown;
    schedulingGates?: unknown;
  } = template.spec;
  return {
    ...template,
    spec: {
      ...spec,
      ...{ tolerations: undefined, schedulingGates: undefined },
    },
  };
}

/** JSON whose keys are in alphabetical order. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}
