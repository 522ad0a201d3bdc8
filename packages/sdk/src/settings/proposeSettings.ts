import { listKubeContexts, type ListedContext } from '@ml-platform/kube';
import { findCheckout } from './gitRemote';
import { loadSettings } from './loadSettings';
import type { PlatformSettings } from './PlatformSettings';

/** What a new settings file could say, from what is found on this machine. */
export interface SettingsProposal {
  readonly contexts: readonly ListedContext[];
  readonly settings: PlatformSettings;
  /** Root of the checkout, else the folder itself. */
  readonly folder: string;
}

const MANAGEMENT = /management|mgmt/i;

/**
 * Settings for a folder: those that hold already, else the current kubecontext with
 * its namespace, a context that is called management, and the remote of the
 * checkout.
 *
 * @throws {InputError} when the kubeconfig that is given is wrong
 */
export async function proposeSettings(
  given: PlatformSettings,
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  },
): Promise<SettingsProposal> {
  const { cwd, env } = options;
  const [{ settings: known }, checkout] = await Promise.all([
    // A file that is wrong is about to be replaced.
    loadSettings(given, options).catch(() => ({ settings: given })),
    findCheckout(cwd),
  ]);
  const contexts = await listKubeContexts({
    kubeconfig: known.kubeconfig,
    env,
  });
  const workload =
    known.contexts?.workload ?? contexts.find(({ current }) => current)?.name;
  const management =
    known.contexts?.management ??
    contexts.find(({ name }) => name !== workload && MANAGEMENT.test(name))
      ?.name;
  const namespace =
    known.namespace ??
    contexts.find(({ name }) => name === workload)?.namespace;
  return {
    contexts,
    folder: checkout.folder ?? cwd,
    settings: {
      ...known,
      contexts: { workload, management },
      namespace,
      git:
        known.git ??
        (checkout.page === undefined
          ? undefined
          : { repository: checkout.page }),
    },
  };
}
