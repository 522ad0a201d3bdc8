output "emails" {
  description = "E-mail addresses of the accounts, by name: the value of the annotation iam.gke.io/gcp-service-account."
  value       = { for name, account in google_service_account.this : name => account.email }
}

output "members" {
  description = "What IAM calls the accounts, by name."
  value       = { for name, account in google_service_account.this : name => account.member }
}
