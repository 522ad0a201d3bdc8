import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Autocomplete, {
  createFilterOptions,
} from '@material-ui/lab/Autocomplete';
import type { LogSource } from '@ml-platform/rayjob';
import { useCallback, useId, useMemo } from 'react';
import { formatCount } from '../../states/formatCount';

const useStyles = makeStyles({
  root: { minWidth: 160, maxWidth: 320, flex: '0 1 200px' },
});

interface Choice {
  readonly id: string;
  readonly title: string;
  /** The container's log before its last restart. */
  readonly previous: boolean;
}

/** The most choices in the list at once. */
const SHOWN = 100;
/** Id of what is said below them. */
const NOTE = '';

const matching = createFilterOptions<Choice>();

/** The choices that match what is typed, and a note where there are more. */
const shownChoices: typeof matching = (choices, typed) => {
  const found = matching(choices, typed);
  const more = found.length - SHOWN;
  const title = `${formatCount(more)} more: type to find them.`;
  return more > 0
    ? [...found.slice(0, SHOWN), { id: NOTE, title, previous: false }]
    : found;
};

/** Has worker 10 come after worker 9. */
const byNumbers = new Intl.Collator(undefined, { numeric: true });

const byTitle = (a: LogSource, b: LogSource) =>
  byNumbers.compare(a.title, b.title);

export interface LogSourceSelectProps {
  readonly sources: readonly LogSource[];
  readonly source: string;
  readonly previous: boolean;
  readonly onSource: (id: string, previous: boolean) => void;
}

function choicesOf(
  sources: readonly LogSource[],
  isChosen: (choice: Omit<Choice, 'title'>) => boolean,
): Choice[] {
  const containers = sources
    .filter(({ kind }) => kind === 'container')
    .sort(byTitle);
  const others = sources.filter(({ kind }) => kind !== 'container');
  return [
    ...[...others, ...containers].map(each => ({ ...each, previous: false })),
    ...containers
      .filter(
        ({ id, restartCount }) =>
          restartCount || isChosen({ id, previous: true }),
      )
      .map(({ id, title }) => ({
        id,
        title: `${title} (before its last restart)`,
        previous: true,
      })),
  ];
}

/** Selects which log to read. Typing finds it in a long list. */
export const LogSourceSelect = (props: LogSourceSelectProps) => {
  const { sources, source, previous, onSource } = props;
  const classes = useStyles();
  const fieldId = useId();
  const isChosen = useCallback(
    (choice: Omit<Choice, 'title'>) =>
      choice.id === source && choice.previous === previous,
    [source, previous],
  );
  const choices = useMemo(
    () => choicesOf(sources, isChosen),
    [sources, isChosen],
  );
  return (
    <Autocomplete
      id={fieldId}
      className={classes.root}
      size="small"
      options={choices}
      value={choices.find(isChosen) ?? { id: source, title: source, previous }}
      disableClearable
      autoHighlight
      getOptionLabel={({ title }) => title}
      getOptionSelected={(option, value) =>
        option.id === value.id && option.previous === value.previous
      }
      filterOptions={shownChoices}
      getOptionDisabled={({ id }) => id === NOTE}
      noOptionsText="No log has this in its name"
      onChange={(_, choice) => onSource(choice.id, choice.previous)}
      renderInput={params => (
        <TextField {...params} variant="outlined" label="Source" />
      )}
    />
  );
};
