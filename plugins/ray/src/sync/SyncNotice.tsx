import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type {
  BlockingFile,
  JobSync,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobRef } from '@ml-platform/rayjob';
import { foreignText } from '../foreign/foreignText';
import { WebLink } from '../foreign/WebLink';
import { SyncButton } from './SyncButton';
import { SyncLine } from './SyncLine';
import type { SyncStep } from './syncStep';

const useStyles = makeStyles(theme => ({
  root: { '& .MuiAlert-message': { minWidth: 0 } },
  words: {
    margin: theme.spacing(1, 0),
    maxHeight: 240,
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontSize: 13,
  },
  actions: {
    display: 'grid',
    justifyItems: 'start',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
    '&:empty': { display: 'none' },
  },
  files: { margin: theme.spacing(1, 0), paddingLeft: theme.spacing(2.5) },
}));

const File = ({ file }: { readonly file: BlockingFile }) => {
  const classes = useStyles();
  const { kind, name, path, url, message } = file;
  return (
    <li>
      <WebLink url={url}>{path ?? `${kind} ${name}`}</WebLink>
      <pre className={classes.words}>{foreignText(message)}</pre>
    </li>
  );
};

export interface SyncNoticeProps {
  readonly job: JobRef;
  readonly sync: JobSync;
  readonly step: SyncStep;
}

/** What Argo CD says of a job that isn't as git has it, and what to do. */
export const SyncNotice = ({ job, sync, step }: SyncNoticeProps) => {
  const classes = useStyles();
  const { message, error, blockedBy = [] } = sync;
  return (
    <Alert severity={step.severity} variant="outlined" className={classes.root}>
      <AlertTitle>{step.title}</AlertTitle>
      {foreignText(message)}
      {error && <pre className={classes.words}>{foreignText(error)}</pre>}
      {blockedBy.length > 0 && (
        <ul className={classes.files}>
          {blockedBy.map(file => (
            <File
              key={`${file.kind} ${file.namespace}/${file.name}`}
              file={file}
            />
          ))}
        </ul>
      )}
      <Typography variant="body2" color="textSecondary">
        <SyncLine sync={sync} />
      </Typography>
      <div className={classes.actions}>
        <SyncButton job={job} sync={sync} />
      </div>
    </Alert>
  );
};
