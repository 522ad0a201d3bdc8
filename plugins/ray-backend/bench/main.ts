import { cpus, loadavg } from 'node:os';
import { freshness } from './freshness';
import { logs } from './logs';
import { pages } from './pages';

const BENCHMARKS = { pages, freshness, logs };

async function main(names: readonly string[]): Promise<void> {
  const load = loadavg()[0].toFixed(1);
  process.stdout.write(
    `Node ${process.version}, ${cpus().length} cores, load ${load}\n`,
  );
  for (const [name, run] of Object.entries(BENCHMARKS)) {
    if (names.length === 0 || names.includes(name)) {
      await run();
    }
  }
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
