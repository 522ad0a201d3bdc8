import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../exporters');
/** Types whose values only grow; a histogram's are counters. */
const GROWS = /^# TYPE (\S+) (counter|histogram)$/;
/** Each scrape sees what grows a hundredth larger than the one before. */
const GROWTH = 0.01;

/** Names of the exporters in ../exporters. */
export const EXPORTERS = readdirSync(FOLDER).map(file =>
  file.replace('.prom', ''),
);

/** The text of an exporter after a number of scrapes. */
function exposition(name: string, scrapes: number): string {
  let grows = false;
  return readFileSync(join(FOLDER, `${name}.prom`), 'utf8')
    .split('\n')
    .map(line => {
      if (line.startsWith('# TYPE')) grows = GROWS.test(line);
      if (!grows || !line || line.startsWith('#')) return line;
      const at = line.lastIndexOf(' ') + 1;
      const value = Number(line.slice(at)) * (1 + scrapes * GROWTH);
      return `${line.slice(0, at)}${value}`;
    })
    .join('\n');
}

/**
 * Serves the exporters of production that don't run here, each at a path of its name.
 *
 * @returns What ends it.
 */
export async function serveExporters(port: number): Promise<() => void> {
  const scrapes = new Map<string, number>();
  const server = createServer((request, response) => {
    const name = request.url?.split('/')[1] ?? '';
    if (!EXPORTERS.includes(name)) {
      response.writeHead(404).end();
      return;
    }
    const count = (scrapes.get(name) ?? 0) + 1;
    scrapes.set(name, count);
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(exposition(name, count));
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return () => server.close();
}
