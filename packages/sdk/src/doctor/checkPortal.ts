import { isError } from '@backstage/errors';
import { portalStatus } from '../status/portalStatus';
import type { Check, CheckInput } from './doctorTypes';

/** Whether the portal answers. */
export async function checkPortal({
  settings: { portal, via },
  signal,
}: CheckInput): Promise<Check> {
  const part = 'portal';
  if (!portal) {
    return {
      part,
      result: 'warn',
      detail: 'none is set',
      remedy:
        "To open jobs in the portal, name its address with 'ml-platform init --portal'",
    };
  }
  try {
    await portalStatus(portal, signal);
    return { part, result: 'ok', detail: portal };
  } catch (error) {
    return {
      part,
      result: via === 'portal' ? 'fail' : 'warn',
      detail: isError(error) ? error.message : String(error),
      remedy: 'Check that the portal runs, and the setting portal',
    };
  }
}
