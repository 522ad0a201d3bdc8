import {
  EntityAboutCard,
  EntityLayout,
  EntitySwitch,
} from '@backstage/plugin-catalog';
import Grid from '@material-ui/core/Grid';
import {
  EntityLatestRayJobsCard,
  EntityRayJobsContent,
  EntityRayKubernetesClusterCard,
  EntityRayStatisticsCard,
  EntityRayStorageCard,
  EntityRayVersionsCard,
  isRayKubernetesClusterAvailable,
  isRayStorageAvailable,
  isRayWorkloadAvailable,
} from '../src/legacy';

/** The catalog page of an entity, with the runs of a workload. */
export const EntityPage = () => (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <Grid container spacing={3}>
        <Grid item md={6} xs={12}>
          <EntityAboutCard />
        </Grid>
        <EntitySwitch>
          <EntitySwitch.Case if={isRayWorkloadAvailable}>
            <Grid item md={6} xs={12}>
              <EntityLatestRayJobsCard />
            </Grid>
            <Grid item md={6} xs={12}>
              <EntityRayStatisticsCard />
            </Grid>
            <Grid item md={6} xs={12}>
              <EntityRayVersionsCard />
            </Grid>
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={isRayKubernetesClusterAvailable}>
            <Grid item md={6} xs={12}>
              <EntityRayKubernetesClusterCard />
            </Grid>
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={isRayStorageAvailable}>
            <Grid item md={6} xs={12}>
              <EntityRayStorageCard />
            </Grid>
          </EntitySwitch.Case>
        </EntitySwitch>
      </Grid>
    </EntityLayout.Route>
    <EntityLayout.Route
      path="/training-jobs"
      title="Training jobs"
      if={isRayWorkloadAvailable}
    >
      <EntityRayJobsContent />
    </EntityLayout.Route>
  </EntityLayout>
);
