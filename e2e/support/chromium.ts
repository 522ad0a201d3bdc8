import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * How the tests start the machine's own browser.
 * @throws {Error} when it has none
 */
export function chromiumOptions() {
  const executablePath = [process.env.CHROMIUM_PATH, ...PLACES].find(
    path => path !== undefined && existsSync(path),
  );
  if (executablePath === undefined) {
    throw new Error(
      'No Chromium or Chrome was found. Install one (Debian: apt install chromium) or name it in CHROMIUM_PATH.',
    );
  }
  return {
    executablePath,
    args: [
      // Chromium has no sandbox for root, as which containers of CI run.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
