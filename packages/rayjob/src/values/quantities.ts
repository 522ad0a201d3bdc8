import { InputError } from '@backstage/errors';

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY =
  /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/;

/**
 * The number that a Kubernetes quantity stands for, in its base unit (cores,
 * bytes, devices).
 *
 * Source: Kubernetes API conventions, `resource.Quantity`.
 * @throws InputError when it is not a quantity
 */
export function parseQuantity(quantity: string | number): number {
  const match = QUANTITY.exec(String(quantity).trim());
  if (!match) {
    throw new InputError(
      `'${quantity}' is not a Kubernetes quantity; write it as 2, 500m or 4Gi`,
    );
  }
  const [, digits, exponent, suffix] = match;
  const scale =
    exponent === undefined ? SUFFIXES[suffix ?? ''] : 10 ** Number(exponent);
  return Number(digits) * scale;
}

/** milliCPU of a CPU quantity, rounded up as Kubernetes does. */
export function parseCpu(quantity: string | number): number {
  return Math.ceil(Number((parseQuantity(quantity) * 1000).toFixed(6)));
}

/** Bytes of a memory quantity. */
export function parseBytes(quantity: string | number): number {
  return Math.ceil(parseQuantity(quantity));
}

/** milliCPU as a quantity: `1500m`, `2`. */
export function formatCpu(milliCpu: number): string {
  return milliCpu % 1000 === 0 ? String(milliCpu / 1000) : `${milliCpu}m`;
}

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const;

/** Bytes as an exact quantity in the largest binary unit that divides them. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value > 0 && value % 1024 === 0 && unit < BINARY.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value}${BINARY[unit]}`;
}

/** Bytes for people, with at most one decimal: `1.5 GiB`. */
export function describeBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < BINARY.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(1))} ${BINARY[unit]}B`;
}
