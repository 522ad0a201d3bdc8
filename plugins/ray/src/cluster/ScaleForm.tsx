import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import type { JobRef, RayClusterGroup } from '@ml-platform/rayjob';
import { useState, type FormEvent } from 'react';
import { clusterApiRef } from '../api/ClusterApi';
import { foreignText } from '../foreign/foreignText';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    marginTop: theme.spacing(1),
  },
  name: { minWidth: 120, overflowWrap: 'anywhere' },
  field: { width: 150 },
}));

const workersOf = (count: number) =>
  count === 1 ? '1 worker' : `${count} workers`;

export interface ScaleFormProps {
  readonly rayCluster: JobRef;
  readonly group: RayClusterGroup;
  /** False where the number is shown only. */
  readonly allowed: boolean;
}

/** The number of workers of one group, for those who may change it. */
export const ScaleForm = ({ rayCluster, group, allowed }: ScaleFormProps) => {
  const classes = useStyles();
  const api = useApi(clusterApiRef);
  const toast = useApi(toastApiRef);
  const [text, setText] = useState(String(group.replicas));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const { name, min, max } = group;
  const wanted = /^\d+$/.test(text) ? Number(text) : NaN;
  const outside = !(wanted >= min && wanted <= max);

  const scale = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const { cluster, namespace, name: rayName } = rayCluster;
      await api.scaleRayCluster(
        { cluster, namespace, name: rayName },
        { group: name, replicas: wanted },
      );
      toast.post({
        title: `${foreignText(name)} of ${foreignText(rayName)} is scaled to ${workersOf(wanted)}`,
        status: 'success',
        timeout: 5_000,
      });
    } catch (problem) {
      setError(problem as Error);
    } finally {
      setBusy(false);
    }
  };

  if (!allowed) {
    return (
      <div className={classes.root}>
        <span className={classes.name}>{foreignText(name)}</span>
        <span>
          {workersOf(group.replicas)}, from {min} to {max}
        </span>
      </div>
    );
  }
  return (
    <form className={classes.root} onSubmit={scale} noValidate>
      <span className={classes.name}>{foreignText(name)}</span>
      <TextField
        className={classes.field}
        size="small"
        variant="outlined"
        label="Workers"
        value={text}
        onChange={({ target }) => setText(target.value)}
        error={outside}
        helperText={`From ${min} to ${max}`}
        inputProps={{
          inputMode: 'numeric',
          'aria-label': `Workers of ${foreignText(name)}`,
        }}
      />
      <Button
        type="submit"
        variant="outlined"
        disabled={busy || outside || wanted === group.replicas}
      >
        Scale
      </Button>
      {error && (
        <Alert severity="error" variant="outlined">
          {foreignText(error.message)}
        </Alert>
      )}
    </form>
  );
};
