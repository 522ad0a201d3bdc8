import {
  orderedSpec,
  type PresetJobSpec,
  type JobSpec,
} from '@ml-platform/rayjob';
import type { CallOptions, Platform } from '../platform/Platform';
import { checkedParameters } from './workloadParameters';

export interface OrderJobOptions extends CallOptions {
  readonly platform: Platform;
  /** Where the job is to run; the default where absent. */
  readonly cluster?: string;
  /** Folder of the checkout; the current one by default. */
  readonly cwd?: string;
}

/**
 * The specification of a job as people ask for it: its parameters checked, and amounts
 * in place of the names of presets.
 *
 * @throws {InputError} that names what is wrong, with what there is
 */
export async function orderJob(
  order: PresetJobSpec,
  { platform, cluster, cwd, signal }: OrderJobOptions,
): Promise<JobSpec> {
  const parameters = await checkedParameters(
    order.name,
    order.parameters ?? {},
    platform,
    { cwd, signal },
  );
  const checked = { ...order, parameters };
  if ((order.size ?? order.gpuType) === undefined && !order.spot) {
    return checked;
  }
  const presets = await platform.jobPresets(cluster, { signal });
  return orderedSpec(checked, presets, cluster ?? '');
}
