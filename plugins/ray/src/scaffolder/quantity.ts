import { validateCpu, validateMemory } from '@ml-platform/rayjob';

export type QuantityKind = 'cpu' | 'memory';

/** A quantity as the form shows it: a number and a unit. */
export interface QuantityParts {
  readonly number: string;
  /** Absent if there is no unit, or one that the form doesn't offer. */
  readonly unit?: string;
}

export const UNITS: Readonly<
  Record<
    QuantityKind,
    readonly { readonly unit: string; readonly title: string }[]
  >
> = {
  cpu: [
    { unit: '', title: 'cores' },
    { unit: 'm', title: 'thousandths of a core' },
  ],
  memory: [
    { unit: 'Mi', title: 'MiB' },
    { unit: 'Gi', title: 'GiB' },
    { unit: 'Ti', title: 'TiB' },
  ],
};

/** Splits a Kubernetes quantity. The number is the whole text if that isn't possible. */
export function splitQuantity(
  quantity: string,
  kind: QuantityKind,
): QuantityParts {
  const match = /^([\d.]*)([A-Za-z]*)$/.exec(quantity.trim());
  const known = match && UNITS[kind].some(({ unit }) => unit === match[2]);
  return known ? { number: match[1], unit: match[2] } : { number: quantity };
}

/** Joins a number and a unit. A unit that was typed with the number wins. */
export function joinQuantity({ number, unit }: QuantityParts): string {
  const typed = number.trim();
  return typed === '' || /[A-Za-z]$/.test(typed)
    ? typed
    : `${typed}${unit ?? ''}`;
}

/** What is wrong with a quantity, if anything. */
export function quantityProblem(
  quantity: string,
  kind: QuantityKind,
): string | undefined {
  if (!quantity) {
    return kind === 'cpu'
      ? 'Enter cores, for example 2 or 0.5'
      : 'Enter memory with a unit, for example 4Gi';
  }
  return kind === 'cpu' ? validateCpu(quantity) : validateMemory(quantity);
}
