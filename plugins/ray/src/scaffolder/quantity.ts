import { validateCpu, validateMemory } from '@ml-platform/rayjob';

export type QuantityKind = 'cpu' | 'memory';

/** A quantity as the form shows it: a number, and the unit that it counts. */
export interface QuantityParts {
  readonly number: string;
  /** Absent for a unit that the form does not offer, or a number without one. */
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

/** Takes a Kubernetes quantity apart; the whole of it is the number if it is none. */
export function splitQuantity(
  quantity: string,
  kind: QuantityKind,
): QuantityParts {
  const match = /^([\d.]*)([A-Za-z]*)$/.exec(quantity.trim());
  const known = match && UNITS[kind].some(({ unit }) => unit === match[2]);
  return known ? { number: match[1], unit: match[2] } : { number: quantity };
}

/** The quantity that number and unit make; a unit typed with the number counts. */
export function joinQuantity({ number, unit }: QuantityParts): string {
  const typed = number.trim();
  return typed === '' || /[A-Za-z]$/.test(typed)
    ? typed
    : `${typed}${unit ?? ''}`;
}

/** What is wrong with a quantity of its kind, if anything is. */
export function quantityProblem(
  quantity: string,
  kind: QuantityKind,
): string | undefined {
  if (!quantity) {
    return kind === 'cpu'
      ? 'Give cores, as 2 or 0.5'
      : 'Give memory with its unit, as 4Gi';
  }
  return kind === 'cpu' ? validateCpu(quantity) : validateMemory(quantity);
}
