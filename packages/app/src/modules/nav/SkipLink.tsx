import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'fixed',
    top: theme.spacing(1),
    left: theme.spacing(1),
    zIndex: theme.zIndex.tooltip,
    // Out of sight until it has the focus.
    '&:not(:focus)': { transform: 'translateY(-200%)' },
  },
}));

/** Where the content of a page begins, whichever kit the page is made with. */
function contentOf(page: Document): HTMLElement | null {
  return page.querySelector<HTMLElement>('main, [role="main"], article');
}

/** The first thing that the Tab key reaches: it leads past the sidebar. */
export const SkipLink = () => {
  const classes = useStyles();
  const skip = () => {
    const content = contentOf(document);
    content?.setAttribute('tabindex', '-1');
    content?.focus();
  };
  return (
    <Button
      className={classes.root}
      variant="contained"
      color="primary"
      onClick={skip}
    >
      Skip to content
    </Button>
  );
};
