import { once } from 'node:events';
import { isError, NotFoundError } from '@backstage/errors';
import {
  findPageService,
  findRayService,
  openClusters,
  type FoundService,
  type OpenedClusters,
  type ServiceName,
} from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { write } from '../../output/write';
import { plain } from '../../terminal/plain';
import type { PortForwardOptions } from './command';
import { Forwarding } from './Forwarding';
import { readRequest, type ForwardRequest } from './readRequest';

function findService(
  clusters: OpenedClusters,
  name: ServiceName,
  { job, rayCluster }: ForwardRequest,
  signal: AbortSignal,
): Promise<FoundService> {
  const { workload, namespace } = clusters;
  return name === 'ray'
    ? findRayService(workload, { namespace, job, rayCluster }, signal)
    : findPageService(clusters, name, signal);
}

/** Those of the services that are there; says which aren't. */
async function findAll(
  cli: Cli,
  clusters: OpenedClusters,
  request: ForwardRequest,
): Promise<readonly FoundService[]> {
  const { signal } = cli.io;
  const answers = await Promise.allSettled(
    request.names.map(name => findService(clusters, name, request, signal)),
  );
  signal.throwIfAborted();
  const found: FoundService[] = [];
  for (const [i, answer] of answers.entries()) {
    if (answer.status === 'fulfilled') {
      found.push(answer.value);
    } else if (!request.all) {
      throw answer.reason;
    } else {
      const { reason } = answer;
      const why = isError(reason) ? reason.message : String(reason);
      cli.say(plain(`Skipping ${request.names[i]}: ${why}`));
    }
  }
  if (found.length === 0) {
    throw new NotFoundError(
      'There is nothing to forward to; check the clusters with ml-platform status',
    );
  }
  return found;
}

/** The address of each on a line of its own, and what there is to know of it. */
async function printAll(
  { io, say }: Cli,
  forwardings: readonly Forwarding[],
): Promise<void> {
  for (const { service, url } of forwardings) {
    await write(io.stdout, `${plain(service.title)}: ${url}\n`);
  }
  say('Press Ctrl-C to end.');
}

function sayNotes(cli: Cli, { service, url }: Forwarding, wanted?: number) {
  if (service.note) {
    cli.say(plain(`${service.note}.`));
  }
  const { usualPort, title } = service;
  if (wanted === undefined && !url.endsWith(`:${usualPort}`)) {
    cli.say(plain(`Port ${usualPort} is taken; ${title} is at ${url}.`));
  }
}

export async function runPortForward(
  cli: Cli,
  options: PortForwardOptions,
  wanted: string | undefined,
): Promise<void> {
  const { io } = cli;
  const { signal, cwd, env, now } = io;
  const request = readRequest(options, wanted);
  const clusters = await openClusters(cli.given, { cwd, env });
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const forwardings: Forwarding[] = [];
  try {
    const found = await findAll(cli, clusters, request);
    const onScreen = io.stdout.isTTY && found.length > 1;
    for (const service of found) {
      const forwarding = await Forwarding.start(service, {
        port: request.port,
        host: request.host,
        signal: until,
        now,
        onProblem: problem => {
          if (!onScreen) {
            cli.say(plain(`${service.title}: ${problem}`));
          }
        },
      });
      forwardings.push(forwarding);
      sayNotes(cli, forwarding, request.port);
    }
    if (onScreen) {
      const { showForwardings } = await import('./showForwardings');
      await showForwardings(io, forwardings);
    } else {
      await printAll(cli, forwardings);
      if (!signal.aborted) {
        await once(signal, 'abort');
      }
    }
  } finally {
    ended.abort();
    await Promise.all(forwardings.map(({ done }) => done));
    clusters.close();
  }
}
