import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isError } from '@backstage/errors';
import {
  checkParameters,
  PARAMETERS_FILE,
  parameterTexts,
  readParameterSchema,
  type ParameterSchema,
  type ParameterValues,
} from '@ml-platform/parameters';
import type { CallOptions, Platform } from '../platform/Platform';
import { findWorkloads } from './findWorkloads';
import type { Workload } from './Workload';

/**
 * The parameters of a workload of the checkout; `undefined` where it has none.
 * @throws {InputError} that names the file and what is wrong with it
 */
export async function readWorkloadParameters({
  folder,
}: Pick<Workload, 'folder'>): Promise<ParameterSchema | undefined> {
  const file = join(folder, PARAMETERS_FILE);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isError(error) && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  return text === undefined ? undefined : readParameterSchema(text, file);
}

/**
 * The parameters of a workload: as the checkout has it, or else as the portal knows it.
 * `undefined` where neither knows any.
 *
 * @throws {InputError} for a file that is wrong
 */
export async function findWorkloadParameters(
  workload: string,
  platform: Platform,
  { cwd, signal }: CallOptions & { readonly cwd?: string } = {},
): Promise<ParameterSchema | undefined> {
  const workloads = await findWorkloads(cwd);
  const found = workloads.find(({ name }) => name === workload);
  return found
    ? readWorkloadParameters(found)
    : platform.workloadParameters(workload, { signal });
}

/**
 * Values of parameters as texts, checked where the workload describes them.
 * @throws {InputError} that names each parameter with what it takes
 */
export async function checkedParameters(
  workload: string,
  values: ParameterValues,
  platform: Platform,
  options: CallOptions & { readonly cwd?: string } = {},
): Promise<Readonly<Record<string, string>>> {
  const schema = await findWorkloadParameters(workload, platform, options);
  return schema ? checkParameters(schema, values) : parameterTexts(values);
}
