import {
  ARGOCD_ANNOTATION_TRACKING,
  type RayCluster,
} from '@ml-platform/rayjob';

/** Argo CD's label for tracking, unless its settings name another; Helm's, too. */
const LABEL_INSTANCE = 'app.kubernetes.io/instance';
/** Helm writes it on what it installs by itself, and not on what Argo CD renders. */
const HELM_RELEASE = 'meta.helm.sh/release-name';

/**
 * Name of Argo CD's Application that a Ray cluster says it belongs to. A tracking
 * id of another object was copied along with it, and says nothing.
 *
 * Source: Argo CD's documentation, "Resource Tracking".
 */
export function argoApplication({ metadata }: RayCluster): string | undefined {
  const { annotations, labels, namespace, name } = metadata;
  const id = annotations?.[ARGOCD_ANNOTATION_TRACKING];
  const own = `:ray.io/RayCluster:${namespace}/${name}`;
  if (id?.endsWith(own)) {
    return id.slice(0, -own.length) || undefined;
  }
  return annotations?.[HELM_RELEASE] ? undefined : labels?.[LABEL_INSTANCE];
}
