import { z } from 'zod';

export const buildSchema = z.object({
  /** Derived from image, version, Dockerfile and content. */
  id: z.string(),
  state: z.enum(['queued', 'running', 'succeeded', 'failed']),
  /** Full reference, for example `localhost:7009/hello-ray:1.0.0`. */
  image: z.string(),
  version: z.string(),
  /** `sha256:…` over the content. */
  digest: z.string(),
  /** True where the same content had been built before. */
  reused: z.boolean(),
  /** What went wrong and what to do next. */
  error: z.string().optional(),
  /** ISO 8601. */
  startedAt: z.string(),
  endedAt: z.string().optional(),
});

/** A build as the HTTP interface shows it. */
export type Build = Readonly<z.infer<typeof buildSchema>>;

/** True for a build that is not at its end. */
export function isUnfinished({ state }: Build): boolean {
  return state === 'queued' || state === 'running';
}
