import {
  Sidebar,
  SidebarDivider,
  SidebarItem,
  SidebarPage,
} from '@backstage/core-components';
import CategoryIcon from '@material-ui/icons/Category';
import CreateIcon from '@material-ui/icons/AddCircleOutline';
import TimelineIcon from '@material-ui/icons/Timeline';
import type { PropsWithChildren } from 'react';

/** A sidebar with links to the pages, and the page beside it. */
export const Navigation = ({ children }: PropsWithChildren<{}>) => (
  <SidebarPage>
    <Sidebar>
      <SidebarItem icon={TimelineIcon} to="ray" text="Training jobs" />
      <SidebarDivider />
      <SidebarItem icon={CategoryIcon} to="catalog" text="Catalog" />
      <SidebarItem icon={CreateIcon} to="create" text="Create" />
    </Sidebar>
    {children}
  </SidebarPage>
);
