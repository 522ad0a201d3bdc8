import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Alert from '@material-ui/lab/Alert';
import { useId } from 'react';

export interface ConfirmDialogProps {
  readonly title: string;
  readonly text: string;
  /** Label of the button that does it. */
  readonly action: string;
  readonly busy: boolean;
  readonly error?: Error;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks for confirmation before something that can't be undone. */
export const ConfirmDialog = (props: ConfirmDialogProps) => {
  const id = useId();
  const { title, text, action, busy, error, onConfirm, onClose } = props;
  return (
    <Dialog open onClose={busy ? undefined : onClose} aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        <DialogContentText>{text}</DialogContentText>
        {error && <Alert severity="error">{error.message}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          Cancel
        </Button>
        <Button
          onClick={onConfirm}
          disabled={busy}
          color="secondary"
          variant="contained"
        >
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
