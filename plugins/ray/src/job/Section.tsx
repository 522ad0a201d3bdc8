import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { SectionBoundary } from '../foreign/SectionBoundary';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(2, 2.5, 2.5),
    borderRadius: 8,
    minWidth: 0,
    '& > h2': {
      margin: theme.spacing(0, 0, 2),
      fontSize: 16,
      fontWeight: 600,
    },
  },
}));

export interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A part of a job's page, with a heading. */
export const Section = ({ title, children }: SectionProps) => {
  const classes = useStyles();
  const id = useId();
  return (
    <Paper
      component="section"
      variant="outlined"
      className={classes.root}
      aria-labelledby={id}
    >
      <h2 id={id}>{title}</h2>
      <SectionBoundary what={`the section “${title}”`} data={children}>
        {children}
      </SectionBoundary>
    </Paper>
  );
};
