import type { LogEndReason } from '@ml-platform/backstage-plugin-ray-common';
import type { RayLogEvent } from '@ml-platform/backstage-plugin-ray-node';
import {
  encodeLogCursor,
  type PodLogEnd,
  type PodLogEvent,
} from '@ml-platform/kube';

const ENDS: Readonly<Record<PodLogEnd, LogEndReason>> = {
  completed: 'completed',
  read: 'completed',
  deleted: 'deleted',
  'not-found': 'not-found',
};

/** A container's log with its cursors as text and the end as viewers know it. */
export async function* adaptPodLog(
  stream: AsyncGenerator<PodLogEvent, PodLogEnd>,
): AsyncGenerator<RayLogEvent, LogEndReason> {
  for (;;) {
    const next = await stream.next();
    if (next.done) {
      return ENDS[next.value];
    }
    const event = next.value;
    yield event.type === 'lines'
      ? { ...event, cursor: encodeLogCursor(event.cursor) }
      : event;
  }
}
