import { statusMessage } from '../state/statusMessage';

const NEEDED =
  /insufficient unused quota for (\S+) in flavor ([^\s,;]+), (\S+) more needed/g;
const TOO_MUCH =
  /insufficient quota for (\S+) in flavor ([^\s,;]+),[^()]*\(([^)]*)\)[^()]*\(([^)]*)\) > maximum capacity \(([^)]*)\)/;
const SAME_AS_OTHERS = /^Bypassed scheduling evaluation/;
const PREEMPTING = /Pending the preemption of (\d+) workload/;

function join(parts: readonly string[]): string {
  return parts.length < 2
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

/**
 * What is missing, by flavor. Kueue counts the pod sets of a job together, so
 * that the last amount of a resource is the one for the whole job.
 */
function missing(message: string): string | undefined {
  const flavors = new Map<string, Map<string, string>>();
  for (const [, resource, flavor, amount] of message.matchAll(NEEDED)) {
    const amounts = flavors.get(flavor) ?? new Map<string, string>();
    flavors.set(flavor, amounts.set(resource, amount));
  }
  const needs = [...flavors].map(([flavor, amounts]) => {
    const parts = [...amounts].map(
      ([resource, amount]) => `${amount} more ${resource}`,
    );
    return `${join(parts)} (flavor ${flavor})`;
  });
  return needs.length > 0 ? `waits for ${needs.join(', ')}` : undefined;
}

function tooMuch(message: string): string | undefined {
  const match = TOO_MUCH.exec(message);
  if (!match) {
    return undefined;
  }
  const [, resource, flavor, before, now, most] = match;
  const wanted = before === '0' ? now : `${before} + ${now}`;
  return `asks for ${wanted} ${resource}, and flavor ${flavor} can never give more than ${most}: ask for less, or use another queue`;
}

/** True when Kueue says that a job asks for more than its queue can ever have. */
export function exceedsQuota(message: string): boolean {
  return TOO_MUCH.test(message);
}

/**
 * What Kueue says of a Workload that it could not admit, as half a sentence: what
 * it waits for, or Kueue's own words where they say something else.
 *
 * Source: messages of `pkg/scheduler` and of the Workload controller of Kueue
 * 0.19.
 */
export function quotaText(message: string): string | undefined {
  const known = tooMuch(message) ?? missing(message);
  const count = PREEMPTING.exec(message)?.[1];
  if (!known) {
    return SAME_AS_OTHERS.test(message)
      ? 'waits like one that asks for the same and did not fit just now'
      : statusMessage(message);
  }
  return count
    ? `${known}; ${count} running job${count === '1' ? ' gives' : 's give'} way for it`
    : known;
}
