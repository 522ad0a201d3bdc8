import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';

export interface LoadErrorProps {
  /** What couldn't be loaded, for example "the manifest". */
  readonly what: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Says that a part of the page couldn't be loaded; what was loaded before stays below it. */
export const LoadError = ({ what, error, onRetry }: LoadErrorProps) => (
  <Alert
    severity="error"
    variant="outlined"
    action={
      <Button color="inherit" size="small" onClick={onRetry}>
        Retry
      </Button>
    }
  >
    Couldn't load {what}: {error.message}
  </Alert>
);
