import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import {
  readRayJob,
  readYaml,
  runDifferences,
  runValues,
  type JobRef,
} from '@ml-platform/rayjob';
import useAsync from 'react-use/esm/useAsync';
import { rayApiRef } from '../api/RayApi';
import { foreignText } from '../foreign/foreignText';
import { jobRouteRef } from '../routes';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(2) },
  cell: { overflowWrap: 'anywhere', verticalAlign: 'top' },
}));

export interface RunDifferencesProps {
  /** The run that the form was filled from. */
  readonly run: JobRef;
  /** Manifest of the job that would be created. */
  readonly manifest: string;
}

/** What the new job has that the last run had not, and the other way round. */
export const RunDifferences = ({ run, manifest }: RunDifferencesProps) => {
  const classes = useStyles();
  const api = useApi(rayApiRef);
  const { cluster, namespace, name } = run;
  const path = useRouteRef(jobRouteRef)?.({ cluster, namespace, name }) ?? '';
  const { value, error } = useAsync(async () => {
    const before = await api.getManifest({ cluster, namespace, name });
    const values = (text: string) => runValues(readRayJob(readYaml(text)));
    return runDifferences(values(before), values(manifest));
  }, [api, cluster, namespace, name, manifest]);
  const link = <Link to={path}>{foreignText(name)}</Link>;
  if (error) {
    return (
      <Typography paragraph>
        Couldn&apos;t compare it with {link}: {error.message}
      </Typography>
    );
  }
  if (!value) {
    return null;
  }
  if (value.length === 0) {
    return <Typography paragraph>It is the same as {link}.</Typography>;
  }
  return (
    <div className={classes.root}>
      <Typography>What changes from {link}:</Typography>
      <TableContainer>
        <Table size="small" aria-label="Changes from the last run">
          <TableHead>
            <TableRow>
              <TableCell>What</TableCell>
              <TableCell>Last run</TableCell>
              <TableCell>This run</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {value.map(({ name: what, before, after }) => (
              <TableRow key={what}>
                <TableCell className={classes.cell}>
                  {foreignText(what)}
                </TableCell>
                <TableCell className={classes.cell}>
                  {before === undefined ? '–' : foreignText(before)}
                </TableCell>
                <TableCell className={classes.cell}>
                  {after === undefined ? '–' : foreignText(after)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </div>
  );
};
