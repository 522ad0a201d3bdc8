resource "google_service_account" "this" {
  for_each = var.accounts

  project      = var.project_id
  account_id   = each.key
  display_name = each.value.purpose
}

# The Kubernetes service account acts as the Google one; no key is ever made.
resource "google_service_account_iam_member" "this" {
  for_each = var.accounts

  service_account_id = google_service_account.this[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.workload_pool}[${each.value.namespace}/${each.value.service_account}]"
}

locals {
  roles = merge([
    for name, account in var.accounts : {
      for role in account.roles : "${name} ${role}" => { account = name, role = role }
    }
  ]...)
}

resource "google_project_iam_member" "this" {
  for_each = local.roles

  project = var.project_id
  role    = each.value.role
  member  = google_service_account.this[each.value.account].member
}
