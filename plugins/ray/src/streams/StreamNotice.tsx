import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import type { StreamState } from './StreamState';

export interface StreamNoticeProps {
  readonly state: StreamState;
  /** What is seen on the page, as "this list". */
  readonly what: string;
  readonly onRetry: () => void;
}

/** Says when what is on the page has stopped being live, and nothing otherwise. */
export const StreamNotice = ({ state, what, onRetry }: StreamNoticeProps) => {
  if (state.kind === 'reconnecting') {
    return (
      <Alert severity="info" variant="outlined" role="status">
        Reconnecting… The portal was lost ({state.error.message}); {what} goes
        on by itself when it is back.
      </Alert>
    );
  }
  if (state.kind === 'failed') {
    return (
      <Alert
        severity="error"
        variant="outlined"
        action={
          <Button color="inherit" size="small" onClick={onRetry}>
            Retry
          </Button>
        }
      >
        The portal could not show {what}: {state.error.message}
      </Alert>
    );
  }
  return null;
};
