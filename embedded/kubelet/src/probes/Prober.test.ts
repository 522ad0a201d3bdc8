import { type Probes, runProbes } from './Prober';

/** Runs probes whose tries end as told, and notes what is seen at which second. */
async function probe(probes: Probes, tries: Record<string, boolean[]>) {
  const abort = new AbortController();
  const seen: string[] = [];
  let seconds = 0;
  const note = (what: string) => seen.push(`${seconds} s: ${what}`);
  await runProbes({
    probes,
    signal: abort.signal,
    target: {
      port: Number,
      exec: async ([name]) => {
        const ok = tries[name].shift();
        if (tries[name].length === 0) {
          abort.abort();
        }
        return { exitCode: ok ? 0 : 1, output: '' };
      },
    },
    observer: {
      started: () => note('started'),
      ready: ready => note(ready ? 'ready' : 'not ready'),
      unhealthy: kind => note(`${kind} failed once`),
      failed: kind => note(`${kind} failed`),
    },
    pause: async ms => {
      seconds += ms / 1000;
    },
  });
  return seen;
}

const command = (name: string) => ({ exec: { command: [name] } });
const yes = true;
const no = false;

describe('probes', () => {
  it('find a container without any started and ready at once', async () => {
    expect(await probe({}, {})).toEqual(['0 s: started', '0 s: ready']);
  });

  it('wait for the first try, and then for each next one', async () => {
    const readinessProbe = {
      ...command('ready'),
      initialDelaySeconds: 5,
      periodSeconds: 2,
      failureThreshold: 2,
    };
    const ready = [yes, no, no, yes, yes];
    expect(await probe({ readinessProbe }, { ready })).toEqual([
      '0 s: started',
      '5 s: ready',
      '7 s: Readiness failed once',
      '9 s: Readiness failed once',
      '9 s: not ready',
      '11 s: ready',
    ]);
  });

  it('end a container whose liveness failed three times in a row', async () => {
    const livenessProbe = command('live');
    const live = [no, no, yes, no, no, no, yes];
    const seen = await probe({ livenessProbe }, { live });
    expect(seen.slice(2)).toEqual([
      '0 s: Liveness failed once',
      '10 s: Liveness failed once',
      '30 s: Liveness failed once',
      '40 s: Liveness failed once',
      '50 s: Liveness failed once',
      '50 s: Liveness failed',
    ]);
  });

  it('hold the others back until the startup probe succeeds', async () => {
    const probes = {
      startupProbe: { ...command('up'), periodSeconds: 1 },
      readinessProbe: command('ready'),
    };
    const up = [no, yes, yes];
    expect(await probe(probes, { up, ready: [yes, yes] })).toEqual([
      '0 s: Startup failed once',
      '1 s: started',
      '1 s: ready',
    ]);
  });

  it('end a container that does not start in time', async () => {
    const startupProbe = { ...command('up'), failureThreshold: 1 };
    expect(await probe({ startupProbe }, { up: [no, no] })).toEqual([
      '0 s: Startup failed once',
      '0 s: Startup failed',
    ]);
  });
});
