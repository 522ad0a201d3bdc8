import Alert from '@material-ui/lab/Alert';
import type { ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';

export interface ClusterBannersProps {
  readonly clusters: readonly ClusterStatus[];
}

/** What is wrong with a cluster, said of that cluster alone. */
export const ClusterBanners = ({ clusters }: ClusterBannersProps) => (
  <>
    {clusters
      .filter(({ ok }) => !ok)
      .map(({ name, error }) => (
        <Alert key={name} severity="warning" variant="outlined">
          <strong>{name}</strong> can't be reached
          {error ? `: ${error}` : ''}. Its jobs are shown as last seen; other
          clusters are not affected, and it comes back by itself.
        </Alert>
      ))}
  </>
);
