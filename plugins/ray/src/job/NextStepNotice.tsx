import { LinkButton } from '@backstage/core-components';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { NextStep } from './nextStep';
import { foreignText } from '../foreign/foreignText';

/** What happened and what to do next. */
export const NextStepNotice = ({ step }: { readonly step: NextStep }) => (
  <Alert
    severity={step.severity}
    variant="outlined"
    action={
      step.link && (
        <LinkButton
          to={step.link.to}
          variant="contained"
          color="primary"
          size="small"
          style={{ whiteSpace: 'nowrap' }}
        >
          {step.link.title}
        </LinkButton>
      )
    }
  >
    <AlertTitle>{foreignText(step.title)}</AlertTitle>
    {foreignText(step.text)}
  </Alert>
);
