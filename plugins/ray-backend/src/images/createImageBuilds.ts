import type { Config } from '@backstage/config';
import type { HistoryStore } from '../history/HistoryStore';
import { BuildStore } from './BuildStore';
import { ImageBuilds, type ImageBuildsOptions } from './ImageBuilds';

/** Builds of one user at once, and MiB of a context, unless the configuration says otherwise. */
const MOST_BUILDS = 5;
const MOST_MIB = 64;

/** What the routes for images need, as `ray.builder` says. */
export function createImageBuilds(
  options: Pick<ImageBuildsOptions, 'builders' | 'clock'> & {
    readonly config: Config;
    readonly store: HistoryStore;
  },
) {
  const { config, store } = options;
  const number = (name: string) =>
    config.getOptionalNumber(`ray.builder.${name}`);
  return {
    builds: new ImageBuilds({
      ...options,
      store: new BuildStore(store.client),
      mostPerUser: number('maxBuildsPerUser') ?? MOST_BUILDS,
    }),
    mostContextBytes: (number('maxContextMiB') ?? MOST_MIB) * 1024 ** 2,
  };
}
