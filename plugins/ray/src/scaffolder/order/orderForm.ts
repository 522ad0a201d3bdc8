import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { JobOrderBody } from '@ml-platform/backstage-plugin-ray-common';
import type { ParameterValues } from '@ml-platform/parameters';

/** Value of the size for which the form asks the amounts. */
export const CUSTOM_SIZE = 'custom';

/** What the form "Create training job" holds, as far as it is filled in. */
export interface OrderForm {
  readonly workload?: string;
  readonly version?: string;
  readonly entrypoint?: string;
  readonly parameters?: ParameterValues;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly size?: string;
  readonly workers?: number;
  readonly cpu?: string;
  readonly memory?: string;
  readonly gpu?: number;
  readonly gpuType?: string;
  readonly environment?: JobOrderBody['environment'];
  readonly ttl?: number;
  readonly deadline?: number;
  /** The run that the form was filled from, for another run of it. */
  readonly basedOn?: string;
  /** Number of that run's variables, where they were too long for the address. */
  readonly variablesLeftOut?: number;
}

/** The whole form, which the scaffolder hands to each of its fields. */
export function formOf(
  props: Pick<FieldExtensionComponentProps<never>, 'formContext'>,
): OrderForm {
  return props.formContext?.formData ?? {};
}

/** The job that a form asks for; `undefined` while something is missing. */
export function orderOf(form: OrderForm): JobOrderBody | undefined {
  const { workload, version, cluster, namespace, size, ...rest } = form;
  if (!workload || !version || !cluster || !namespace) {
    return undefined;
  }
  const { entrypoint, parameters, environment, gpuType } = rest;
  const { workers, cpu, memory, gpu } = rest;
  return {
    workload,
    version,
    cluster,
    namespace,
    ...(size === undefined || size === CUSTOM_SIZE
      ? { workers, cpu, memory }
      : { size }),
    ...(gpuType ? { gpuType, gpu } : {}),
    ...(entrypoint ? { entrypoint } : {}),
    parameters,
    environment,
    ttlSeconds: rest.ttl,
    deadlineSeconds: rest.deadline,
  };
}
