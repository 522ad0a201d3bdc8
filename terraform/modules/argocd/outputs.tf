output "annotations" {
  description = "Annotations that every cluster's Secret carries."
  value       = local.facts
}

output "open" {
  description = "Command that opens Argo CD on https://localhost:8080."
  value       = "kubectl port-forward -n argocd svc/argocd-server 8080:443"
}
