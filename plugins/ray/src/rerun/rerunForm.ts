import type { JobOptions } from '@ml-platform/backstage-plugin-ray-common';
import type { JobRef, RunValues } from '@ml-platform/rayjob';
import { CUSTOM_SIZE, type OrderForm } from '../scaffolder/order/orderForm';

/** Longest form in an address, in characters: servers refuse longer ones. */
const LONGEST = 6_000;

/** What the form offers for how long a cluster stays and a job may take, in seconds. */
const TTLS: readonly number[] = [0, 300, 3_600, 86_400];
const DEADLINES: readonly number[] = [3_600, 21_600, 86_400, 259_200, 604_800];

/** The form as it opens for another run. */
export interface RerunForm extends OrderForm {
  /** Not built anew: the run had this version. */
  readonly image: 'existing';
  /** The run that the form is filled from: see {@link runOfForm}. */
  readonly basedOn: string;
}

/** The least choice that is enough; the largest where none is. */
const atLeast = (choices: readonly number[], wanted: number) =>
  choices.find(choice => choice >= wanted) ?? choices[choices.length - 1];

function sizeOf(
  { workers, cpu, memory }: RunValues,
  { sizes }: JobOptions,
): Partial<OrderForm> {
  const preset = sizes.find(
    size =>
      size.workers === workers &&
      size.cpu === cpu &&
      size.memory === memory &&
      (size.maxWorkers ?? size.workers) === size.workers,
  );
  return preset
    ? { size: preset.name }
    : { size: CUSTOM_SIZE, workers, cpu, memory };
}

function gpuOf(
  { gpu, accelerator }: RunValues,
  cluster: string,
  options: JobOptions,
): Partial<OrderForm> {
  const kinds = options.clusters.find(({ name }) => name === cluster);
  const kind = kinds?.accelerators.find(
    ({ resource }) => resource === accelerator,
  );
  return kind && gpu > 0 ? { gpuType: kind.name, gpu } : {};
}

/**
 * The form for another run, filled with the values of one.
 *
 * @param entityRef - the workload's entity, where the catalog has it
 * @param memory - to ask for in place of what the run had
 */
export function rerunForm(
  run: JobRef,
  values: RunValues,
  options: JobOptions,
  {
    entityRef,
    memory,
  }: { readonly entityRef?: string; readonly memory?: string },
): RerunForm {
  const asked = memory === undefined ? values : { ...values, memory };
  const { version, entrypoint, parameters, environment, ttl, deadline } = asked;
  return {
    workload: entityRef,
    image: 'existing',
    version,
    entrypoint,
    parameters,
    cluster: run.cluster,
    namespace: run.namespace,
    ...sizeOf(asked, options),
    ...gpuOf(asked, run.cluster, options),
    environment: [...environment],
    ...(ttl === undefined ? {} : { ttl: atLeast(TTLS, ttl) }),
    ...(deadline === undefined
      ? {}
      : { deadline: atLeast(DEADLINES, deadline) }),
    basedOn: `${run.cluster}/${run.namespace}/${run.name}`,
  };
}

/** The run that a form was filled from. */
export function runOfForm({
  basedOn = '',
}: {
  readonly basedOn?: string;
}): JobRef | undefined {
  const [cluster, namespace, name, ...more] = basedOn.split('/');
  return cluster && namespace && name && more.length === 0
    ? { cluster, namespace, name }
    : undefined;
}

/**
 * The query with which the scaffolder opens a form that is filled in. Variables stay
 * out of a form that is too long for an address; it says so, and loads them.
 */
export function formQuery(form: RerunForm): string {
  const query = (data: OrderForm) =>
    `?formData=${encodeURIComponent(JSON.stringify(data))}`;
  const whole = query(form);
  const { environment = [], ...rest } = form;
  return whole.length > LONGEST && environment.length > 0
    ? query({ ...rest, variablesLeftOut: environment.length })
    : whole;
}
