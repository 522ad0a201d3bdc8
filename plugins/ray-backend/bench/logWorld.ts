// A cluster in memory that gives out logs as fast as it can: what is measured is
// the reader.
import { PODS } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { answer } from './helper';
import { benchJob, benchPod, logText, type LogWorldOrder } from './logObjects';

/** Lines in one piece, about 64 KB as a proxy passes them on. */
const PIECE = 700;

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

async function start(order: LogWorldOrder): Promise<object> {
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
  log.past = {
    stamped: pieces(order.lines, i => `${stamp(i)} ${logText(i)}\n`),
    plain: pieces(order.lines, i => `${logText(i)}\n`),
  };
  log.end();
  for (let i = 0; i < order.liveLines; i += 1) {
    api.log(namespace, live, container).append(stamp(i), logText(i));
  }
  return { url: api.url };
}

process.once('message', (order: LogWorldOrder) => {
  start(order).then(answer, error => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
    process.disconnect();
  });
});
