import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  it('greets with the sign-in page', async () => {
    process.env = {
      NODE_ENV: 'test',
      // Read by the app in place of the configuration that the page carries.
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
