output "get_credentials" {
  description = "Commands that write kubeconfig entries for both clusters."
  value = {
    management = module.management.get_credentials
    workload   = module.workload.get_credentials
  }
}

output "open_argocd" {
  description = "Command that opens Argo CD on http://localhost:8080."
  value       = module.argocd.open
}

output "open_portal" {
  description = "Command that opens the portal on http://localhost:7007."
  value       = "kubectl port-forward -n backstage svc/backstage 7007:7007"
}

output "registry" {
  description = "What image references begin with."
  value       = module.registry.url
}

output "secrets" {
  description = "Commands that give the platform's secrets their values."
  value       = module.secrets.missing_values
}

output "facts" {
  description = "What the GitOps repository is told, as annotations of the clusters' Secrets."
  value       = module.argocd.annotations
}
