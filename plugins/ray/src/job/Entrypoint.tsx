import { CopyTextButton } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { foreignText } from '../foreign/foreignText';

const useStyles = makeStyles({
  code: { whiteSpace: 'pre-wrap' },
});

/** Longer ones are folded; in characters. */
const FOLDED = 400;

/** A command as it was typed, to read and to copy. A long one can be opened. */
export const Entrypoint = ({ command }: { readonly command: string }) => {
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  const text = foreignText(command);
  const isLong = text.length > FOLDED;
  return (
    <>
      <code className={classes.code}>
        {isLong && !open ? `${text.slice(0, FOLDED)}…` : text}
      </code>
      {isLong && (
        <Button
          size="small"
          color="primary"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open
            ? 'Show less'
            : `Show all ${text.length.toLocaleString()} characters`}
        </Button>
      )}
      <CopyTextButton
        text={text}
        tooltipText="Copied the entrypoint"
        aria-label="Copy the entrypoint"
      />
    </>
  );
};
