output "name" {
  description = "Name of the cluster."
  value       = google_container_cluster.this.name
}

output "location" {
  description = "Region or zone of the cluster."
  value       = google_container_cluster.this.location
}

output "dns_endpoint" {
  description = "Host name of the API server, for callers that IAM lets in."
  value       = google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].endpoint
}

output "workload_pool" {
  description = "Workload Identity pool of the cluster."
  value       = google_container_cluster.this.workload_identity_config[0].workload_pool
}

output "node_service_account" {
  description = "Account of the nodes: its e-mail address, and what IAM calls it."
  value = {
    email  = google_service_account.nodes.email
    member = google_service_account.nodes.member
  }
}

output "get_credentials" {
  description = "Command that writes a kubeconfig entry for the cluster."
  value       = "gcloud container clusters get-credentials ${google_container_cluster.this.name} --project ${var.project_id} --location ${google_container_cluster.this.location}${var.dns_endpoint ? " --dns-endpoint" : ""}"
}
