import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, max-content) 1fr',
    gap: theme.spacing(1, 3),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
    '& code': { fontSize: 13 },
  },
}));

export interface Fact {
  readonly title: string;
  /** Left out where there is none. */
  readonly value: ReactNode;
}

/** Names and values, below each other. */
export const FactList = ({ facts }: { readonly facts: readonly Fact[] }) => {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {facts
        .filter(({ value }) => value)
        .map(({ title, value }) => (
          <div key={title} style={{ display: 'contents' }}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
};
