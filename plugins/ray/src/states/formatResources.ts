import {
  describeBytes,
  type JobResources,
  type JobWorkers,
} from '@ml-platform/rayjob';

/**
 * Resources in one line: `8 CPU · 16 GiB · 2 nvidia.com/gpu`. Empty if there are
 * none.
 */
export function formatResources({
  cpu,
  memory,
  accelerators,
}: JobResources): string {
  return [
    cpu > 0 && `${Number((cpu / 1000).toFixed(2))} CPU`,
    memory > 0 && describeBytes(memory),
    ...Object.entries(accelerators).map(([name, count]) => `${count} ${name}`),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** How far an autoscaler may go: `autoscaled from 1 to 10`; empty without one. */
export function formatScaling({ min, max }: JobWorkers): string {
  if (min === undefined) {
    return '';
  }
  return max === undefined
    ? `autoscaled from ${min}`
    : `autoscaled from ${min} to ${max}`;
}
