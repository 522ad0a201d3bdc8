import { InputError } from '@backstage/errors';
import { listKubeContexts } from '@ml-platform/kube';

/** The project in a name that `gcloud container clusters get-credentials` gives. */
const GKE_CONTEXT = /^gke_([^_]+)_[^_]+_.+$/;

const projectOf = (context: string | undefined) =>
  GKE_CONTEXT.exec(context ?? '')?.[1];

/**
 * The kubecontext to take for a Google Cloud project: the current one, unless that
 * is a GKE cluster of another project; `undefined` for the current one.
 *
 * @throws {InputError} when no context, or more than one, is of the project
 */
export async function chooseProject(
  projectId: string,
  source: Parameters<typeof listKubeContexts>[0],
): Promise<string | undefined> {
  const contexts = await listKubeContexts(source);
  const current = contexts.find(context => context.current);
  const other = projectOf(current?.name);
  if (current && (other === undefined || other === projectId)) {
    return undefined;
  }
  const names = contexts
    .map(({ name }) => name)
    .filter(name => projectOf(name) === projectId);
  if (names.length === 1) {
    return names[0];
  }
  throw new InputError(
    names.length === 0
      ? `No kubecontext is of the project ${projectId}; get one with 'gcloud container clusters get-credentials CLUSTER --project ${projectId}'`
      : `Several kubecontexts are of the project ${projectId}; choose one of ${names.join(', ')}`,
  );
}
