import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DEFAULT_ENTRYPOINT,
  ENTITY_ANNOTATION_ENTRYPOINT,
  ENTITY_TYPE_WORKLOAD,
  readStorageAnnotations,
} from '@ml-platform/rayjob';
import {
  checkWorkload,
  workloadName,
  workloadSource,
  type GitHubAccess,
} from '@ml-platform/backstage-plugin-ray-node';
import { hasStatus, treeUrl } from '@ml-platform/gitops';
import { examples } from './createWorkloadResolveAction.examples';

/**
 * Makes `ray:workload:resolve`, which finds a workload's source and pins it to
 * the commit that its branch has now.
 */
export function createWorkloadResolveAction(options: {
  readonly catalog: CatalogService;
  readonly github: GitHubAccess;
}) {
  const { catalog, github } = options;
  return createTemplateAction({
    id: 'ray:workload:resolve',
    description:
      "Finds a workload in the catalog, and pins its source to the commit that the branch has now. Nothing is kept in the task's workspace.",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z
            .string()
            .describe(
              `Reference of a Component with spec.type ${ENTITY_TYPE_WORKLOAD}`,
            ),
      },
      output: {
        workload: z => z.string().describe('Name of the workload'),
        owner: z => z.string().describe('Owner of the workload'),
        entrypoint: z => z.string().describe('Command of a run'),
        storage: z =>
          z
            .string()
            .describe('Storage of its runs as namespace/name; empty for none'),
        bucket: z =>
          z
            .string()
            .describe("Address of the storage's bucket; empty for none"),
        sourceUrl: z =>
          z.string().describe('Web address of its folder at the commit'),
        sourceCommit: z => z.string().describe('The commit'),
      },
    },
    async handler(ctx) {
      const entityRef = stringifyEntityRef(
        parseEntityRef(ctx.input.entityRef, { defaultKind: 'component' }),
      );
      const entity = await catalog.getEntityByRef(entityRef, {
        credentials: await ctx.getInitiatorCredentials(),
      });
      if (!entity) {
        throw new NotFoundError(
          `The catalog has no ${entityRef}, or you aren't allowed to see it; choose another workload`,
        );
      }
      checkWorkload(entity);
      const source = workloadSource(entity);
      const { octokit, location } = await github.open(source, ctx.signal);
      const { owner, repo, ref = 'HEAD' } = location;
      const sourceCommit = await octokit.rest.repos
        .getCommit({ owner, repo, ref })
        .then(({ data }) => data.sha)
        .catch(error => {
          if (hasStatus(error, 404, 422)) {
            throw new NotFoundError(
              `${owner}/${repo} has no branch '${ref}', or the portal isn't allowed to see it; correct the source location of ${entityRef}`,
            );
          }
          throw error;
        });
      const sourceUrl = treeUrl(location, sourceCommit);
      const { annotations = {} } = entity.metadata;
      const storage = readStorageAnnotations(annotations);
      ctx.logger.info(`Found ${entityRef} at ${sourceUrl}`);

      ctx.output('workload', workloadName(entity));
      ctx.output('owner', String(entity.spec?.owner ?? ''));
      ctx.output(
        'entrypoint',
        annotations[ENTITY_ANNOTATION_ENTRYPOINT] ?? DEFAULT_ENTRYPOINT,
      );
      ctx.output(
        'storage',
        storage ? `${storage.namespace}/${storage.name}` : '',
      );
      ctx.output('bucket', storage?.bucket ?? '');
      ctx.output('sourceUrl', sourceUrl);
      ctx.output('sourceCommit', sourceCommit);
    },
  });
}
