import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { moreMemory, type RunValues } from '@ml-platform/rayjob';

const OUT_OF_MEMORY: ReadonlySet<string> = new Set(['OOMKilled', 'Evicted']);

/**
 * How much memory the next run should ask for, if this one ran out of it in pods
 * whose memory the form asks for: workers, or the head where it does the work.
 */
export function suggestedMemory(
  { summary, pods }: Pick<JobDetail, 'summary' | 'pods'>,
  { workers, memory }: RunValues,
): string | undefined {
  const { reason = '', message = '' } = summary;
  if (!OUT_OF_MEMORY.has(reason)) {
    return undefined;
  }
  const roles = pods
    .filter(pod => pod.reason === reason)
    .map(({ role }) => role);
  const ofHead =
    roles.length > 0 ? !roles.includes('worker') : message.includes('ray-head');
  return ofHead && workers > 0 ? undefined : moreMemory(memory);
}
