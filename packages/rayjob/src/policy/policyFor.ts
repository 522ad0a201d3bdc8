import type { JobLimits, JobPolicy } from './jobPolicy';

const larger = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : Math.max(a, b);

/** What both allow together: the larger amount, and none where one has no limit. */
function widest(a: JobLimits, b: JobLimits): JobLimits {
  const names = Object.keys(a.accelerators ?? {}).filter(
    name => b.accelerators?.[name] !== undefined,
  );
  return {
    cpu: larger(a.cpu, b.cpu),
    memory: larger(a.memory, b.memory),
    workers: larger(a.workers, b.workers),
    accelerators: Object.fromEntries(
      names.map(name => [
        name,
        Math.max(a.accelerators?.[name] ?? 0, b.accelerators?.[name] ?? 0),
      ]),
    ),
  };
}

/**
 * The policy for one person: with the limits of the groups that they belong to,
 * where any of these has limits of its own.
 *
 * @param ownershipRefs - entity references of the person and of their groups
 */
export function policyFor(
  policy: JobPolicy,
  ownershipRefs: readonly string[],
): JobPolicy {
  const { groups, ...common } = policy;
  const refs = new Set(ownershipRefs.map(ref => ref.toLowerCase()));
  const own = Object.entries(groups ?? {})
    .filter(([name]) => refs.has(name))
    .map(([, limits]) => limits);
  return own.length > 0 ? { ...common, limits: own.reduce(widest) } : common;
}
