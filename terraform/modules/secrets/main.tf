# Names alone: values are added with `gcloud secrets versions add` and never
# pass through Terraform, so that none is in its state.
resource "google_secret_manager_secret" "this" {
  for_each = var.secrets

  project   = var.project_id
  secret_id = each.key
  labels    = var.labels

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

locals {
  readers = merge([
    for name, secret in var.secrets : {
      for reader, member in secret.readers : "${name} ${reader}" => { secret = name, member = member }
    }
  ]...)
}

resource "google_secret_manager_secret_iam_member" "this" {
  for_each = local.readers

  project   = var.project_id
  secret_id = google_secret_manager_secret.this[each.value.secret].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = each.value.member
}
