import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import type { LogLevel } from '@ml-platform/backstage-plugin-ray-common';
import { useId } from 'react';

/** The levels of the lines to find. */
export interface LevelChoice {
  readonly level?: LogLevel;
  /** Also lines of a more severe level. */
  readonly orWorse?: boolean;
}

interface Option extends LevelChoice {
  readonly title: string;
}

const OPTIONS: readonly Option[] = [
  { title: 'Any' },
  { title: 'Errors', level: 'error' },
  { title: 'Warnings and errors', level: 'warning', orWorse: true },
  { title: 'Warnings', level: 'warning' },
  { title: 'Info', level: 'info' },
  { title: 'Debug', level: 'debug' },
];

const useStyles = makeStyles({ root: { minWidth: 110, maxWidth: 220 } });

export interface LevelSelectProps {
  readonly choice: LevelChoice;
  readonly onChange: (choice: LevelChoice) => void;
}

/** Selects which level lines have to name to be found. */
export const LevelSelect = ({ choice, onChange }: LevelSelectProps) => {
  const classes = useStyles();
  const fieldId = useId();
  const { level, orWorse = false } = choice;
  const current = OPTIONS.findIndex(
    option => option.level === level && (option.orWorse ?? false) === orWorse,
  );
  return (
    <TextField
      select
      id={fieldId}
      className={classes.root}
      size="small"
      variant="outlined"
      label="Level"
      value={Math.max(0, current)}
      onChange={({ target }) => {
        const { title, ...next } = OPTIONS[Number(target.value)];
        onChange(next);
      }}
      SelectProps={{ MenuProps: { getContentAnchorEl: null } }}
    >
      {OPTIONS.map(({ title }, i) => (
        <MenuItem key={title} value={i} dense>
          {title}
        </MenuItem>
      ))}
    </TextField>
  );
};
