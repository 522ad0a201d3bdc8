import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/** Does a change and records who tried it and how it went. */
export async function audited<T>(options: {
  readonly auditor: AuditorService;
  /** Absent for what did not come as a request. */
  readonly request?: Request;
  readonly eventId: string;
  readonly meta: JsonObject;
  readonly change: () => Promise<T>;
}): Promise<T> {
  const { auditor, request, eventId, meta, change } = options;
  const event = await auditor.createEvent({
    eventId,
    request,
    severityLevel: 'medium',
    meta,
  });
  try {
    const result = await change();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(String(error)),
    });
    throw error;
  }
}
