/**
 * What Ray's Job API says of a RayJob's job, and its whole log; `undefined` while
 * it does not answer.
 */
export async function rayAnswer(kubectl, job) {
  const { jobId, dashboardURL, rayClusterName } = job?.status ?? {};
  const [service] = dashboardURL?.split('.') ?? [];
  if (!jobId || !service) {
    return undefined;
  }
  const { namespace } = job.metadata;
  const base = `/api/v1/namespaces/${namespace}/services/${service}:8265/proxy/api/jobs/${jobId}`;
  const get = async path =>
    JSON.parse(await kubectl.text('get', '--raw', `${base}${path}`));
  try {
    // Status first, as the portal asks: what is written after it comes next time.
    const { status, message } = await get('');
    const { logs } = await get('/logs');
    return { rayCluster: rayClusterName, jobId, status, message, logs };
  } catch {
    return undefined;
  }
}
