import type { PodTemplate, RayJob } from '../objects/kubernetes';
import type { NodePlacement } from '../render/podRequest';
import { podAmounts } from '../summary/jobResources';
import { desiredWorkersOf, mostWorkersOf } from '../summary/workers';
import type { AcceleratorPreset, JobPresets } from './jobPresets';

const GIB = 2 ** 30;
const SECONDS_PER_HOUR = 3600;

/** What a job costs while it runs. */
export interface JobCost {
  readonly currency: string;
  /** Of an hour with the workers of the start. */
  readonly perHour: number;
  /** Of an hour with as many workers as Ray's autoscaler may make. */
  readonly mostPerHour: number;
  /** Of the longest time that the job may take, with all its retries. */
  readonly most?: number;
}

type Template = PodTemplate & {
  readonly spec?: { readonly nodeSelector?: NodePlacement['nodeSelector'] };
};

/** True where a pod runs on the nodes that a placement selects. */
function runsOn(
  { spec }: Template,
  { nodeSelector = {} }: NodePlacement,
): boolean {
  return Object.entries(nodeSelector).every(
    ([key, value]) => spec?.nodeSelector?.[key] === value,
  );
}

const selects = ({ nodeSelector = {} }: NodePlacement) =>
  Object.keys(nodeSelector).length;

/** The price of one device for an hour: that of the kind which says most of its nodes. */
function devicePrice(
  resource: string,
  template: Template,
  accelerators: readonly AcceleratorPreset[],
): number | undefined {
  return accelerators
    .filter(kind => kind.resource === resource && runsOn(template, kind))
    .sort((a, b) => selects(b) - selects(a))[0]?.pricePerHour;
}

/** The resources that have no price. */
class Unpriced extends Error {
  constructor(readonly resource: string) {
    super(`${resource} has no price`);
  }
}

function podPrice(
  template: Template,
  { prices, accelerators, spot }: JobPresets,
): number {
  if (!prices) {
    return 0;
  }
  let sum = 0;
  for (const [name, amount] of podAmounts(template)) {
    if (name === 'cpu') {
      sum += (amount / 1_000) * prices.cpu;
    } else if (name === 'memory') {
      sum += (amount / GIB) * prices.memory;
    } else if (name.includes('/') && amount > 0) {
      const each = devicePrice(name, template, accelerators);
      if (each === undefined) {
        throw new Unpriced(name);
      }
      sum += amount * each;
    }
  }
  const isSpot = spot && selects(spot) > 0 && runsOn(template, spot);
  return isSpot ? sum * (prices.spot ?? 1) : sum;
}

/** How often a job may start; KubeRay counts the deadline of each attempt anew. */
const attemptsOf = ({ spec }: RayJob) =>
  1 + Math.max(0, spec?.backoffLimit ?? 0);

/**
 * What a job costs by the prices of the configuration: of its head and its workers,
 * not of its submitter. `undefined` without prices.
 */
function costOf(job: RayJob, presets: JobPresets): JobCost | undefined {
  const { spec } = job;
  const { prices } = presets;
  if (!prices) {
    return undefined;
  }
  const cluster = spec?.rayClusterSpec;
  const head = podPrice(cluster?.headGroupSpec?.template ?? {}, presets);
  const withWorkers = (counts: ReturnType<typeof mostWorkersOf>) =>
    [...counts].reduce(
      (sum, [{ template = {} }, workers]) =>
        workers > 0 ? sum + workers * podPrice(template, presets) : sum,
      head,
    );
  const mostPerHour = withWorkers(mostWorkersOf(cluster));
  const seconds = spec?.activeDeadlineSeconds;
  return {
    currency: prices.currency,
    perHour: withWorkers(desiredWorkersOf(cluster)),
    mostPerHour,
    ...(seconds === undefined
      ? {}
      : { most: (mostPerHour * seconds * attemptsOf(job)) / SECONDS_PER_HOUR }),
  };
}

/** An estimate of what a job costs, and the same as a sentence for people. */
export interface CostEstimate {
  readonly text: string;
  /** Absent where a price is missing. */
  readonly cost?: JobCost;
}

const digits = (value: number) =>
  value >= 0.1 || value === 0 ? value.toFixed(2) : value.toPrecision(2);

function costText(cost: JobCost, attempts: number): string {
  const { currency, perHour, mostPerHour, most } = cost;
  const until =
    attempts === 1
      ? 'until its deadline'
      : `for ${attempts} attempts until their deadlines`;
  const amount = (value: number) => `${digits(value)} ${currency}`;
  return [
    `about ${amount(perHour)} per hour`,
    ...(mostPerHour > perHour
      ? [`up to ${amount(mostPerHour)} with all workers`]
      : []),
    ...(most === undefined ? [] : [`at most ${amount(most)} ${until}`]),
  ].join(', ');
}

/** What a job costs, in figures and words; one function for form, API and pull request. */
export function estimateCost(job: RayJob, presets: JobPresets): CostEstimate {
  try {
    const cost = costOf(job, presets);
    return cost
      ? { text: costText(cost, attemptsOf(job)), cost }
      : { text: 'no prices configured' };
  } catch (error) {
    if (error instanceof Unpriced) {
      return { text: `no price configured for ${error.resource}` };
    }
    throw error;
  }
}
