import { isError } from '@backstage/errors';
import { loadSettings, type LoadedSettings } from '../settings/loadSettings';
import type { PlatformSettings } from '../settings/PlatformSettings';
import type { Check, Environment } from './doctorTypes';

/**
 * The settings that hold, and whether their files are right. Where one is wrong,
 * only what was given holds.
 */
export async function checkSettings(
  given: PlatformSettings,
  options: { readonly cwd?: string; readonly env: Environment },
): Promise<{ readonly check: Check; readonly loaded: LoadedSettings }> {
  try {
    const loaded = await loadSettings(given, options);
    return {
      loaded,
      check: {
        part: 'settings',
        result: 'ok',
        detail:
          loaded.files.join(', ') || 'no file; the current kubecontext is used',
      },
    };
  } catch (error) {
    return {
      loaded: { settings: given, files: [] },
      check: {
        part: 'settings',
        result: 'fail',
        detail: isError(error) ? error.message : String(error),
        remedy:
          "Correct the file; write a new one with 'ml-platform init --force'",
      },
    };
  }
}
