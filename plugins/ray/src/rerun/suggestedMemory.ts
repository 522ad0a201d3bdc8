import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import {
  memoryToAskFor,
  parseBytes,
  type RunValues,
} from '@ml-platform/rayjob';

const OUT_OF_MEMORY: ReadonlySet<string> = new Set(['OOMKilled', 'Evicted']);

/** Also false where an amount can't be read. */
function isMore(memory: string, than = '0'): boolean {
  try {
    return parseBytes(memory) > parseBytes(than);
  } catch {
    return false;
  }
}

/**
 * How much memory the next run should ask for: what the job's message says, if it ran
 * out of memory in pods whose memory the form asks for: workers, or the head where it
 * does the work. A container beside Ray's may have had less than those.
 */
export function suggestedMemory(
  { summary, pods }: Pick<JobDetail, 'summary' | 'pods'>,
  { workers, memory }: RunValues,
): string | undefined {
  const { reason = '', message = '' } = summary;
  const wanted = OUT_OF_MEMORY.has(reason)
    ? memoryToAskFor(message)
    : undefined;
  const roles = pods
    .filter(pod => pod.reason === reason)
    .map(({ role }) => role);
  const ofHead =
    roles.length > 0 ? !roles.includes('worker') : message.includes('ray-head');
  return wanted && isMore(wanted, memory) && !(ofHead && workers > 0)
    ? wanted
    : undefined;
}
