import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import { readRecording, type Recording } from '@ml-platform/recordings';
import { startRealBackend } from './realBackend';
import { RecordedCluster } from './RecordedCluster';
import { Viewer, type SeenLog } from './Viewer';

/** Times as fast as it was: KubeRay and Ray take seconds for what is looked at each second. */
const SPEED = 4;
/**
 * Milliseconds after which nothing more comes of a cluster on which nothing
 * happens: the archive looks for a further submitter after 5 s.
 */
const QUIET = 7_000;

/** What viewers saw of a recorded job. */
export interface Seen {
  readonly recording: Recording;
  /** Its rows in the list, one after the other. */
  readonly rows: readonly JobSummary[];
  /** The driver's log, followed from the job's first row on. */
  readonly followed: SeenLog;
  /** The same over a new connection after each batch of lines. */
  readonly resumed: SeenLog;
  /** The logs of all containers, followed together. */
  readonly merged: SeenLog;
  /** The driver's log, read after the end. */
  readonly afterwards: SeenLog;
  /** The logs of the containers that are still there, read after the end. */
  readonly left: SeenLog;
  /** The driver's log of the first attempt, read after the end. */
  readonly firstAttempt: SeenLog;
  /** The page of the job after the end. */
  readonly detail: JobDetail;
}

/**
 * Plays recordings at the same time on one cluster, in front of the plugin as
 * the portal runs it, and answers what its HTTP API showed.
 */
export async function seeRecordings(
  scenarios: readonly string[],
): Promise<ReadonlyMap<string, Seen>> {
  const folder = await mkdtemp(join(tmpdir(), 'replay-'));
  const cluster = await RecordedCluster.start(SPEED);
  const backend = await startRealBackend({
    clusters: [{ name: 'c', url: cluster.api.url }],
    ray: {
      logs: {
        archive: { type: 'directory', path: folder },
        maxStreamsPerUser: 1_000,
      },
    },
  });
  await backend.started;
  try {
    const viewer = new Viewer(backend, 'c');
    const following = new Map<string, Following>();
    const list = viewer.watchList(row => {
      const known = following.get(row.name) ?? follow(viewer, row);
      known.rows.push(row);
      following.set(row.name, known);
    });
    const recordings = scenarios.map(readRecording);
    await Promise.all(recordings.map(one => cluster.play(one)));
    await viewer.quiet(QUIET);
    viewer.leave();
    await list;
    const seen = new Map<string, Seen>();
    for (const recording of recordings) {
      const { scenario } = recording;
      const one = following.get(scenario);
      const row = one?.rows.at(-1);
      if (!one || !row) {
        throw new Error(`Nobody saw the job ${scenario}`);
      }
      seen.set(scenario, {
        recording,
        rows: one.rows,
        followed: await one.followed,
        resumed: await one.resumed,
        merged: await one.merged,
        ...(await lookBack(new Viewer(backend, 'c'), row)),
      });
    }
    return seen;
  } finally {
    await backend.stop();
    await cluster.close();
    await rm(folder, { recursive: true });
  }
}

interface Following {
  readonly rows: JobSummary[];
  readonly followed: Promise<SeenLog>;
  readonly resumed: Promise<SeenLog>;
  readonly merged: Promise<SeenLog>;
}

function follow(viewer: Viewer, row: JobSummary): Following {
  return {
    rows: [],
    followed: viewer.readLog(row, { follow: true }),
    resumed: viewer.readLog(row, { follow: true, reconnect: true }),
    merged: viewer.readLog(row, { follow: true, source: 'all' }),
  };
}

async function lookBack(viewer: Viewer, row: JobSummary) {
  return {
    afterwards: await viewer.readLog(row),
    left: await viewer.readLog(row, { source: 'all' }),
    firstAttempt: await viewer.readLog(row, { source: 'driver/1' }),
    detail: await viewer.detail(row.namespace, row.name),
  };
}
