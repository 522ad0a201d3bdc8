import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { JobSummary } from '@ml-platform/rayjob';
import type { LogCursor } from '@ml-platform/sdk';
import { MemoryArchive } from '../__testUtils__/MemoryArchive';
import { ArchivedLog } from '../archive/ArchivedLog';
import type { ArchiveClaims } from '../archive/ArchiveClaims';
import { archiveLine, gapLine, placeLine } from '../archive/archiveText';
import type { Clusters } from '../clusters/Clusters';
import { JobIndex } from '../jobs/JobIndex';
import { driverSource } from './driverSource';

const JOB: JobSummary = {
  cluster: 'c',
  namespace: 'training',
  name: 'j',
  uid: 'u',
  state: 'suspended',
  createdAt: '2026-11-23T21:06:21Z',
  attempt: 2,
  resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
  workers: { desired: 0, ready: 0 },
};
const PLACE = placeLine('u~driver~r~2');

describe('driverSource', () => {
  let archive: MemoryArchive;
  let index: JobIndex;
  const states = new Map<number, 'writing' | 'done' | 'empty'>();

  beforeEach(() => {
    archive = new MemoryArchive();
    index = new JobIndex();
    index.setLive(JOB);
    states.clear();
  });

  function keep(attempt: number, text: string, part?: number) {
    states.set(attempt, part === undefined ? 'done' : 'writing');
    const packed = Readable.from([gzipSync(text)]);
    return archive.write({ ...JOB, attempt, part }, packed);
  }

  async function read(cursor?: LogCursor, tailLines?: number) {
    const attempts = async () =>
      [...states].map(([attempt, state]) => ({ attempt, state }));
    const claims = { attempts } as Pick<ArchiveClaims, 'attempts'>;
    const open = driverSource({
      // Nothing is live while the job is suspended: no cluster is asked.
      clusters: {} as Clusters,
      index,
      archived: new ArchivedLog({ archive, claims: claims as ArchiveClaims }),
      job: JOB,
      previous: false,
    });
    const texts: string[] = [];
    let last: LogCursor | undefined;
    const stream = open({
      follow: false,
      start: { cursor, tailLines },
      signal: new AbortController().signal,
    });
    for await (const event of stream) {
      if (event.type === 'lines') {
        texts.push(...event.lines.map(({ text }) => text));
        last = event.cursor;
      } else if (event.type === 'gap') {
        texts.push(`[${event.reason}]`);
      }
    }
    return { texts, last };
  }

  const line = (text: string) => archiveLine({ text });

  it('has the logs of all attempts while the job is suspended', async () => {
    await keep(1, line('one') + PLACE);
    await keep(2, line('two') + PLACE);
    const { texts, last } = await read();
    expect(texts).toEqual([
      'one',
      '[Attempt 1 ended here; what follows is the log of attempt 2]',
      'two',
    ]);
    expect(last).toEqual({ kind: 'archive', attempt: 2, lines: 1 });
    expect((await read(last)).texts).toEqual([]);
  });

  it('has what is archived so far of a log that is being written', async () => {
    await keep(1, line('one') + line('two') + PLACE, 1);
    await keep(1, gapLine('lost') + line('three') + PLACE, 2);
    expect((await read()).texts).toEqual(['one', 'two', '[lost]', 'three']);
    const cursor = { kind: 'archive', attempt: 1, lines: 2 } as const;
    expect((await read(cursor)).texts).toEqual(['[lost]', 'three']);
    expect((await read(undefined, 2)).texts).toEqual(['[lost]', 'three']);
  });
});
