output "names" {
  description = "Names of the secrets."
  value       = keys(google_secret_manager_secret.this)
}

output "missing_values" {
  description = "Commands that add a value to each secret; each reads it from standard input."
  value = {
    for name, secret in google_secret_manager_secret.this :
    name => "gcloud secrets versions add ${secret.secret_id} --project ${var.project_id} --data-file=-"
  }
}
