import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import Alert from '@material-ui/lab/Alert';
import { useId } from 'react';

const useStyles = makeStyles(theme => ({
  title: {
    '& h2': { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
    overflowWrap: 'anywhere',
  },
  mark: { flex: 'none', color: theme.palette.error.main },
  destroy: {
    color: theme.palette.getContrastText(theme.palette.error.main),
    background: theme.palette.error.main,
    '&:hover, &:focus-visible': { background: theme.palette.error.dark },
  },
}));

export interface ConfirmDialogProps {
  readonly title: string;
  readonly text: string;
  /** Label of the button that does it. */
  readonly action: string;
  /** True for what takes something away. */
  readonly destructive: boolean;
  readonly busy: boolean;
  readonly error?: Error;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks for confirmation. What takes something away looks like it. */
export const ConfirmDialog = (props: ConfirmDialogProps) => {
  const id = useId();
  const classes = useStyles();
  const { title, text, action, destructive, busy, error } = props;
  const { onConfirm, onClose } = props;
  return (
    <Dialog open onClose={busy ? undefined : onClose} aria-labelledby={id}>
      <DialogTitle id={id} className={classes.title}>
        {destructive && <WarningIcon className={classes.mark} aria-hidden />}
        {title}
      </DialogTitle>
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
          className={destructive ? classes.destroy : undefined}
          color={destructive ? 'default' : 'primary'}
          variant="contained"
        >
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
