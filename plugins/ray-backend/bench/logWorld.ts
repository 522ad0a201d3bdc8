// A cluster in memory that gives out logs as fast as it can: what is measured is
// the reader.
import { setTimeout } from 'node:timers/promises';
import { PODS } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { answer } from './helper';
import {
  benchJob,
  benchPod,
  logText,
  type BurstOrder,
  type LogWorldOrder,
} from './logObjects';

/** Lines in one piece, about 64 KB as a proxy passes them on. */
const PIECE = 700;

type Burst = (order: BurstOrder) => Promise<void>;

const stamp = (i: number) =>
  `2026-11-23T21:06:21.${String(i % 1e9).padStart(9, '0')}Z`;

function pieces(lines: number, text: (i: number) => string): Buffer[] {
  const all: Buffer[] = [];
  for (let i = 0; i < lines; i += PIECE) {
    const length = Math.min(PIECE, lines - i);
    const texts = Array.from({ length }, (_, k) => text(i + k));
    all.push(Buffer.from(texts.join('')));
  }
  return all;
}

async function start(order: LogWorldOrder): Promise<Burst> {
  const { namespace, job, finished, live, container } = order;
  const api = await FakeKubeApi.start();
  api.put(RAYJOBS, benchJob(order));
  const put = (name: string, phase: string, state: object) => {
    const pod = {
      ...benchPod({ namespace, job, name, container, command: [], image: '' }),
      status: {
        phase,
        containerStatuses: [{ name: container, restartCount: 0, state }],
      },
    };
    api.put(PODS, pod);
  };
  put(finished, 'Succeeded', { terminated: { exitCode: 0 } });
  put(live, 'Running', { running: {} });
  const log = api.log(namespace, finished, container);
  const { length } = order;
  log.past = {
    stamped: pieces(order.lines, i => `${stamp(i)} ${logText(i, length)}\n`),
    plain: pieces(order.lines, i => `${logText(i, length)}\n`),
  };
  log.end();
  let written = 0;
  const write = () => {
    api
      .log(namespace, live, container)
      .append(stamp(written), logText(written, length));
    written += 1;
  };
  while (written < order.liveLines) {
    write();
  }
  answer({ url: api.url });
  return async ({ perSecond, seconds }) => {
    const begin = Date.now();
    const before = written;
    const due = () =>
      Math.min(seconds, (Date.now() - begin) / 1_000) * perSecond;
    while (written - before < perSecond * seconds) {
      while (written - before < due()) {
        write();
      }
      await setTimeout(10);
    }
    answer({ lines: written });
  };
}

let burst: Promise<Burst> | undefined;

async function obey(order: LogWorldOrder | BurstOrder): Promise<void> {
  if ('type' in order) {
    await (
      await burst
    )?.(order);
  } else {
    burst = start(order);
    await burst;
  }
}

process.on('message', (order: LogWorldOrder | BurstOrder) => {
  obey(order).catch(error => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
    process.disconnect();
  });
});
