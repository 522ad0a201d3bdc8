import type { JobQueue } from '@ml-platform/rayjob';

/** A place in a queue for those who have room for few words: `#3 training`. */
export function shortQueuePosition({ name, position }: JobQueue): string {
  return position ? `#${position} ${name}` : name;
}

/** A place in a queue as it is read out. */
export function describeQueue({
  name,
  clusterQueue,
  position,
}: JobQueue): string {
  const queue = `queue ${name}${
    clusterQueue ? `, cluster queue ${clusterQueue}` : ''
  }`;
  return position ? `position ${position} in ${queue}` : `in ${queue}`;
}
