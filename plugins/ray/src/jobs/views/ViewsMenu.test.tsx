import { TestApiProvider } from '@backstage/frontend-test-utils';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { savedViewsApiRef, type SavedViews } from './SavedViews';
import { ViewsMenu } from './ViewsMenu';

describe('ViewsMenu', () => {
  it("says why a view isn't deleted, and keeps it", async () => {
    const all = [{ name: 'what failed', query: 'state=failed' }];
    const views: SavedViews = {
      all,
      save: async () => {},
      remove: async () => {
        throw new TypeError('Failed to fetch');
      },
      subscribe: () => () => {},
    };
    render(
      <TestApiProvider apis={[[savedViewsApiRef, views]]}>
        <ViewsMenu view="" onChoose={() => {}} />
      </TestApiProvider>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Views' }));
    await userEvent.click(
      screen.getByRole('button', { name: 'Delete the view what failed' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "The portal can't be reached",
    );
    expect(screen.getByText('what failed')).toBeInTheDocument();
  });
});
