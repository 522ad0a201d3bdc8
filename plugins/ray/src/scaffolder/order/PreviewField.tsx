import { Link, Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { orderApiRef } from '../../api/OrderApi';
import { ManifestView } from '../../manifest/ManifestView';
import { RunDifferences } from '../../rerun/RunDifferences';
import { runOfForm } from '../../rerun/rerunForm';
import { formOf, orderOf } from './orderForm';

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 2),
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
}));

/** The job as it will be created, rendered by the backend, and what it costs. */
export const PreviewField = (props: FieldExtensionComponentProps<boolean>) => {
  const classes = useStyles();
  const api = useApi(orderApiRef);
  const form = formOf(props);
  const order = orderOf(form);
  const last = runOfForm(form);
  const key = JSON.stringify(order);
  const { value, loading, error, retry } = useAsyncRetry(
    async () => (key === undefined ? undefined : api.preview(JSON.parse(key))),
    [api, key],
  );
  if (loading) {
    return <Progress />;
  }
  if (error) {
    return (
      <Alert
        severity="error"
        action={
          <Button color="inherit" size="small" onClick={retry}>
            Try again
          </Button>
        }
      >
        {error.message}
      </Alert>
    );
  }
  if (!value) {
    return (
      <Typography>Something is missing. Go back and fill it in.</Typography>
    );
  }
  return (
    <section aria-label="The job">
      <dl className={classes.facts}>
        <dt>Cost</dt>
        <dd>{value.cost.text}</dd>
        <dt>Source</dt>
        <dd>
          <Link to={value.sourceUrl}>{value.sourceUrl}</Link>
        </dd>
      </dl>
      {last && <RunDifferences run={last} manifest={value.manifest} />}
      <Typography variant="body2" paragraph>
        This is the RayJob as it will be in the pull request. The build adds the
        digest of the image, and the task its id and the source commit. The name
        has the time at which you create it.
      </Typography>
      <ManifestView text={value.manifest} maxHeight={480} />
    </section>
  );
};
