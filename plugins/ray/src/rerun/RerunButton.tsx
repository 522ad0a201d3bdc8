import Button from '@material-ui/core/Button';
import FormHelperText from '@material-ui/core/FormHelperText';
import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { useRerun } from './useRerun';

/** Opens the form for another run of a job, filled with what this one had. */
export const RerunButton = ({ detail }: { readonly detail: JobDetail }) => {
  const { open, busy, error } = useRerun(detail);
  return open ? (
    <div>
      <Button size="small" variant="outlined" disabled={busy} onClick={open}>
        Run again with changes
      </Button>
      {error && (
        <FormHelperText error role="alert">
          Couldn&apos;t open the form: {error.message}
        </FormHelperText>
      )}
    </div>
  ) : null;
};
