output "project_id" {
  description = "Project that the platform is in. The scripts read this and the next two."
  value       = var.project_id
}

output "region" {
  description = "Region of everything."
  value       = var.region
}

output "name" {
  description = "What the names of all parts begin with."
  value       = var.name
}

output "get_credentials" {
  description = "Commands that write kubeconfig entries for both clusters."
  value = {
    management = module.management.get_credentials
    workload   = module.workload.get_credentials
  }
}

output "open_argocd" {
  description = "Command that opens Argo CD on https://localhost:8080."
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

output "builds" {
  description = "What builds of images use: the account that they run as, and the bucket with their contexts and logs."
  value = {
    account = module.identities.emails[local.builder]
    bucket  = module.builds.name
  }
}

output "github_variables" {
  description = "Variables that the workflows of the repository need, by name; empty where github_repository is not set."
  value = merge([
    for github in module.github : {
      GOOGLE_PROJECT      = var.project_id
      GOOGLE_PROVIDER     = github.provider
      GOOGLE_PLAN_ACCOUNT = github.accounts["plan"]
      GOOGLE_PUSH_ACCOUNT = github.accounts["images"]
      GOOGLE_DOCS_ACCOUNT = github.accounts["docs"]
      REGISTRY            = module.registry.url
      DOCS_BUCKET         = module.docs.name
      STATE_BUCKET        = var.state_bucket == null ? "" : var.state_bucket
    }
  ]...)
}

output "node_pools" {
  description = "Node pools of the workload cluster: labels, taints and GPUs that queues and jobs name."
  value       = module.workload_pools.pools
}
