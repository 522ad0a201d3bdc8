import { InputError } from '@backstage/errors';
import type { NodePlacement, Toleration } from '../render/podRequest';
import {
  count,
  fail,
  listOf,
  price,
  readObject,
  recordOf,
  strings,
  text,
  type Reader,
} from '../values/readSection';
import { validateCpu, validateMemory } from '../values/validation';

/** A size that people choose by its name. */
export interface SizePreset {
  readonly name: string;
  readonly title: string;
  readonly workers: number;
  /** Where Ray's autoscaler decides. */
  readonly maxWorkers?: number;
  /** Of each worker. */
  readonly cpu: string;
  /** Of each worker. */
  readonly memory: string;
}

/** A kind of GPU or another accelerator. */
export interface AcceleratorPreset extends NodePlacement {
  readonly name: string;
  readonly title: string;
  /** Extended resource, for example `nvidia.com/gpu`. */
  readonly resource: string;
  /** Clusters that have it; all where absent. */
  readonly clusters?: readonly string[];
  /** Of one device. */
  readonly pricePerHour?: number;
}

/** Prices for each hour. */
export interface JobPrices {
  /** For people, for example `EUR`. */
  readonly currency: string;
  /** Of one core. */
  readonly cpu: number;
  /** Of one GiB. */
  readonly memory: number;
  /** Part of the price that spot nodes take, for example 0.4; 1 where absent. */
  readonly spot?: number;
}

/** What people choose a job's size and nodes from, and what it costs. */
export interface JobPresets {
  readonly sizes: readonly SizePreset[];
  readonly accelerators: readonly AcceleratorPreset[];
  /** Where pods run that may be taken away; jobs can't ask for it where absent. */
  readonly spot?: NodePlacement;
  readonly prices?: JobPrices;
  /** Namespaces to choose from where neither clusters nor the policy name any. */
  readonly namespaces?: readonly string[];
}

/** Without configuration: one small worker, and any GPU of NVIDIA. */
export const DEFAULT_JOB_PRESETS: JobPresets = {
  sizes: [
    { name: 'small', title: 'Small', workers: 1, cpu: '1', memory: '2Gi' },
    { name: 'medium', title: 'Medium', workers: 2, cpu: '4', memory: '16Gi' },
    { name: 'large', title: 'Large', workers: 4, cpu: '8', memory: '32Gi' },
  ],
  accelerators: [
    { name: 'gpu', title: 'NVIDIA GPU', resource: 'nvidia.com/gpu' },
  ],
};

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const name: Reader<string> = (value, path) =>
  typeof value === 'string' && NAME.test(value)
    ? value
    : fail(path, 'a name of lowercase letters, digits and hyphens');

const checked =
  (validate: (quantity: string) => string | undefined): Reader<string> =>
  (value, path) => {
    const quantity =
      typeof value === 'string' || typeof value === 'number'
        ? String(value)
        : '';
    return validate(quantity) === undefined
      ? quantity
      : fail(path, 'a quantity, for example 4 or 16Gi');
  };

/** Reads an object of which some keys have to be there. */
function complete<T extends object>(
  value: Partial<T>,
  required: readonly (keyof T & string)[],
  path: string,
): T {
  const missing = required.find(key => value[key] === undefined);
  if (missing !== undefined) {
    throw new InputError(`The config value ${path}.${missing} is missing`);
  }
  // Each required key is there, and all others are optional.
  return value as T;
}

const oneOf =
  <T extends string>(...words: readonly T[]): Reader<T> =>
  (value, path) =>
    words.find(word => word === value) ?? fail(path, words.join(' or '));

const toleration: Reader<Toleration> = (value, path) =>
  readObject<Toleration>(value, path, {
    key: text,
    operator: oneOf('Exists', 'Equal'),
    value: text,
    effect: oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
  });

const PLACEMENT = {
  nodeSelector: recordOf(text),
  tolerations: listOf(toleration),
};

const size: Reader<SizePreset> = (value, path) => {
  const found = readObject<SizePreset>(value, path, {
    name,
    title: text,
    workers: count,
    maxWorkers: count,
    cpu: checked(validateCpu),
    memory: checked(validateMemory),
  });
  return complete<SizePreset>(
    { title: found.name, ...found },
    ['name', 'workers', 'cpu', 'memory'],
    path,
  );
};

const accelerator: Reader<AcceleratorPreset> = (value, path) => {
  const found = readObject<AcceleratorPreset>(value, path, {
    name,
    title: text,
    resource: text,
    clusters: strings,
    pricePerHour: price,
    ...PLACEMENT,
  });
  return complete<AcceleratorPreset>(
    { title: found.name, ...found },
    ['name', 'resource'],
    path,
  );
};

const prices: Reader<JobPrices> = (value, path) =>
  complete<JobPrices>(
    readObject<JobPrices>(value, path, {
      currency: text,
      cpu: price,
      memory: price,
      spot: price,
    }),
    ['currency', 'cpu', 'memory'],
    path,
  );

/** @throws {InputError} when two have one name, on one cluster */
function checkNames(
  presets: readonly (SizePreset | AcceleratorPreset)[],
  path: string,
): void {
  presets.forEach((preset, index) => {
    const clusters = 'clusters' in preset ? preset.clusters : undefined;
    const twin = presets
      .slice(0, index)
      .find(
        other =>
          other.name === preset.name &&
          (!clusters ||
            !('clusters' in other) ||
            !other.clusters ||
            other.clusters.some(cluster => clusters.includes(cluster))),
      );
    if (twin) {
      throw new InputError(
        `The config value ${path} has ${preset.name} twice; name each differently`,
      );
    }
  });
}

/**
 * Reads the section `ray.jobs` of the configuration; without one, the default.
 * @throws {InputError} that names the value which is wrong
 */
export function readJobPresets(
  section: unknown,
  path = 'ray.jobs',
): JobPresets {
  if (section === undefined) {
    return DEFAULT_JOB_PRESETS;
  }
  const presets = {
    ...DEFAULT_JOB_PRESETS,
    ...readObject<JobPresets>(section, path, {
      sizes: listOf(size),
      accelerators: listOf(accelerator),
      spot: (value, at) => readObject<NodePlacement>(value, at, PLACEMENT),
      prices,
      namespaces: strings,
    }),
  };
  checkNames(presets.sizes, `${path}.sizes`);
  checkNames(presets.accelerators, `${path}.accelerators`);
  return presets;
}
