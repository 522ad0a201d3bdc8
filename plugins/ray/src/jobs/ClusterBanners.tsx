import Alert from '@material-ui/lab/Alert';
import type { ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';
import { foreignText } from '../foreign/foreignText';

export interface ClusterBannersProps {
  readonly clusters: readonly ClusterStatus[];
}

/** Which clusters a list is incomplete for, and why. */
export const ClusterBanners = ({ clusters }: ClusterBannersProps) => (
  <>
    {clusters
      .filter(({ ok }) => !ok)
      .map(({ name, error }) => (
        <Alert key={name} severity="warning" variant="outlined">
          Jobs from <strong>{name}</strong> may be missing or out of date
          {error ? `: ${foreignText(error).replace(/[.\s]+$/, '')}` : ''}. This
          page updates automatically.
        </Alert>
      ))}
  </>
);
