import type { Kubectl } from './Kubectl';

interface RayJob {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly suspend?: boolean };
}

/** What Kueue keeps of a job. */
export interface Workload {
  readonly metadata: {
    readonly ownerReferences?: readonly { readonly name: string }[];
  };
  readonly spec: { readonly queueName: string };
  readonly status?: {
    readonly admission?: {
      readonly podSetAssignments: readonly {
        readonly name: string;
        readonly flavors?: Readonly<Record<string, string>>;
      }[];
    };
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason: string;
      readonly message: string;
    }[];
  };
}

const list = async <T>(cluster: Kubectl, kind: string) =>
  (
    await cluster.get<{ items: readonly T[] }>(
      ...['--namespace', 'training', kind],
    )
  )?.items ?? [];

const isOf = (job: string) => (workload: Workload) =>
  workload.metadata.ownerReferences?.some(({ name }) => name === job);

/** The Workload of a job in the namespace training. */
export async function workloadOf(
  cluster: Kubectl,
  job: string,
): Promise<Workload | undefined> {
  const all = await list<Workload>(cluster, 'workloads.kueue.x-k8s.io');
  return all.find(isOf(job));
}

/** The names of those jobs that Kueue has neither let in and started nor told to wait. */
export async function undecided(cluster: Kubectl): Promise<readonly string[]> {
  const workloads = await list<Workload>(cluster, 'workloads.kueue.x-k8s.io');
  const jobs = await list<RayJob>(cluster, 'rayjobs.ray.io');
  const isDecided = ({ metadata, spec }: RayJob) => {
    const reserved = workloads
      .find(isOf(metadata.name))
      ?.status?.conditions?.find(({ type }) => type === 'QuotaReserved');
    return reserved && (reserved.status === 'False' || !spec.suspend);
  };
  return jobs.filter(job => !isDecided(job)).map(job => job.metadata.name);
}
