import { InputError } from '@backstage/errors';
import type { PlatformSettings } from './PlatformSettings';

/**
 * The portal's address.
 * @throws {InputError} when no setting names it
 */
export function requirePortal({ portal }: PlatformSettings): string {
  if (!portal) {
    throw new InputError(
      "The portal's address is missing; set portal in .ml-platform.yaml, or give --portal",
    );
  }
  return portal;
}
