import { InputError } from '@backstage/errors';
import type { JobSpec } from '../render/jobSpec';
import type { NodePlacement } from '../render/podRequest';
import type { AcceleratorPreset, JobPresets } from './jobPresets';

/** A job as people ask for it, with names of presets in place of amounts. */
export interface PresetJobSpec extends JobSpec {
  /** Name of a size; what the order says itself comes before it. */
  readonly size?: string;
  /** Name of a kind of GPU; one GPU for each worker where `gpu` isn't given. */
  readonly gpuType?: string;
  /** On nodes that may be taken away, for less. */
  readonly spot?: boolean;
}

function unknown(
  problem: string,
  known: readonly { readonly name: string }[],
): InputError {
  return new InputError(
    known.length > 0
      ? `${problem}; use ${known.map(({ name }) => name).join(', ')}`
      : `${problem}, and none is configured`,
  );
}

/** The kinds of GPUs that a cluster has. */
export function acceleratorsOf(
  { accelerators }: Pick<JobPresets, 'accelerators'>,
  cluster: string,
): readonly AcceleratorPreset[] {
  return accelerators.filter(
    ({ clusters }) => !clusters || clusters.includes(cluster),
  );
}

function merge(...placements: readonly NodePlacement[]): NodePlacement {
  return {
    nodeSelector: Object.assign(
      {},
      ...placements.map(({ nodeSelector }) => nodeSelector),
    ),
    tolerations: placements.flatMap(({ tolerations = [] }) => tolerations),
  };
}

/**
 * The specification of an order: amounts in place of the names of presets.
 *
 * @param cluster - where the job is to run
 * @throws {InputError} for a name that no preset has, with those that there are
 */
export function orderedSpec(
  order: PresetJobSpec,
  presets: JobPresets,
  cluster: string,
): JobSpec {
  const { size, gpuType, spot = false, ...given } = order;
  const preset = presets.sizes.find(({ name }) => name === size);
  if (size !== undefined && !preset) {
    throw unknown(`There is no size ${size}`, presets.sizes);
  }
  const kinds = acceleratorsOf(presets, cluster);
  const kind = kinds.find(({ name }) => name === gpuType);
  if (gpuType !== undefined && !kind) {
    throw unknown(`${cluster} has no GPU type ${gpuType}`, kinds);
  }
  if (spot && !presets.spot) {
    throw new InputError(
      'No spot nodes are configured; leave spot out, or ask whoever runs the platform',
    );
  }
  const { name: _name, title: _title, ...amounts } = preset ?? {};
  const placement = merge(
    given.placement ?? {},
    kind ?? {},
    spot && presets.spot ? presets.spot : {},
  );
  const defined = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  return {
    name: given.name,
    image: given.image,
    ...amounts,
    ...defined,
    ...(kind ? { accelerator: kind.resource, gpu: given.gpu ?? 1 } : {}),
    placement,
  };
}
