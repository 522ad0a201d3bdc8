import type { protos } from '@google-cloud/cloudbuild';
import { CANCELLED_BUILD, type ImageBuild } from '@ml-platform/images';
import { NO_ANSWER } from './buildScript';

type Build = protos.google.devtools.cloudbuild.v1.IBuild;

const FAILURES: Readonly<Record<string, string>> = {
  CANCELLED: CANCELLED_BUILD,
  TIMEOUT:
    'The build took longer than it may; make it quicker, or raise ray.builder.timeoutMinutes',
  EXPIRED:
    "The build waited too long for a machine; check the quota of Cloud Build's region",
};

const UNANSWERED =
  "The registry couldn't be asked whether the version is there; see that it is up, and that the service account of the builds may read it";

/** Bytes and dates come as objects of protobuf. */
const time = (
  value: protos.google.protobuf.ITimestamp | null | undefined,
): string | undefined =>
  value?.seconds
    ? new Date(Number(value.seconds) * 1_000).toISOString()
    : undefined;

/** How far a build is; whether one that has ended well is there, the registry says. */
export function buildState(build: Build): Pick<
  ImageBuild,
  'error' | 'startedAt' | 'endedAt'
> & {
  readonly state: 'queued' | 'running' | 'ended' | 'failed';
} {
  const startedAt = time(build.startTime) ?? time(build.createTime);
  const endedAt = time(build.finishTime);
  const times = {
    ...(startedAt ? { startedAt } : {}),
    ...(endedAt ? { endedAt } : {}),
  };
  const status = String(build.status ?? 'QUEUED');
  switch (status) {
    case 'STATUS_UNKNOWN':
    case 'PENDING':
    case 'QUEUED':
      return { ...times, state: 'queued' };
    case 'WORKING':
      return { ...times, state: 'running' };
    case 'SUCCESS':
      return { ...times, state: 'ended' };
    default: {
      const unanswered = build.steps?.[0]?.exitCode === NO_ANSWER;
      const said = build.failureInfo?.detail || build.statusDetail;
      return {
        ...times,
        state: 'failed',
        error:
          FAILURES[status] ??
          (unanswered ? UNANSWERED : undefined) ??
          (said ||
            `Cloud Build ended the build as ${status}; its log says why`),
      };
    }
  }
}
