import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import DownloadIcon from '@material-ui/icons/GetApp';
import { useCallback } from 'react';
import { rayApiRef } from '../api/RayApi';
import { saveBlob } from '../logs/viewer/saveBlob';
import { ManifestView } from '../manifest/ManifestView';
import { useJobOnPage, useRunOnPage } from './JobContext';
import { LoadError } from './LoadError';
import { useJobData } from './useJobData';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    justifyContent: 'flex-end',
    marginBottom: theme.spacing(1),
  },
}));

/** The RayJob as YAML: from its cluster, from git before that, from the history after it. */
export const ManifestTab = () => {
  const classes = useStyles();
  const api = useApi(rayApiRef);
  const { changes } = useJobOnPage();
  const run = useRunOnPage();
  const load = useCallback(
    (signal: AbortSignal) => api.getManifest(run, signal),
    [api, run],
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
              `${run.name}.yaml`,
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
