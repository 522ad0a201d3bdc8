import {
  describeBytes,
  type JobResources,
} from '@ml-platform/backstage-plugin-ray-common';

/** Resources in one line: `8 CPU · 16 GiB · 2 GPU`. Empty if there are none. */
export function formatResources({ cpu, memory, gpu }: JobResources): string {
  return [
    cpu > 0 && `${Number((cpu / 1000).toFixed(2))} CPU`,
    memory > 0 && describeBytes(memory),
    gpu > 0 && `${gpu} GPU`,
  ]
    .filter(Boolean)
    .join(' · ');
}
