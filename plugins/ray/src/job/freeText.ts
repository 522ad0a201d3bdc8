import {
  describeBytes,
  type FreeAmounts,
  type JobResources,
} from '@ml-platform/rayjob';

const LIST = new Intl.ListFormat('en-US');

const AMOUNTS = {
  cpu: (amount: number) => `${amount / 1_000} CPU`,
  memory: (amount: number) => `${describeBytes(amount)} of memory`,
  gpu: (amount: number) => (amount === 1 ? '1 GPU' : `${amount} GPUs`),
} as const;
const KINDS = ['cpu', 'memory', 'gpu'] as const;

/**
 * What a cluster has free of what a job asks for, in a sentence.
 *
 * @param asked - by the job
 */
export function freeText(
  { total, largest }: FreeAmounts,
  asked: JobResources,
): string | undefined {
  const kinds = KINDS.filter(kind => asked[kind] > 0);
  const words = (amounts: FreeAmounts['total']) =>
    LIST.format(kinds.map(kind => AMOUNTS[kind](amounts[kind])));
  if (kinds.length === 0) {
    return undefined;
  }
  return `The cluster has ${words(total)} free, at most ${words(largest)} on one node`;
}
