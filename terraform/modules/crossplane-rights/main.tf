locals {
  role_prefix = replace(var.name, "-", "_")

  # IAM compares names of buckets and of their objects, so that a bucket of the
  # platform or of somebody else is out of reach.
  workload_buckets = "resource.name.startsWith(\"projects/_/buckets/${var.bucket_prefix}\")"
}

# Conditions can't be about a bucket or an account that does not exist yet, and none
# at all about accounts: Google Cloud gives these no resource name to compare. There
# is no key, no token and no acting as an account among the permissions.
resource "google_project_iam_custom_role" "accounts" {
  project     = var.project_id
  role_id     = "${local.role_prefix}_crossplane_accounts"
  title       = "Crossplane: accounts of workloads"
  description = "Makes service accounts and buckets, and says which pods act as an account"
  permissions = [
    "iam.serviceAccounts.create",
    "iam.serviceAccounts.delete",
    "iam.serviceAccounts.get",
    "iam.serviceAccounts.getIamPolicy",
    "iam.serviceAccounts.list",
    "iam.serviceAccounts.setIamPolicy",
    "iam.serviceAccounts.update",
    "storage.buckets.create",
  ]
}

resource "google_project_iam_custom_role" "buckets" {
  project     = var.project_id
  role_id     = "${local.role_prefix}_crossplane_buckets"
  title       = "Crossplane: buckets of workloads"
  description = "Changes and deletes buckets and grants rights on them; reads no object"
  permissions = [
    "storage.buckets.delete",
    "storage.buckets.get",
    "storage.buckets.getIamPolicy",
    "storage.buckets.setIamPolicy",
    "storage.buckets.update",
    # Deleting a bucket together with what it holds, where its owner asks for that.
    "storage.objects.delete",
    "storage.objects.list",
  ]
}

resource "google_project_iam_member" "accounts" {
  project = var.project_id
  role    = google_project_iam_custom_role.accounts.name
  member  = var.member
}

resource "google_project_iam_member" "buckets" {
  project = var.project_id
  role    = google_project_iam_custom_role.buckets.name
  member  = var.member

  condition {
    title       = "buckets of workloads"
    description = "Buckets whose names begin with ${var.bucket_prefix}"
    expression  = local.workload_buckets
  }
}
