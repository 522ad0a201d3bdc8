import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  it('greets with the sign-in page', async () => {
    process.env = {
      NODE_ENV: 'test',
      // The app reads this instead of the configuration in the page.
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'ml-platform', baseUrl: 'http://localhost:7007' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ] as unknown as string,
    };
    render(App.createRoot());
    expect(
      await screen.findByRole('button', { name: 'Enter' }),
    ).toBeInTheDocument();
  });
});
