import { loadSettings } from '../settings/loadSettings';
import type { PlatformSettings } from '../settings/PlatformSettings';
import { requirePortal } from '../settings/requirePortal';
import { portalCredentials } from './auth/portalCredentials';
import { PortalTemplates } from './PortalTemplates';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The templates of the portal that the settings name; see {@link loadSettings}.
 * @throws {InputError} when they name none, or are wrong
 */
export async function openTemplates(
  given: PlatformSettings = {},
  options: { readonly cwd?: string; readonly env?: Environment } = {},
): Promise<PortalTemplates> {
  const { env: environment = process.env } = options;
  const { settings } = await loadSettings(given, options);
  const url = requirePortal(settings);
  const credentials = portalCredentials({ url, environment });
  return new PortalTemplates({ url, environment, credentials });
}
