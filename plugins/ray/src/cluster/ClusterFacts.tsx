import type { ClusterDetail } from '@ml-platform/backstage-plugin-ray-common';
import { WebLink } from '../foreign/WebLink';
import { foreignText } from '../foreign/foreignText';
import { FactList } from '../states/FactList';
import { formatCount } from '../states/formatCount';
import { TimeAgo } from '../times/TimeAgo';

function kubeRayText({ kuberay }: ClusterDetail): string {
  if (!kuberay) {
    return 'Not known yet';
  }
  return kuberay.ok
    ? foreignText(kuberay.version ?? "Installed; its version isn't known")
    : foreignText(kuberay.error);
}

function nodesText({ nodes }: ClusterDetail): string | undefined {
  return nodes?.ok
    ? `${formatCount(nodes.ready)} of ${formatCount(nodes.total)} ready`
    : undefined;
}

/** Since when a cluster can be reached, and what runs on it. */
export const ClusterFacts = ({
  cluster,
}: {
  readonly cluster: ClusterDetail;
}) => {
  const { reachable, reachableSince, lastEventAt, version } = cluster;
  return (
    <FactList
      facts={[
        reachable
          ? {
              title: 'Reachable since',
              value: <TimeAgo at={reachableSince} />,
            }
          : {
              title: 'Not reachable; last heard of',
              value: <TimeAgo at={lastEventAt} />,
            },
        { title: 'Kubernetes', value: foreignText(version) },
        { title: 'KubeRay', value: kubeRayText(cluster) },
        { title: 'Nodes', value: nodesText(cluster) },
        {
          title: 'Dashboards',
          value: cluster.dashboards?.length
            ? cluster.dashboards.map(({ title, url }) => (
                <div key={url}>
                  <WebLink url={url}>{title}</WebLink>
                </div>
              ))
            : undefined,
        },
      ]}
    />
  );
};
