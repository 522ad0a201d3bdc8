import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import {
  readRayJob,
  readYaml,
  runValues,
  type JobRef,
  type RunValues,
} from '@ml-platform/rayjob';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { rayApiRef } from '../api/RayApi';
import { foreignText } from '../foreign/foreignText';

export interface LeftOutVariablesProps {
  /** The run that the form was filled from. */
  readonly run: JobRef;
  /** Number of its variables. */
  readonly count: number;
  readonly onLoad: (environment: RunValues['environment']) => void;
}

/** Says that the variables of a run are too long for the form's address, and loads them. */
export const LeftOutVariables = (props: LeftOutVariablesProps) => {
  const { run, count, onLoad } = props;
  const api = useApi(rayApiRef);
  const [{ loading, error }, load] = useAsyncFn(async () => {
    const manifest = await api.getManifest(run);
    onLoad(runValues(readRayJob(readYaml(manifest))).environment);
  }, [api, run, onLoad]);
  const name = foreignText(run.name);
  const variables = count === 1 ? 'The variable' : `The ${count} variables`;
  return (
    <Alert
      severity={error ? 'error' : 'warning'}
      action={
        <Button color="inherit" size="small" disabled={loading} onClick={load}>
          {error ? 'Try again' : 'Load'}
        </Button>
      }
    >
      {error ? (
        <>
          Couldn&apos;t load the variables of {name}: {error.message}
        </>
      ) : (
        <>
          {variables} of {name} didn&apos;t fit into the address of this form.
          Load what is missing, or add it below.
        </>
      )}
    </Alert>
  );
};
