import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';

export interface LoadErrorProps {
  /** What could not be shown, as "the manifest". */
  readonly what: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** In the place of a part of the page that could not be fetched. */
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
    The portal could not show {what}: {error.message}
  </Alert>
);
