import type {
  RayLogRequest,
  RayLogSource,
} from '@ml-platform/backstage-plugin-ray-node';
import type { LogOpener } from './logTypes';

/** The log that a module brings; its cursors are text of its own. */
export function extensionLog(
  source: RayLogSource,
  request: Pick<RayLogRequest, 'job' | 'source' | 'previous'>,
): LogOpener {
  return async function* extension({ follow, start, signal }) {
    const { cursor, tailLines } = start;
    const stream = source.open({
      ...request,
      follow,
      signal,
      tailLines,
      cursor: cursor?.kind === 'source' ? cursor.text : undefined,
    });
    let next = await stream.next();
    for (; !next.done; next = await stream.next()) {
      const event = next.value;
      yield event.type === 'lines'
        ? { ...event, cursor: { kind: 'source', text: event.cursor } }
        : event;
    }
    return next.value;
  };
}
