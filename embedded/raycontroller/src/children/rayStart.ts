import { isGpuResource } from '../crd/features';
import { defaultPort } from '../crd/ports';
import type { RayStartParams } from '../crd/rayCluster';
import type {
  Labels,
  Resources,
} from '@ml-platform/embedded-controller-runtime';
import { parseQuantity } from '@ml-platform/rayjob';

export type NodeType = 'head' | 'worker';

/** Flags that take `true` or `false` as a value; others are switches. */
const VALUED_BOOLEANS = [
  'log-color',
  'include-dashboard',
  'include-log-monitor',
];

/** Container resources that Ray knows by another name. */
const ACCELERATORS: Readonly<Record<string, string>> = {
  'aws.amazon.com/neuroncore': 'neuron_cores',
  'google.com/tpu': 'TPU',
};

export interface RayNode {
  readonly nodeType: NodeType;
  /** What the group's `rayStartParams` say. */
  readonly params?: RayStartParams;
  /** The group's `resources`, which take the place of flags. */
  readonly groupResources?: Readonly<Record<string, string>>;
  readonly groupLabels?: Labels;
  /** Resources of the Ray container. */
  readonly containerResources?: Resources;
  /** Host and port of the GCS; workers only. */
  readonly gcsAddress?: string;
}

/** The flags that the node starts with: what the user set, and the defaults. */
export function rayStartParams(node: RayNode): RayStartParams {
  const params: Record<string, string> = {
    ...node.params,
    ...groupResourceFlags(node.groupResources),
    ...groupLabelFlags(node.groupLabels),
  };
  if (node.nodeType === 'worker' && node.gcsAddress) {
    params.address ??= node.gcsAddress;
  }
  if (node.nodeType === 'head') {
    // Ray's own default is localhost, which no other pod reaches.
    params['dashboard-host'] ??= '0.0.0.0';
  }
  params['metrics-export-port'] ??= String(defaultPort.metrics);
  params['dashboard-agent-listen-port'] ??= String(defaultPort.dashboardAgent);
  params.block = 'true';
  return withContainerResources(params, node.containerResources);
}

/** The `ray start` command line; flags in alphabetical order. */
export function rayStartCommand(
  nodeType: NodeType,
  params: RayStartParams,
): string {
  const flags = Object.keys(params)
    .sort()
    .map(name => flag(name, params[name]))
    .join('');
  return nodeType === 'head'
    ? `ray start --head ${flags}`
    : `ray start ${flags}`;
}

function flag(name: string, value: string): string {
  const isSwitch =
    /^(true|false)$/i.test(value) && !VALUED_BOOLEANS.includes(name);
  if (!isSwitch) {
    return ` --${name}=${value} `;
  }
  return value.toLowerCase() === 'true' ? ` --${name} ` : '';
}

function groupResourceFlags(
  resources: Readonly<Record<string, string>> = {},
): RayStartParams {
  const flags: Record<string, string> = {};
  const custom: Record<string, number> = {};
  for (const [name, value] of Object.entries(resources)) {
    const known = name.toLowerCase();
    if (known === 'cpu') {
      flags['num-cpus'] = wholeUnits(value);
    } else if (known === 'memory') {
      flags.memory = wholeUnits(value);
    } else if (isGpuResource(known)) {
      flags['num-gpus'] = wholeUnits(value);
    } else {
      custom[name] = parseQuantity(value);
    }
  }
  if (Object.keys(custom).length > 0) {
    flags.resources = resourcesFlag(custom);
  }
  return flags;
}

function groupLabelFlags(labels: Labels = {}): RayStartParams {
  const names = Object.keys(labels).sort();
  return names.length === 0
    ? {}
    : { labels: names.map(name => `${name}=${labels[name]}`).join(',') };
}

function withContainerResources(
  flags: RayStartParams,
  resources: Resources = {},
): RayStartParams {
  const params: Record<string, string> = { ...flags };
  const { limits = {}, requests = {} } = resources;
  const cpu = nonZero(limits.cpu) ?? nonZero(requests.cpu);
  if (cpu) {
    params['num-cpus'] ??= cpu;
  }
  const memory = nonZero(limits.memory);
  if (memory) {
    params.memory ??= memory;
  }
  const names = Object.keys(limits).sort();
  const gpu = names.find(name => isGpuResource(name) && nonZero(limits[name]));
  if (gpu) {
    params['num-gpus'] ??= wholeUnits(limits[gpu]);
  }
  const custom = parseResources(params.resources);
  const accelerator = names.find(
    name => ACCELERATORS[name] && nonZero(limits[name]),
  );
  const named = Object.values(ACCELERATORS).some(name => name in custom);
  if (accelerator && !named) {
    custom[ACCELERATORS[accelerator]] = parseQuantity(limits[accelerator]);
    params.resources = resourcesFlag(custom);
  }
  return params;
}

/** Rounded up to a whole number, as Ray's command line wants it. */
function wholeUnits(quantity: string | number): string {
  return String(Math.ceil(parseQuantity(quantity)));
}

function nonZero(value: string | number | undefined): string | undefined {
  const units = value === undefined ? '0' : wholeUnits(value);
  return units === '0' ? undefined : units;
}

/** Reads `'{"Custom1": 1}'`, quoted for a shell or not. */
function parseResources(flagValue: string | undefined): Record<string, number> {
  try {
    return JSON.parse((flagValue ?? '{}').replace(/^['"` ]+|['"` ]+$/g, ''));
  } catch {
    // The user's text goes to `ray start` as it is, which tells what is wrong.
    return {};
  }
}

function resourcesFlag(custom: Readonly<Record<string, number>>): string {
  const sorted = Object.fromEntries(
    Object.entries(custom).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return `'${JSON.stringify(sorted)}'`;
}
