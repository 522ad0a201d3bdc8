import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import { isUnreachable } from '../api/clearError';
import type { StreamState } from './StreamState';

export interface StreamNoticeProps {
  readonly state: StreamState;
  /** What the page shows, for example "this list". */
  readonly what: string;
  readonly onRetry: () => void;
}

/** Says that the page has stopped updating. Nothing while it updates. */
export const StreamNotice = ({ state, what, onRetry }: StreamNoticeProps) => {
  if (state.kind === 'reconnecting') {
    const { error } = state;
    return (
      <Alert severity="info" variant="outlined" role="status">
        Reconnecting… Until the portal answers again, {what} may be out of date.
        This page updates automatically.
        {!isUnreachable(error) && ` (${error.message})`}
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
        Couldn't load {what}: {state.error.message}
      </Alert>
    );
  }
  return null;
};
