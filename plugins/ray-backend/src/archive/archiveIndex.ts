import { z } from 'zod';

const count = z.number().int().nonnegative();

const chunkSchema = z.object({
  /** Number of its first line. */
  first: count,
  lines: count,
  /** Number of the first of the equal lines that its first line is one of. */
  firstRun: count,
  /** The latest time of any line up to its end; empty where none has a time. */
  latest: z.string(),
  /** Bytes of the packed log before those that its lines are in. */
  offset: count,
  /** How many bytes these are. */
  length: count.positive(),
  /** Lines in them that come before its own. */
  skip: count,
});

const indexSchema = z.object({
  version: z.literal(1),
  /** Number of the last line. */
  last: count,
  chunks: z.array(chunkSchema),
  gaps: z.array(
    z.object({
      /** Number of the line that comes after what is missing. */
      line: count,
      reason: z.string(),
      /** Lines that are missing, where that is known. */
      lines: count.optional(),
    }),
  ),
});

/** Lines of an archived log with consecutive numbers, and where they are in it. */
export type ArchivedChunk = z.output<typeof chunkSchema>;

/** Which lines are where in an archived log. */
export type ArchiveIndex = z.output<typeof indexSchema>;

/** Reads an index; `undefined` for what this version of the portal doesn't know. */
export function readArchiveIndex(text: string): ArchiveIndex | undefined {
  return indexSchema.safeParse(JSON.parse(text)).data;
}
