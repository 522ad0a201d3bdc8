import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useState, type FormEvent, type RefObject } from 'react';

const useStyles = makeStyles({ root: { width: 150 } });

export interface GoToFieldProps {
  readonly inputRef: RefObject<HTMLInputElement>;
  readonly onGo: (text: string) => void;
}

/** Goes to a line or a time. */
export const GoToField = ({ inputRef, onGo }: GoToFieldProps) => {
  const classes = useStyles();
  const [text, setText] = useState('');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onGo(text);
  };
  return (
    <form onSubmit={onSubmit}>
      <TextField
        className={classes.root}
        size="small"
        variant="outlined"
        placeholder="Line or time (g)"
        value={text}
        onChange={event => setText(event.target.value)}
        inputRef={inputRef}
        inputProps={{ 'aria-label': 'Go to line or time', maxLength: 40 }}
      />
    </form>
  );
};
