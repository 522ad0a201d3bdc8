import {
  describeBytes,
  describeExit,
  formatCpu,
  jobAdvice,
  podTroubles,
  type JobEvent,
  type JobPod,
  type JobSummary,
} from '@ml-platform/rayjob';
import type { JobDetail, PlatformSettings } from '@ml-platform/sdk';
import { jobLinks } from '../../jobs/jobLinks';
import { paintState, shortOwner } from '../../output/jobColumns';
import { table } from '../../output/table';
import { age, duration } from '../../output/time';
import type { Io } from '../../terminal/Io';
import { plain } from '../../terminal/plain';
import { painter } from '../../terminal/style';
import { nextSteps } from './nextSteps';
import { reviewText } from './reviewText';
import { syncText } from './syncText';

/** Events that are shown, the last ones. */
const MOST_EVENTS = 20;

type Field = readonly [string, string | undefined];

function fields(rows: readonly Field[]): string {
  const known = rows.flatMap(([title, value]) =>
    value ? [[`${title}:`, value] as const] : [],
  );
  const width = Math.max(...known.map(([title]) => title.length));
  return known
    .map(([title, value]) => `${title.padEnd(width)}  ${value}\n`)
    .join('');
}

function section(title: string, body: string): string {
  const lines = body
    .split('\n')
    .map(line => (line ? `  ${line}` : line))
    .join('\n');
  return body ? `\n${title}\n${lines}` : '';
}

function resources({ resources: all, workers }: JobSummary): string {
  const amounts = [
    `${formatCpu(all.cpu)} CPU`,
    describeBytes(all.memory),
    ...Object.entries(all.accelerators).map(
      ([name, count]) => `${count} ${plain(name)}`,
    ),
  ];
  return `${amounts.join(', ')} in all; ${workers.ready} of ${workers.desired} workers ready`;
}

function podReason({ reason, containers }: JobPod): string {
  const container = containers.find(one => one.reason);
  return [
    reason ?? container?.reason,
    container?.exitCode ? describeExit(container.exitCode) : undefined,
  ]
    .filter(Boolean)
    .join(': ');
}

/** Everything about a job, as text. */
export function describeText(
  detail: JobDetail,
  events: readonly JobEvent[],
  settings: PlatformSettings,
  { stdout, env, now: clock }: Io,
): string {
  const { summary, attempts, pods, review, sync, warnings = [] } = detail;
  const entrypoint = detail.entrypoint ?? summary.entrypoint;
  const now = clock();
  const paint = painter(stdout, env);
  const width = stdout.columns && stdout.columns - 2;
  const times = (time: string | undefined) =>
    time && `${time} (${age(time, now)} ago)`;
  const head = fields([
    ['Name', summary.name],
    ['Namespace', `${summary.namespace} on ${summary.cluster}`],
    ['State', paintState(summary.state, paint)],
    ['Reason', summary.reason && plain(summary.reason)],
    ['Message', summary.message && plain(summary.message)],
    ['What to do', jobAdvice(summary)?.text],
    ['Workload', summary.workload && plain(summary.workload)],
    ['Version', summary.version && plain(summary.version)],
    ['Image', summary.image && plain(summary.image)],
    ['Owner', plain(shortOwner(summary.owner))],
    ['Entrypoint', entrypoint && plain(entrypoint)],
    ['Resources', resources(summary)],
    ['Queue', summary.queue && plain(summary.queue.name)],
    ['Created', times(summary.createdAt)],
    ['Started', times(summary.startedAt)],
    ['Ended', times(summary.endedAt)],
    [
      'Took',
      summary.startedAt &&
        duration(
          Date.parse(summary.endedAt ?? now.toISOString()) -
            Date.parse(summary.startedAt),
        ),
    ],
  ]);
  const list = (rows: readonly (readonly [string, string])[]) =>
    rows.map(([first, second]) => `${first}  # ${second}\n`).join('');
  return [
    head,
    section('Warnings', warnings.map(text => `${plain(text)}\n`).join('')),
    section('Pull request', review ? reviewText(review) : ''),
    section('Argo CD', sync ? syncText(sync, now) : ''),
    section(
      'Attempts',
      attempts.length > 1
        ? table(
            attempts,
            [
              { title: 'ATTEMPT', value: one => String(one.attempt) },
              { title: 'STATE', value: one => one.state },
              { title: 'STARTED', value: one => one.startedAt ?? '' },
              { title: 'ENDED', value: one => one.endedAt ?? '' },
              { title: 'RAY CLUSTER', value: one => one.rayCluster ?? '' },
              { title: 'REASON', value: one => one.reason ?? '' },
            ],
            width,
          )
        : '',
    ),
    section(
      'Pods',
      pods.length > 0
        ? table(
            pods,
            [
              { title: 'NAME', value: pod => pod.name },
              { title: 'ROLE', value: pod => pod.group ?? pod.role },
              { title: 'PHASE', value: pod => pod.phase },
              {
                title: 'RESTARTS',
                value: pod =>
                  String(
                    pod.containers.reduce(
                      (sum, { restartCount }) => sum + restartCount,
                      0,
                    ),
                  ),
              },
              { title: 'NODE', value: pod => pod.node ?? '', rank: 1 },
              { title: 'REASON', value: podReason, rank: 2 },
            ],
            width,
          )
        : '',
    ),
    section(
      'Troubles',
      podTroubles(pods, summary.message)
        .map(({ message }) => `${plain(message)}\n`)
        .join(''),
    ),
    section(
      'Events',
      events.length > 0
        ? table(
            events.slice(-MOST_EVENTS),
            [
              { title: 'LAST SEEN', value: one => age(one.lastSeen, now) },
              { title: 'TYPE', value: one => one.type, rank: 2 },
              { title: 'REASON', value: one => one.reason },
              {
                title: 'OBJECT',
                value: one => `${one.object.kind}/${one.object.name}`,
                rank: 1,
              },
              {
                title: 'MESSAGE',
                value: one =>
                  one.count > 1
                    ? `${one.message} (${one.count}×)`
                    : one.message,
              },
            ],
            width,
          )
        : '',
    ),
    section(
      'Links',
      jobLinks(detail, settings)
        .map(({ title, url }) => `${plain(title)}: ${plain(url)}\n`)
        .join(''),
    ),
    section('Next', list(nextSteps(detail))),
  ].join('');
}
