import type { LogSource } from '@ml-platform/rayjob';
import { useState } from 'react';
import { SourceColors } from './sourceColors';

/** Begins the id of a container's log; what follows is its name in merged logs. */
const POD = 'pod/';

/**
 * Colors for what wrote the lines of merged logs, the same ones after the page is loaded again
 * as long as the job has the same containers.
 */
export function useSourceColors(
  sources: readonly LogSource[],
): (source: string) => string {
  const [colors] = useState(() => new SourceColors());
  sources
    .filter(({ id }) => id.startsWith(POD))
    .forEach(({ id }) => colors.of(id.slice(POD.length)));
  return colors.of;
}
