/** Shortest and longest pause between tries, in ms; each is twice the one before. */
export interface Pauses {
  readonly min: number;
  readonly max: number;
}

/** What kubelet tries again. */
export interface KubeletBackoff {
  /** Restarts of a container, after the first, which comes at once. */
  readonly restart: Pauses;
  /** Tries to pull an image. */
  readonly pull: Pauses;
  /** Tries to make what a pod needs. */
  readonly setup: Pauses;
}

/** Kubelet's own pauses. */
export const kubeletBackoff: KubeletBackoff = {
  restart: { min: 10_000, max: 300_000 },
  pull: { min: 10_000, max: 300_000 },
  setup: { min: 500, max: 122_000 },
};

/** Pauses that are not spread by chance: a status tells people how long they are. */
export const exactly = (pauses: Pauses) => ({ ...pauses, random: () => 1 });
