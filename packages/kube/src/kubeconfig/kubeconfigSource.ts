import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Environment } from '../Environment';
import { KubeconfigFiles } from './KubeconfigFiles';

/** Where to look for contexts. */
export interface KubeconfigSource {
  /** Path of a file, as of kubectl's `--kubeconfig`. */
  readonly kubeconfig?: string;
  /** Default: `process.env`. */
  readonly env?: Environment;
}

/**
 * The files that kubectl would read: the one that is named, else those of
 * `KUBECONFIG`, else `~/.kube/config`.
 */
export function kubeconfigFiles(
  kubeconfig: string | undefined,
  env: Environment,
): KubeconfigFiles {
  if (kubeconfig) {
    return new KubeconfigFiles({ paths: [kubeconfig], required: true });
  }
  const named = (env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  const home = env.HOME || env.USERPROFILE || homedir();
  return new KubeconfigFiles({
    paths:
      named.length > 0 ? [...new Set(named)] : [join(home, '.kube', 'config')],
    required: false,
  });
}
