resource "google_storage_bucket" "this" {
  project                     = var.project_id
  name                        = var.name
  location                    = var.location
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  labels                      = var.labels
  # A bucket with objects is never deleted by accident.
  force_destroy = var.force_destroy

  versioning {
    enabled = var.versioning
  }

  soft_delete_policy {
    retention_duration_seconds = var.soft_delete_days * 24 * 3600
  }

  dynamic "lifecycle_rule" {
    for_each = var.delete_after_days == null ? [] : [var.delete_after_days]

    content {
      action {
        type = "Delete"
      }

      condition {
        age = lifecycle_rule.value
      }
    }
  }

  dynamic "lifecycle_rule" {
    for_each = var.versioning ? [1] : []

    content {
      action {
        type = "Delete"
      }

      condition {
        num_newer_versions = 3
        with_state         = "ARCHIVED"
      }
    }
  }

  # What an upload that broke off left behind.
  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }

    condition {
      age = 7
    }
  }
}

locals {
  grants = merge([
    for role, members in var.members : {
      for name, member in members : "${role} ${name}" => { role = role, member = member }
    }
  ]...)
}

resource "google_storage_bucket_iam_member" "this" {
  for_each = local.grants

  bucket = google_storage_bucket.this.name
  role   = each.value.role
  member = each.value.member
}
