import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import DownloadIcon from '@material-ui/icons/GetApp';
import { useCallback } from 'react';
import { rayApiRef } from '../api/RayApi';
import { saveBlob } from '../logs/viewer/saveBlob';
import { ManifestView } from '../manifest/ManifestView';
import { useJobOnPage } from './JobContext';
import { LoadError } from './LoadError';
import { useJobData } from './useJobData';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    justifyContent: 'flex-end',
    marginBottom: theme.spacing(1),
  },
}));

/** The RayJob as YAML, from its cluster or, if it isn't there yet, from git. */
export const ManifestTab = () => {
  const classes = useStyles();
  const api = useApi(rayApiRef);
  const { summary, changes } = useJobOnPage();
  const { cluster, namespace, name } = summary;
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getManifest({ cluster, namespace, name }, signal),
    [api, cluster, namespace, name],
  );
  const { value, error, retry } = useJobData(load, changes);
  const failure = error && (
    <LoadError what="the manifest" error={error} onRetry={retry} />
  );
  if (value === undefined) {
    return failure ?? <Progress />;
  }
  return (
    <>
      {failure}
      <div className={classes.bar}>
        <Button
          size="small"
          startIcon={<DownloadIcon />}
          onClick={() =>
            saveBlob(
              new Blob([value], { type: 'application/yaml' }),
              `${name}.yaml`,
            )
          }
        >
          Download
        </Button>
      </div>
      <ManifestView text={value} lineNumbers />
    </>
  );
};
