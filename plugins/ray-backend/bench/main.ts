import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { freshness } from './freshness';
import { logLines } from './logLines';
import { logs } from './logs';
import { pages } from './pages';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kubeconfig: { type: 'string' },
      context: { type: 'string' },
      namespace: { type: 'string', default: 'log-bench' },
      image: { type: 'string', default: 'busybox:1.37' },
    },
  });
  const { kubeconfig, ...place } = values;
  const benchmarks = {
    pages,
    freshness,
    logs: () =>
      logs({ cluster: kubeconfig ? { ...place, kubeconfig } : undefined }),
    lines: logLines,
  };
  const load = loadavg()[0].toFixed(1);
  process.stdout.write(
    `Node ${process.version}, ${cpus().length} cores, load ${load}\n`,
  );
  for (const [name, run] of Object.entries(benchmarks)) {
    if (positionals.length === 0 || positionals.includes(name)) {
      await run();
    }
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
