import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Entrypoint } from './Entrypoint';

describe('Entrypoint', () => {
  it('folds a long command, opens it, and copies all of it', async () => {
    let copied = '';
    // Browsers have it, and jsdom hasn't.
    Object.defineProperty(document, 'execCommand', {
      configurable: true,
      value: () => {
        copied = String(document.getSelection());
        return true;
      },
    });
    const command = `python train.py ${'--flag=value '.repeat(100)}--last`;
    renderInTestApp(<Entrypoint command={command} />);
    expect(await screen.findByText(/^python train\.py.*…$/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Copy the entrypoint' }),
    );
    expect(copied).toBe(command);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all 1,322 characters' }),
    );
    expect(screen.getByText(/^python train\.py.*--last$/)).toBeVisible();
  });

  it('shows a short command as it is', async () => {
    renderInTestApp(<Entrypoint command="python train.py" />);
    expect(await screen.findByText('python train.py')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Show/ })).toBeNull();
  });
});
