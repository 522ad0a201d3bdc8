import type { ChildProcess } from 'node:child_process';
import { sleep } from '@ml-platform/kube';
import { freePort } from '@ml-platform/kube/testUtils';
import { ask } from './helper';
import type { LogSite } from './logSite';
import { TOKEN, type PortalOrder } from './portalOrder';

/** Waits until the portal has heard of the job's pods. */
async function knowsPods(page: string): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  let said = '';
  for (const end = Date.now() + 15_000; Date.now() < end; await sleep(100)) {
    const answer = await fetch(`${page}/pods`, { headers });
    said = await answer.text();
    if (answer.ok && JSON.parse(said).items.length === 2) {
      return;
    }
  }
  throw new Error(`The plugin does not find the pods of the job: ${said}`);
}

/** Starts the portal for a cluster; answers the address of the job there. */
export async function openJob(
  portal: ChildProcess,
  { kubeconfig, context, namespace, job }: LogSite,
): Promise<string> {
  const order: PortalOrder = {
    type: 'start',
    kubeconfig,
    context,
    namespace,
    port: await freePort(),
  };
  const { url } = await ask<{ url: string }>(portal, order);
  const page = `${url}/jobs/bench/${namespace}/${job}`;
  await knowsPods(page);
  return page;
}
