# GitHub signs a token for each run of a workflow; Google Cloud takes it in place of a
# key, from this repository alone.
resource "google_iam_workload_identity_pool" "this" {
  project                   = var.project_id
  workload_identity_pool_id = "${var.name}-github"
  display_name              = "GitHub workflows"
  description               = "Workflows of ${var.repository}"
}

resource "google_iam_workload_identity_pool_provider" "this" {
  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.this.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  display_name                       = "GitHub"
  attribute_condition                = "assertion.repository == '${var.repository}'"

  attribute_mapping = {
    "google.subject"       = "assertion.sub"
    "attribute.repository" = "assertion.repository"
    "attribute.branch"     = "assertion.repository + '@' + assertion.ref"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

locals {
  principals = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.this.name}"
  branch     = "${local.principals}/attribute.branch/${var.repository}@refs/heads/${var.branch}"

  accounts = {
    plan = {
      purpose = "GitHub: plans changes of Terraform on pull requests, and changes nothing"
      # A workflow of any branch: that is what a pull request is.
      principal = "${local.principals}/attribute.repository/${var.repository}"
    }
    images = {
      purpose   = "GitHub: pushes images that were built from ${var.branch}"
      principal = local.branch
    }
    docs = {
      purpose   = "GitHub: publishes the documents of ${var.branch}"
      principal = local.branch
    }
  }
}

resource "google_service_account" "this" {
  for_each = local.accounts

  project      = var.project_id
  account_id   = "${var.name}-gh-${each.key}"
  display_name = each.value.purpose
}

resource "google_service_account_iam_member" "this" {
  for_each = local.accounts

  service_account_id = google_service_account.this[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = each.value.principal
}

# A plan compares the change with the state, and not with the project: a pull request
# can run what it likes as this account, and must find nothing to read but names.
resource "google_storage_bucket_iam_member" "state" {
  count = var.state_bucket == null ? 0 : 1

  bucket = var.state_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.this["plan"].member
}
