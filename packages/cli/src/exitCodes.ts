/** What a script can tell from how a command ended. */
export const EXIT = {
  ok: 0,
  /** The job failed or was stopped, or the platform has a fault. */
  failed: 1,
  /** The command line or the settings are wrong. */
  usage: 2,
  notFound: 3,
  /** Not allowed, not known, or in conflict with what is there. */
  refused: 4,
  unreachable: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The meanings, for help and documentation. */
export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, 'success'],
  [EXIT.failed, 'the job failed or was stopped, or the platform has a fault'],
  [EXIT.usage, 'the command line or a setting is wrong'],
  [EXIT.notFound, 'there is no such job, cluster or workload'],
  [
    EXIT.refused,
    'refused: no right to do it, or in conflict with what is there',
  ],
  [EXIT.unreachable, "the cluster or the portal doesn't answer"],
  [EXIT.interrupted, 'interrupted by Ctrl-C'],
];
