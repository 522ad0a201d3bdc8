import { InputError } from '@backstage/errors';

/*
 * Kubernetes quantities, exactly: sums and products of what pods ask for, in
 * the form in which the API server would write them.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

export interface Quantity {
  /** Billionths of one. */
  readonly nano: bigint;
  /** Whether it is written with Ki, Mi, … */
  readonly binary: boolean;
}

const ONE = 1_000_000_000n;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const FORM =
  /^([+-]?)(\d+)?(?:\.(\d*))?(?:([eE][+-]?\d+)|([KMGTPE]i|[numkMGTPE]))?$/;

export const zero: Quantity = { nano: 0n, binary: false };

/** Throws InputError where the text is no quantity. */
export function parseQuantity(value: string | number): Quantity {
  const match = FORM.exec(String(value).trim());
  if (!match || (match[2] === undefined && !match[3])) {
    throw new InputError(`'${value}' is not a quantity such as 500m or 2Gi`);
  }
  const [, sign, whole = '0', fraction = '', exponent, suffix = ''] = match;
  const binary = BINARY.includes(suffix);
  let scaled = BigInt(whole + fraction) * ONE;
  if (binary) {
    scaled *= 1024n ** BigInt(BINARY.indexOf(suffix) + 1);
  } else {
    const power = exponent
      ? Number(exponent.slice(1))
      : 3 * (DECIMAL.indexOf(suffix) - DECIMAL.indexOf(''));
    scaled =
      power >= 0
        ? scaled * 10n ** BigInt(power)
        : scaled / 10n ** BigInt(-power);
  }
  const nano = ceilDivide(scaled, 10n ** BigInt(fraction.length));
  return { nano: sign === '-' ? -nano : nano, binary };
}

/** Like the API server, keeps the form of the first one that is not zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano + b.nano, binary: a.nano === 0n ? b.binary : a.binary };
}

export function multiplyQuantity(quantity: Quantity, times: number): Quantity {
  return { ...quantity, nano: quantity.nano * BigInt(times) };
}

/** Rounded up to a whole number, as Ray's command line wants it. */
export function wholeUnits(quantity: Quantity): string {
  return ceilDivide(quantity.nano, ONE).toString();
}

export function toNumber(quantity: Quantity): number {
  return Number(quantity.nano) / Number(ONE);
}

/** In the shortest form without a fraction: `2248Mi`, `400m`. */
export function formatQuantity({ nano, binary }: Quantity): string {
  if (nano === 0n) {
    return '0';
  }
  const magnitude = nano < 0n ? -nano : nano;
  const [number, suffix] =
    binary && magnitude % ONE === 0n && magnitude >= 1024n * ONE
      ? reduce(magnitude / ONE, 1024n, ['', ...BINARY])
      : reduce(magnitude, 1000n, DECIMAL);
  return `${nano < 0n ? '-' : ''}${number}${suffix}`;
}

function reduce(
  value: bigint,
  base: bigint,
  suffixes: readonly string[],
): [bigint, string] {
  let index = 0;
  let rest = value;
  while (index + 1 < suffixes.length && rest % base === 0n) {
    rest /= base;
    index += 1;
  }
  return [rest, suffixes[index]];
}

function ceilDivide(value: bigint, by: bigint): bigint {
  return value % by > 0n ? value / by + 1n : value / by;
}
