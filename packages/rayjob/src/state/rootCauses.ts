/** The words by which a problem of a job is known: `reason` of its state. */
export const CRASHES = 'CrashLoopBackOff';
export const CONTAINER_FAILED = 'ContainerFailed';
export const OUT_OF_MEMORY = 'OOMKilled';

export const IMAGE_REASONS: ReadonlySet<string> = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
]);

export const START_REASONS: ReadonlySet<string> = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'ContainerCannotRun',
]);

/** A pod that its node or the cluster took away. */
const TAKEN_AWAY: ReadonlySet<string> = new Set([
  'DeletionByPodGC',
  'EvictionByEvictionAPI',
  'Evicted',
  'NodeLost',
  'NodeShutdown',
  'PreemptionByScheduler',
  'SpotNodeReclaimed',
]);

/** What a namespace or a policy refuses. */
const REFUSALS: ReadonlySet<string> = new Set([
  'PodRefused',
  'PolicyRefused',
  'QuotaExceeded',
]);

/** Reasons of problems that end a job, unlike what KubeRay says in general. */
const ROOT_CAUSES: ReadonlySet<string> = new Set([
  ...IMAGE_REASONS,
  ...START_REASONS,
  ...TAKEN_AWAY,
  ...REFUSALS,
  CRASHES,
  OUT_OF_MEMORY,
  CONTAINER_FAILED,
  'RayUnreachable',
  'SubmitterEnded',
  'Unschedulable',
  'WaitingForRayCluster',
]);

/** KubeRay's reasons for a job that did not get as far as it should in time. */
const TOO_LATE: ReadonlySet<string> = new Set([
  'DeadlineExceeded',
  'JobDeploymentStatusTransitionGracePeriodExceeded',
  'JobStatusCheckTimeoutExceeded',
  'PreRunningDeadlineExceeded',
  'SubmissionFailed',
]);

/** Reasons that say no more than that a job failed. */
const GENERAL: ReadonlySet<string> = new Set(['AppFailed', 'Failed']);

/** What a program says that lost a process, a node or what it had in memory. */
const LOST_PROCESS =
  /\b(?:\w*(?:WorkerCrashed|ActorDied|RayActor|ActorUnavailable|NodeDied|RayletDied|ObjectLost|ObjectReconstructionFailed\w*|OwnerDied)Error|ray\.exceptions\.OutOfMemoryError|Killed)\b|exit code (?:137|-9)\b/;

const TELLS_ERROR = /\bexit code -?\d+(?: \([^)]*\))?: ./;

/** Ray's memory monitor killed a task, before the kernel would have. */
const RAY_OUT_OF_MEMORY = /\bray\.exceptions\.OutOfMemoryError\b/;

/** True for the reason of a problem that explains a failure after it. */
export function isRootCause(reason: string | undefined): boolean {
  return reason !== undefined && ROOT_CAUSES.has(reason);
}

/** True for a problem that makes a Ray node go away, and with it what ran there. */
export function losesNode(reason: string | undefined): boolean {
  return (
    reason !== undefined && (reason === OUT_OF_MEMORY || TAKEN_AWAY.has(reason))
  );
}

/** True for a message of KubeRay that goes on with the program's own error. */
export function tellsError(message: string | undefined): boolean {
  return message !== undefined && TELLS_ERROR.test(message);
}

/** True for a message of a program that failed as something was taken from it. */
export function tellsLoss(message: string | undefined): boolean {
  return message !== undefined && LOST_PROCESS.test(message);
}

/** The cause that a program's own error tells. */
export function causeInError(message: string | undefined): string | undefined {
  return message !== undefined && RAY_OUT_OF_MEMORY.test(message)
    ? OUT_OF_MEMORY
    : undefined;
}

/** What is known of a failure: KubeRay's word for it, and the program's error. */
interface Failure {
  readonly reason?: string;
  /** What KubeRay or the program said of it. */
  readonly message?: string;
  /** True where the program told an error of its own. */
  readonly told: boolean;
  /** True where the entrypoint ran until then. */
  readonly ran: boolean;
}

/**
 * The reason to show for a failure whose cause is known: the cause, where KubeRay
 * tells only what came of it. That a deadline passed while an image could not be
 * pulled is a problem of the image.
 */
export function failureReason(
  { reason, message, told, ran }: Failure,
  cause: string | undefined,
): string | undefined {
  if (cause === undefined || !isRootCause(cause)) {
    return reason;
  }
  if (!reason || (TOO_LATE.has(reason) && !ran)) {
    return cause;
  }
  const explains = losesNode(cause) && (!told || tellsLoss(message));
  return GENERAL.has(reason) && explains ? cause : reason;
}
