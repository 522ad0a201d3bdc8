import type { FetchApi } from '@backstage/frontend-plugin-api';
import { clearly } from '../../api/clearError';
import { refusal } from '../../streams/refusal';

/** Finds out what the user's settings have now. */
export type ReadSetting = (bucket: string, key: string) => Promise<unknown>;

/** Where Backstage's storage of user settings has a bucket, which its interface doesn't tell. */
const NAMESPACE = 'default';

/**
 * Reads a setting from the backend of the user's settings. Unlike Backstage's storage, it says
 * when that fails: to the storage, a setting that can't be loaded is the same as none.
 *
 * @returns a function whose answer is `undefined` for a setting that there isn't
 * @throws {Error} when the setting can't be read
 */
export function settingReader(fetchApi: FetchApi): ReadSetting {
  return async (bucket, key) => {
    const response = await clearly(
      fetchApi.fetch(
        `plugin://user-settings/buckets/${NAMESPACE}.${bucket}/keys/${key}`,
      ),
    );
    if (response.status === 404) {
      return undefined;
    }
    if (!response.ok) {
      throw await refusal(response);
    }
    const { value } = await response.json();
    return value;
  };
}
