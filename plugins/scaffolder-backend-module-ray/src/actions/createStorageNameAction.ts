import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { storageNames, storageProblem } from '@ml-platform/workload-storage';
import { requireStorageConfig, storageRefOf } from '../storageOfWorkload';
import { examples } from './createStorageNameAction.examples';

/**
 * Makes `ray:storage:name`, which tells what the storage of a workload is called, so that
 * its catalog file can name it before it exists.
 */
export function createStorageNameAction(options: {
  readonly config: RootConfigService;
}) {
  return createTemplateAction({
    id: 'ray:storage:name',
    description:
      'Tells the names of a new storage for a workload: its place and the address of its bucket. Creates nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        workload: z => z.string().describe('Name of the workload'),
        namespace: z =>
          z
            .string()
            .describe('Namespace of its jobs; training by default')
            .optional(),
      },
      output: {
        storage: z => z.string().describe('Its place, as namespace/name'),
        bucket: z => z.string().describe('Address of its bucket'),
      },
    },
    async handler(ctx) {
      const { workload, namespace = 'training' } = ctx.input;
      const { projectId } = requireStorageConfig(options.config);
      const ref = storageRefOf(workload, namespace);
      const problem = storageProblem(ref);
      if (problem) {
        throw new InputError(problem);
      }
      const { address } = storageNames(projectId, ref);
      ctx.output('storage', `${ref.namespace}/${ref.name}`);
      ctx.output('bucket', address);
    },
  });
}
