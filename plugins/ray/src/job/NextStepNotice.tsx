import { LinkButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { ReactNode } from 'react';
import type { NextStep } from './nextStep';
import { foreignText } from '../foreign/foreignText';

const useStyles = makeStyles(theme => ({
  root: {
    '& .MuiAlert-message': { minWidth: 0, overflowWrap: 'anywhere' },
    [theme.breakpoints.down('xs')]: {
      flexWrap: 'wrap',
      '& .MuiAlert-message': { flex: 1 },
      '& .MuiAlert-action': { width: '100%', margin: 0, padding: 0 },
    },
  },
  advice: { margin: theme.spacing(1, 0, 0) },
  details: {
    margin: theme.spacing(1, 0, 0),
    paddingLeft: theme.spacing(2.5),
    fontSize: 13,
    color: theme.palette.text.secondary,
  },
  link: { whiteSpace: 'nowrap' },
}));

export interface NextStepNoticeProps {
  readonly step: NextStep;
  /** What belongs below the text. */
  readonly children?: ReactNode;
}

/** What happened and what to do next. */
export const NextStepNotice = ({ step, children }: NextStepNoticeProps) => {
  const classes = useStyles();
  const { severity, title, text, advice, details = [], link } = step;
  return (
    <Alert
      severity={severity}
      variant="outlined"
      className={classes.root}
      action={
        link && (
          <LinkButton
            to={link.to}
            variant="contained"
            color="primary"
            size="small"
            className={classes.link}
          >
            {link.title}
          </LinkButton>
        )
      }
    >
      <AlertTitle>{foreignText(title)}</AlertTitle>
      {foreignText(text)}
      {advice && <p className={classes.advice}>{advice}</p>}
      {details.length > 0 && (
        <ul className={classes.details}>
          {details.map(detail => (
            <li key={detail}>{foreignText(detail)}</li>
          ))}
        </ul>
      )}
      {children}
    </Alert>
  );
};
