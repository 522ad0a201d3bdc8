/**
 * Kubernetes backend module: clusters whose credentials are a context of a
 * kubeconfig file, whatever that context uses (token, client certificate, or a
 * command such as `gke-gcloud-auth-plugin`).
 *
 * @packageDocumentation
 */
export { kubernetesModuleKubeconfig as default } from './module';
