import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';

export interface GitHubOptions {
  /** Web page of the repository, for example `https://github.com/my-org/ml-platform`. */
  readonly url: URL;
  readonly token: string;
}

/** What `npm start` was asked for. */
export interface PlatformOptions {
  /** Port of the portal; the embedded services take the four after it. */
  readonly port: number;
  /** Command of the Python that environments are made from. */
  readonly python: string;
  /** Registry to push real images to, instead of environments for the embedded cluster. */
  readonly registry?: string;
  /**
   * File, absolute, with a context `workload` and, where there is one,
   * `management`: these clusters replace the embedded ones.
   */
  readonly kubeconfig?: string;
  /** Contexts of more clusters with jobs; each is the name of its cluster. */
  readonly jobContexts: readonly string[];
  /** Run the RayJob controller against the context `workload` of {@link kubeconfig}. */
  readonly rayController: boolean;
  /**
   * Leave the jobs to Argo CD on the context `management` of {@link kubeconfig}, which
   * reads the embedded Git host.
   */
  readonly argocd: boolean;
  /** A repository on GitHub that replaces the embedded Git host. */
  readonly github?: GitHubOptions;
  /** Folder of all state, absolute. */
  readonly stateDir: string;
  /** Serve the portal with hot reload. */
  readonly dev: boolean;
}

/**
 * Reads the command line.
 * @throws {InputError} with a sentence for people when it, or the environment, is not
 * one that the embedded platform accepts
 */
export function parseOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  root: string,
): PlatformOptions {
  if (env.NODE_ENV === 'production') {
    throw new InputError(
      'The embedded platform is for development and refuses to run with NODE_ENV=production. Unset NODE_ENV, or run packages/backend with a configuration of your own.',
    );
  }
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '7007' },
      python: { type: 'string', default: 'python3' },
      registry: { type: 'string' },
      state: { type: 'string', default: '.local' },
      dev: { type: 'boolean', default: false },
      kubeconfig: { type: 'string' },
      context: { type: 'string', multiple: true, default: [] },
      'ray-controller': { type: 'boolean', default: false },
      argocd: { type: 'boolean', default: false },
      'github-url': { type: 'string' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_531) {
    throw new InputError(
      `--port ${values.port} can't be used: give a number from 1024 to 65531. The four ports after it are used too.`,
    );
  }
  if (
    values.registry !== undefined &&
    !/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._/-]+)?$/.test(values.registry)
  ) {
    throw new InputError(
      `--registry ${values.registry} is not a registry: give its host, port and path, for example localhost:5000/ml-platform.`,
    );
  }
  if (values['ray-controller'] && values.kubeconfig === undefined) {
    throw new InputError(
      '--ray-controller needs --kubeconfig: the embedded cluster has its controller anyway.',
    );
  }
  if (values.argocd && values.kubeconfig === undefined) {
    throw new InputError(
      '--argocd needs --kubeconfig, with a context management for the cluster on which Argo CD runs.',
    );
  }
  return {
    port,
    jobContexts: jobContexts(values.context, values.kubeconfig),
    python: values.python,
    dev: values.dev,
    stateDir: resolve(root, values.state),
    registry: values.registry,
    kubeconfig:
      values.kubeconfig === undefined
        ? undefined
        : resolve(root, values.kubeconfig),
    rayController: values['ray-controller'],
    argocd: values.argocd,
    github: gitHubOptions(values['github-url'], env.GITHUB_TOKEN),
  };
}

/** Contexts that have another meaning, and the clusters' names that go with them. */
const TAKEN = /^(workload|management|deployer|operator)(-.*)?$/;
/** As in the path of a job's file, `gitops/clusters/<name>/jobs/`. */
const CLUSTER_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function jobContexts(
  names: readonly string[],
  kubeconfig: string | undefined,
): readonly string[] {
  if (names.length > 0 && kubeconfig === undefined) {
    throw new InputError(
      '--context names a context of the file that --kubeconfig names: give both.',
    );
  }
  for (const name of names) {
    if (!CLUSTER_NAME.test(name) || TAKEN.test(name)) {
      throw new InputError(
        `--context ${name} can't be the name of a cluster: use lowercase letters, digits and hyphens, and don't begin with workload, management, deployer or operator. To rename it: kubectl config rename-context ${name} NEW-NAME`,
      );
    }
  }
  return [...new Set(names)];
}

const REPOSITORY_PAGE = /^https:\/\/[^/@?#]+\/[\w.-]+\/[\w.-]+$/;
/** Of an emulator on this machine, where nobody else reads the token. */
const LOCAL_PAGE =
  /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/[\w.-]+\/[\w.-]+$/;

function gitHubOptions(
  text: string | undefined,
  token: string | undefined,
): GitHubOptions | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (
    !url ||
    ![REPOSITORY_PAGE, LOCAL_PAGE].some(form => form.test(url.href))
  ) {
    throw new InputError(
      `--github-url ${text} is not a repository: give the address of its page, for example https://github.com/my-org/ml-platform.`,
    );
  }
  if (!token) {
    throw new InputError(
      '--github-url needs a token that may read and write the repository and its pull requests: set GITHUB_TOKEN.',
    );
  }
  return { url, token };
}
