import { PortalKeeper } from './PortalKeeper';
import type { PortalEnd } from './portalEnd';

/** A portal that ends when the test says so. */
class FakePortal {
  end: (end: PortalEnd) => void = () => {};
  readonly ended = new Promise<PortalEnd>(resolve => {
    this.end = resolve;
  });

  async ready() {}

  async stop() {
    this.end({ code: 0, signal: null });
  }
}

const killed: PortalEnd = { code: null, signal: 'SIGKILL' };
const failed: PortalEnd = { code: 1, signal: null };

describe('PortalKeeper', () => {
  const told: string[] = [];
  let portals: FakePortal[];
  let now: number;
  let started: () => void;
  let nextStart: Promise<void>;

  const expectStart = () => {
    nextStart = new Promise(resolve => {
      started = resolve;
    });
  };

  const keep = async () => {
    const keeper = new PortalKeeper({
      start: () => {
        portals.push(new FakePortal());
        started();
        return portals[portals.length - 1];
      },
      readyMs: 1,
      report: message => told.push(message),
      logFile: 'portal.log',
      now: () => now,
      sleep: async ms => {
        now += ms;
      },
    });
    await keeper.ready();
    return keeper;
  };

  beforeEach(() => {
    told.length = 0;
    portals = [];
    now = 0;
    expectStart();
  });

  async function endLast(end: PortalEnd) {
    expectStart();
    portals[portals.length - 1].end(end);
    await nextStart;
  }

  it('names the signal and starts the portal again', async () => {
    const keeper = await keep();
    await endLast(killed);
    await portals[1].ready();
    await keeper.stop();
    expect(told).toEqual([
      'The portal was ended by SIGKILL. Starting it again in 1 s …',
      'The portal is back.',
    ]);
  });

  it('waits longer each time, and gives up in the end', async () => {
    const keeper = await keep();
    for (let time = 0; time < 5; time += 1) {
      await endLast(failed);
    }
    portals[portals.length - 1].end(killed);
    await expect(keeper.givenUp).resolves.toBe(
      'The portal was ended by SIGKILL, 6 times within 5 minutes. Its log: portal.log',
    );
    expect(portals).toHaveLength(6);
    expect(now).toBe(31_000);
  });

  it('forgets what was long ago', async () => {
    const keeper = await keep();
    for (let time = 0; time < 12; time += 1) {
      await endLast(failed);
      now += 10 * 60_000;
    }
    expect(told.filter(text => text.includes('in 1 s'))).toHaveLength(12);
    await keeper.stop();
  });

  it('starts nothing once it is stopped', async () => {
    const keeper = await keep();
    await keeper.stop();
    await keeper.givenUp;
    expect(portals).toHaveLength(1);
    expect(told).toEqual([]);
  });
});
