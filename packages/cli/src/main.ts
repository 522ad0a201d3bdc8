import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what was compiled once is kept; in the user's own folder, not in one of all. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  return join(
    XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache'),
    'ml-platform',
    'compiled',
  );
}

// Node 22.8 and later have it. Only what is loaded afterwards is cached, so this
// file has nothing else in it.
enableCompileCache?.(cacheFolder());
import('./terminal/runInProcess');
