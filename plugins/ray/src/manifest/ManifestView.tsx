import { CodeSnippet } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    borderRadius: 8,
    overflow: 'auto',
    border: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
  },
}));

export interface ManifestViewProps {
  /** YAML */
  readonly text: string;
  readonly lineNumbers?: boolean;
  /** Pixels; as high as the text where absent. */
  readonly maxHeight?: number;
}

/** A manifest to read and to copy. */
export const ManifestView = ({
  text,
  lineNumbers,
  maxHeight,
}: ManifestViewProps) => {
  const classes = useStyles();
  return (
    <div
      className={classes.root}
      style={{ maxHeight }}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- It scrolls, and so a keyboard has to reach it.
      tabIndex={0}
      role="region"
      aria-label="Manifest"
    >
      <CodeSnippet
        text={text}
        // The colors of YAML have too little contrast.
        language="text"
        showLineNumbers={lineNumbers}
        showCopyCodeButton
        customStyle={{
          margin: 0,
          padding: 12,
          overflow: 'visible',
          background: 'none',
        }}
      />
    </div>
  );
};
