/** Ray's ports, by the names that KubeRay gives them. */
export const defaultPort = {
  client: 10001,
  gcs: 6379,
  dashboard: 8265,
  metrics: 8080,
  serve: 8000,
  dashboardAgent: 52365,
} as const;

export const portName = {
  client: 'client',
  gcs: 'gcs-server',
  dashboard: 'dashboard',
  metrics: 'metrics',
  serve: 'serve',
} as const;
