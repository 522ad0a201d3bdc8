import { compatWrapper } from '@backstage/core-compat-api';
import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { RayJobSearchResultListItem } from '@ml-platform/backstage-plugin-ray/legacy';
import MenuIcon from '@material-ui/icons/Menu';
import NotificationsIcon from '@material-ui/icons/Notifications';
import SearchIcon from '@material-ui/icons/Search';
import { SidebarLogo } from './SidebarLogo';
import { SkipLink } from './SkipLink';

export const SidebarContent = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const nav = navItems.withComponent(item => (
        <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
      ));
      // These have their own place, or only lead to another page.
      nav.take('page:app/landing');
      nav.take('page:search');
      nav.take('page:notifications');
      // A graph of the whole catalog isn't useful. Entities link to their own.
      nav.take('page:catalog-graph');

      return (
        <>
          <SkipLink />
          <Sidebar>
            <SidebarLogo />
            <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
              {compatWrapper(
                <SidebarSearchModal
                  resultItemComponents={[
                    <RayJobSearchResultListItem key="ray-job" />,
                  ]}
                />,
              )}
            </SidebarGroup>
            <SidebarDivider />
            <SidebarGroup label="Menu" icon={<MenuIcon />}>
              {nav.take('page:home')}
              {nav.take('page:ray')}
              {nav.take('page:catalog')}
              {nav.take('page:scaffolder')}
              {nav.take('page:techdocs')}
              <SidebarDivider />
              <SidebarScrollWrapper>
                {nav.rest({ sortBy: 'title' })}
              </SidebarScrollWrapper>
            </SidebarGroup>
            <SidebarSpace />
            <SidebarDivider />
            <SidebarGroup
              label="Notifications"
              icon={<NotificationsIcon />}
              to="/notifications"
            >
              <NotificationsSidebarItem />
            </SidebarGroup>
            <SidebarDivider />
            <SidebarGroup
              label="Settings"
              icon={<UserSettingsSignInAvatar />}
              to="/settings"
            >
              {nav.take('page:user-settings')}
            </SidebarGroup>
          </Sidebar>
        </>
      );
    },
  },
});
