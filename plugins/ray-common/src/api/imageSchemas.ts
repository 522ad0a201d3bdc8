import { z } from 'zod';
import { validateImageTag } from '@ml-platform/rayjob';
import type { Described } from './describes';
import { timeSchema } from './jobSchemas';

const nameSchema = z
  .string()
  .max(128)
  .regex(
    /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/,
    'Use lowercase letters, digits, hyphens, dots and underscores; start and end with a letter or digit',
  )
  .meta({ description: 'Name of an image, which is that of its workload' });

/** Parameters of `GET /images/{name}/versions`. */
export const imageNameSchema = z.object({ name: nameSchema });

/** Parameters of `…/builds/{id}`. */
export const buildIdSchema = z.object({
  id: z.string().regex(/^[\w-]{1,128}$/, "This can't be the id of a build"),
});

/** Query of `POST /builds`. */
export const buildQuerySchema = z.strictObject({
  image: nameSchema,
  version: z.string().superRefine((version, context) => {
    const message = validateImageTag(version);
    if (message) context.addIssue({ code: 'custom', message });
  }),
  dockerfile: z
    .string()
    .max(200)
    .regex(
      /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\0\\]+$/,
      'Name a file inside of the build context',
    )
    .default('Dockerfile')
    .meta({ description: 'Path of the Dockerfile in the build context' }),
  revision: z
    .string()
    .regex(/^[0-9a-f]{40}(-dirty)?$/, 'Give the full hash of a commit')
    .optional()
    .meta({ description: 'Commit that the context is of' }),
  source: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional()
    .meta({ description: 'Web page of the repository' }),
});
export type BuildQuery = Described<typeof buildQuerySchema>;

/** Query of `GET /builds/{id}/log`. */
export const buildLogQuerySchema = z.strictObject({
  offset: z.coerce.number().int().min(0).default(0).meta({
    description: 'Bytes to leave out; x-log-offset of the answer before',
  }),
  follow: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'true keeps the answer open until the build ends' }),
});

export const imageBuildSchema = z
  .object({
    id: z.string(),
    state: z.enum(['queued', 'running', 'succeeded', 'failed']),
    image: z.string().meta({ description: 'Full reference with the version' }),
    digest: z.string().optional(),
    reused: z.boolean().meta({
      description: 'True where the version exists from the same content',
    }),
    size: z.number().optional().meta({ description: 'Bytes of its layers' }),
    startedAt: timeSchema.optional(),
    endedAt: timeSchema.optional(),
    error: z.string().optional().meta({
      description: 'What went wrong, and what to do',
    }),
  })
  .meta({ id: 'ImageBuild' });
export type ImageBuildAnswer = Described<typeof imageBuildSchema>;

/** Answer of `GET /images/{name}/versions`: newest first, of those with the highest numbers. */
export const imageVersionsSchema = z
  .object({
    items: z.array(
      z
        .object({
          version: z.string(),
          reference: z.string(),
          digest: z.string(),
          createdAt: timeSchema.optional(),
          size: z.number().meta({ description: 'Bytes of its layers' }),
          revision: z.string().optional().meta({
            description: 'Commit that it was built from',
          }),
          contentDigest: z.string().optional(),
        })
        .meta({ id: 'ImageVersion' }),
    ),
    others: z.number().int().optional().meta({
      description: 'Versions with lower numbers, which are not listed',
    }),
    next: z.string().meta({
      description: 'A version that is free, after the newest',
    }),
  })
  .meta({ id: 'ImageVersions' });
export type ImageVersionsAnswer = Described<typeof imageVersionsSchema>;
