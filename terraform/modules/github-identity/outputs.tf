output "provider" {
  description = "Provider that a workflow names to google-github-actions/auth."
  value       = google_iam_workload_identity_pool_provider.this.name
}

output "accounts" {
  description = "E-mail addresses of the accounts plan, images and docs."
  value       = { for name, account in google_service_account.this : name => account.email }
}

output "members" {
  description = "What IAM calls the accounts."
  value       = { for name, account in google_service_account.this : name => account.member }
}
