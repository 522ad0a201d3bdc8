import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startTestApiServer } from '@ml-platform/embedded-apiserver/testUtils';
import { sampleJob } from '../../plugins/ray-backend/bench/sampleJobs';

/** Requests at the same time, while the jobs are made. */
const AT_ONCE = 20;

/** An API server with RayJobs, which prints its own tables as a real one does. */
export async function jobsServer(count: number) {
  const server = await startTestApiServer();
  const kubeconfig = join(server.dataDir, 'kubeconfig');
  const save = (text: string) => writeFile(kubeconfig, text, { mode: 0o600 });
  await save(server.kubeConfig.exportConfig());
  // As kubectl writes it, in the YAML that people have.
  const { stdout } = await promisify(execFile)('kubectl', [
    '--kubeconfig',
    kubeconfig,
    'config',
    'view',
    '--raw',
  ]);
  await save(stdout);
  const must = async (path: string, body: object) => {
    const answer = await server.request('POST', path, { body });
    if (answer.status !== 201) {
      throw new Error(`${path} answers ${answer.status}`);
    }
  };
  for (let i = 0; i < 10; i += 1) {
    await must('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: `team-${i}` },
    });
  }
  let next = 0;
  const make = async () => {
    while (next < count) {
      const job = sampleJob(next);
      next += 1;
      const { namespace } = job.metadata;
      await must(`/apis/ray.io/v1/namespaces/${namespace}/rayjobs`, {
        ...job,
        metadata: { ...job.metadata, uid: undefined },
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, make));
  return { kubeconfig, close: () => server.close() };
}
