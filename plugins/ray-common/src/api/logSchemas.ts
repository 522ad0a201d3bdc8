import { z } from 'zod';
import type { Described } from './describes';

/** One line of a log, without its line end. */
export const logLineSchema = z
  .object({
    time: z.string().optional().meta({
      description: 'RFC 3339 with nanoseconds, where the source has it',
    }),
    text: z.string(),
    source: z.string().optional().meta({
      description: '<pod>/<container>, when several are merged',
    }),
  })
  .meta({ id: 'LogLine' });
export type LogLine = Described<typeof logLineSchema>;

/** What a line says of how grave it is, where it does. */
export const logLevelSchema = z
  .enum(['error', 'warning', 'info', 'debug'])
  .meta({ id: 'LogLevel' });
export type LogLevel = Described<typeof logLevelSchema>;

/** Why a log stream came to its end. */
export const logEndReasonSchema = z
  .enum(['completed', 'not-found', 'not-started', 'deleted', 'error'])
  .meta({ id: 'LogEndReason' });
export type LogEndReason = Described<typeof logEndReasonSchema>;

/**
 * Data of the server-sent events of `…/logs` by event name. The `id:` of a
 * `lines` event is the cursor to resume from.
 */
export const logStreamEvents = {
  lines: z.object({ lines: z.array(logLineSchema) }).meta({ id: 'LogLines' }),
  waiting: z.object({ message: z.string() }).meta({ id: 'LogWaiting' }),
  gap: z.object({ reason: z.string() }).meta({ id: 'LogGap' }),
  end: z
    .object({ reason: logEndReasonSchema, message: z.string().optional() })
    .meta({ id: 'LogEnd' }),
};
