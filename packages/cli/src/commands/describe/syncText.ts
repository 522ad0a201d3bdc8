import type { JobSync } from '@ml-platform/sdk';
import { age } from '../../output/time';
import { plain } from '../../terminal/plain';

/** What Argo CD says of a job, as lines. */
export function syncText(sync: JobSync, now: Date): string {
  const { application, running, lastTriedAt, blockedBy = [] } = sync;
  const facts = [
    sync.state.replaceAll('-', ' '),
    running
      ? 'a sync is running'
      : lastTriedAt && `last sync ${age(lastTriedAt, now)} ago`,
    application && `Application ${application.name}`,
  ];
  return [
    facts.filter(Boolean).join(', '),
    sync.message,
    sync.error,
    ...blockedBy.map(
      ({ path, kind, name, message }) =>
        `${path ?? `${kind} ${name}`}: ${message}`,
    ),
  ]
    .flatMap(line => (line ? [`${plain(line)}\n`] : []))
    .join('');
}
