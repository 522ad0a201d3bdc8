import { KUEUE_GROUP } from '@ml-platform/rayjob';
import type { Check } from './doctorTypes';

/** Something that a command does, as the cluster's rules name it. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
}

/** Rights that belong together, and what doesn't work without them. */
export interface RightsGroup {
  readonly part: string;
  /** `fail` where next to nothing works without them. */
  readonly without: 'warn' | 'fail';
  /** What they are for, after "you can't". */
  readonly purpose: string;
  readonly rights: readonly Right[];
}

const right = (verb: string, path: string, group = ''): Right => {
  const [resource, subresource] = path.split('/');
  return { verb, group, resource, subresource };
};

const ray = (...verbs: readonly string[]) =>
  verbs.map(verb => right(verb, 'rayjobs', 'ray.io'));

/** What the command line and the SDK do on the cluster of the jobs. */
export const RIGHTS: readonly RightsGroup[] = [
  {
    part: 'read jobs',
    without: 'fail',
    purpose: 'list, watch and describe jobs',
    rights: ray('list', 'get', 'watch'),
  },
  {
    part: 'change jobs',
    without: 'warn',
    purpose: 'submit, stop and delete jobs, except by pull requests',
    rights: ray('create', 'patch', 'delete'),
  },
  {
    part: 'read logs',
    without: 'fail',
    purpose: 'read logs, and why jobs wait',
    rights: [
      right('list', 'pods'),
      right('get', 'pods'),
      right('get', 'pods/log'),
    ],
  },
  {
    part: 'read events',
    without: 'warn',
    purpose: "see a job's events",
    rights: [right('list', 'events')],
  },
  {
    part: 'reach Ray',
    without: 'warn',
    purpose: 'stop a running entrypoint, or read logs in HTTPMode',
    rights: [right('get', 'services/proxy'), right('create', 'services/proxy')],
  },
  {
    part: 'forward ports',
    without: 'warn',
    purpose: "use 'ml-platform port-forward'",
    rights: [right('list', 'services'), right('create', 'pods/portforward')],
  },
  {
    part: 'scale',
    without: 'warn',
    purpose: "use 'ml-platform scale'",
    rights: [
      right('list', 'rayclusters', 'ray.io'),
      right('patch', 'rayclusters', 'ray.io'),
    ],
  },
];

/** What they do besides on a cluster that has Kueue. */
export const KUEUE_RIGHTS: RightsGroup = {
  part: 'leave queues',
  without: 'warn',
  purpose: 'stop a job that has a Kueue queue',
  rights: [
    right('list', 'workloads', KUEUE_GROUP),
    right('patch', 'workloads', KUEUE_GROUP),
  ],
};

/** A right as `kubectl auth can-i` writes it. */
export function rightText({ verb, resource, subresource }: Right): string {
  return `${verb} ${resource}${subresource ? `/${subresource}` : ''}`;
}

/**
 * Whether the rights of a group are there.
 * @param missing - those of its rights that aren't
 */
export function rightsCheck(
  { part, without, purpose, rights }: RightsGroup,
  missing: readonly Right[],
  namespace: string,
): Check {
  if (missing.length === 0) {
    return {
      part: `right to ${part}`,
      result: 'ok',
      detail: rights.map(rightText).join(', '),
    };
  }
  const list = missing.map(rightText).join(', ');
  return {
    part: `right to ${part}`,
    result: without,
    detail: `you may not ${list} in ${namespace}`,
    remedy: `Without it you can't ${purpose}; ask whoever runs the cluster for: ${list}`,
  };
}
