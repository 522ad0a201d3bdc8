import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import { isDay, RANGES, type DateRange } from './dateRange';

const useStyles = makeStyles(theme => ({
  root: {
    flex: '1 1 140px',
    minWidth: 130,
    maxWidth: 240,
    background: theme.palette.background.paper,
  },
  day: { width: 150, background: theme.palette.background.paper },
}));

const ANY = 'any';
const DAYS = 'days';

export interface DateRangeSelectProps {
  readonly dates: DateRange;
  readonly onChange: (dates: DateRange) => void;
}

/** When the jobs were created: in the time before now, or between two days. */
export const DateRangeSelect = ({ dates, onChange }: DateRangeSelectProps) => {
  const { since, until } = dates;
  const classes = useStyles();
  const id = useId();
  const [choosesDays, setChoosesDays] = useState(false);
  const byDays = choosesDays || isDay(since) || until !== undefined;
  const named = since !== undefined && !byDays;
  const choose = (value: string) => {
    setChoosesDays(value === DAYS);
    onChange(value === ANY || value === DAYS ? {} : { since: value });
  };
  const kind = byDays ? DAYS : ANY;
  const days = { InputLabelProps: { shrink: true }, size: 'small' } as const;
  return (
    <>
      <TextField
        select
        id={`${id}range`}
        className={classes.root}
        size="small"
        variant="outlined"
        label="Created"
        value={named ? since : kind}
        onChange={({ target }) => choose(target.value)}
        SelectProps={{ MenuProps: { getContentAnchorEl: null } }}
      >
        <MenuItem value={ANY}>Any time</MenuItem>
        {RANGES.map(range => (
          <MenuItem key={range.since} value={range.since}>
            {range.title}
          </MenuItem>
        ))}
        {named && RANGES.every(range => range.since !== since) && (
          <MenuItem value={since}>Last {since}</MenuItem>
        )}
        <MenuItem value={DAYS}>Between days…</MenuItem>
      </TextField>
      {byDays && (
        <>
          <TextField
            {...days}
            className={classes.day}
            variant="outlined"
            type="date"
            id={`${id}from`}
            label="From"
            value={isDay(since) ? since : ''}
            inputProps={{ max: until }}
            onChange={({ target }) =>
              onChange({ ...dates, since: target.value || undefined })
            }
          />
          <TextField
            {...days}
            className={classes.day}
            variant="outlined"
            type="date"
            id={`${id}to`}
            label="To"
            value={until ?? ''}
            inputProps={{ min: isDay(since) ? since : undefined }}
            onChange={({ target }) =>
              onChange({ ...dates, until: target.value || undefined })
            }
          />
        </>
      )}
    </>
  );
};
