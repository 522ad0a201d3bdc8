import { InputError } from '@backstage/errors';

/*
 * Kubernetes quantities, exactly: parsed, summed, and written in the form in
 * which the API server writes them.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

/** An amount of cores, bytes or devices. */
export interface Quantity {
  /** Billionths of one. */
  readonly nano: bigint;
  /** Whether it is written with Ki, Mi, and so on. */
  readonly binary: boolean;
}

const ONE = 1_000_000_000n;
const MILLI = 1_000_000n;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
// A longer number or exponent is no amount that anything could have.
const FORM =
  /^([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,2})|([KMGTPE]i|[numkMGTPE]))?$/;

export const NO_QUANTITY: Quantity = { nano: 0n, binary: false };

/** Rounded up, as Kubernetes rounds. */
function ceilDivide(value: bigint, by: bigint): bigint {
  return value % by > 0n ? value / by + 1n : value / by;
}

/** @throws {InputError} when the text is not a quantity */
export function readQuantity(value: string | number): Quantity {
  const [, sign, whole, fraction = '', exponent, suffix = ''] =
    FORM.exec(String(value).trim()) ?? [];
  if (!whole && !fraction) {
    throw new InputError(
      `'${value}' is not a quantity; use a number with or without a unit, for example 2, 500m or 4Gi`,
    );
  }
  const binary = BINARY.includes(suffix);
  let scaled = BigInt(whole + fraction) * ONE;
  let divisor = 10n ** BigInt(fraction.length);
  if (binary) {
    scaled *= 1024n ** BigInt(BINARY.indexOf(suffix) + 1);
  } else {
    const power = exponent
      ? Number(exponent)
      : 3 * (DECIMAL.indexOf(suffix) - DECIMAL.indexOf(''));
    scaled *= 10n ** BigInt(Math.max(0, power));
    divisor *= 10n ** BigInt(Math.max(0, -power));
  }
  const nano = ceilDivide(scaled, divisor);
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
export function wholeUnits({ nano }: Quantity): string {
  return ceilDivide(nano, ONE).toString();
}

export function toNumber({ nano }: Quantity): number {
  return Number(nano) / Number(ONE);
}

function reduce(
  value: bigint,
  base: bigint,
  suffixes: readonly string[],
): string {
  let index = 0;
  let rest = value;
  while (index + 1 < suffixes.length && rest % base === 0n) {
    rest /= base;
    index += 1;
  }
  return `${rest}${suffixes[index]}`;
}

/** In the shortest form without a fraction: `2248Mi`, `400m`. */
export function formatQuantity({ nano, binary }: Quantity): string {
  if (nano === 0n) {
    return '0';
  }
  const magnitude = nano < 0n ? -nano : nano;
  const inBinary = binary && magnitude % ONE === 0n && magnitude >= 1024n * ONE;
  return `${nano < 0n ? '-' : ''}${
    inBinary
      ? reduce(magnitude / ONE, 1024n, ['', ...BINARY])
      : reduce(magnitude, 1000n, DECIMAL)
  }`;
}

/**
 * A quantity as the API server writes it, `1536Mi` for `1.5Gi`. Whoever compares a manifest
 * with its object, as Argo CD does, would take any other form for a difference.
 *
 * @throws {InputError} when it is not a quantity
 */
export function canonicalQuantity(quantity: string | number): string {
  return formatQuantity(readQuantity(quantity));
}

/**
 * The number that a quantity stands for, in its base unit: cores, bytes,
 * devices.
 *
 * @throws {InputError} when it is not a quantity
 */
export function parseQuantity(quantity: string | number): number {
  return toNumber(readQuantity(quantity));
}

/**
 * milliCPU of a CPU quantity, rounded up as Kubernetes does.
 *
 * @throws {InputError} when it is not a quantity
 */
export function parseCpu(quantity: string | number): number {
  return Number(ceilDivide(readQuantity(quantity).nano, MILLI));
}

/**
 * Bytes of a memory quantity.
 *
 * @throws {InputError} when it is not a quantity
 */
export function parseBytes(quantity: string | number): number {
  return Number(ceilDivide(readQuantity(quantity).nano, ONE));
}

/** milliCPU as a quantity: `1500m`, `2`. */
export function formatCpu(milliCpu: number): string {
  return milliCpu % 1000 === 0 ? String(milliCpu / 1000) : `${milliCpu}m`;
}

/** Bytes for people, with at most one decimal: `1.5 GiB`. */
export function describeBytes(bytes: number): string {
  const units = ['', ...BINARY];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(1))} ${units[unit]}B`;
}
