import { loadSettings } from '../settings/loadSettings';
import type { PlatformSettings } from '../settings/PlatformSettings';
import type { WorkloadImages } from './WorkloadImages';

/**
 * The images of workloads, built and kept where the settings say; needs no cluster.
 * @throws {InputError} for a settings file that is wrong
 */
export async function openImages(
  given: PlatformSettings = {},
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string | undefined>>;
  } = {},
): Promise<WorkloadImages> {
  const { cwd = process.cwd(), env = process.env } = options;
  const { settings } = await loadSettings(given, { cwd, env });
  // What builds takes its time to load, and jobs don't need it.
  const images = await import('./WorkloadImages');
  return new images.WorkloadImages({ settings, cwd, env: { ...env } });
}
