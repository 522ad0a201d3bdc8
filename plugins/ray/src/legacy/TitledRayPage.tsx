import { Header, Page } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { CreateJobButton } from '../jobs/CreateJobButton';
import { RayPage } from '../RayPage';

const useStyles = makeStyles(theme => ({
  content: {
    gridArea: 'pageContent',
    minWidth: 0,
    paddingTop: theme.spacing(3),
  },
}));

/** The pages of the plugin below a heading, which the newer frontend system adds by itself. */
export const TitledRayPage = () => {
  const classes = useStyles();
  return (
    <Page themeId="tool">
      <Header title="Training jobs">
        <CreateJobButton />
      </Header>
      <div className={classes.content}>
        <RayPage />
      </div>
    </Page>
  );
};
