mock_provider "google" {}

variables {
  project_id = "demo-project"
  name       = "demo-project-logs"
  location   = "europe-west3"
  members    = { "roles/storage.objectUser" = { portal = "serviceAccount:portal@demo-project.iam.gserviceaccount.com" } }
}

run "is_private_and_keeps_what_it_has" {
  command = plan

  assert {
    condition     = google_storage_bucket.this.public_access_prevention == "enforced" && google_storage_bucket.this.uniform_bucket_level_access
    error_message = "Nobody can make an object public."
  }

  assert {
    condition     = google_storage_bucket.this.force_destroy == false
    error_message = "A bucket with objects is not destroyed."
  }

  assert {
    condition     = !anytrue([for rule in google_storage_bucket.this.lifecycle_rule : one(rule.action).type == "Delete"])
    error_message = "Nothing is deleted unless it is asked for."
  }
}

run "deletes_old_objects_where_asked" {
  command = plan

  variables {
    delete_after_days = 365
  }

  assert {
    condition     = anytrue([for rule in google_storage_bucket.this.lifecycle_rule : one(rule.action).type == "Delete" && one(rule.condition).age == 365])
    error_message = "Objects go after a year."
  }
}

run "grants_rights_on_this_bucket_alone" {
  command = plan

  assert {
    condition     = google_storage_bucket_iam_member.this["roles/storage.objectUser portal"].bucket == "demo-project-logs"
    error_message = "The portal gets its right on the bucket."
  }
}

run "refuses_the_public" {
  command = plan

  variables {
    members = { "roles/storage.objectViewer" = { everybody = "allUsers" } }
  }

  expect_failures = [var.members]
}

run "refuses_a_restore_window_that_google_cloud_does_not_have" {
  command = plan

  variables {
    soft_delete_days = 3
  }

  expect_failures = [var.soft_delete_days]
}

run "keeps_three_older_versions_where_asked" {
  command = plan

  variables {
    versioning = true
  }

  assert {
    condition     = google_storage_bucket.this.versioning[0].enabled && anytrue([for rule in google_storage_bucket.this.lifecycle_rule : one(rule.condition).num_newer_versions == 3])
    error_message = "An object that is overwritten can be had again."
  }
}

run "keeps_deleted_objects_for_a_week_and_removes_broken_uploads" {
  command = plan

  assert {
    condition     = google_storage_bucket.this.soft_delete_policy[0].retention_duration_seconds == 604800
    error_message = "A deleted object can be restored for a week."
  }

  assert {
    condition     = anytrue([for rule in google_storage_bucket.this.lifecycle_rule : one(rule.action).type == "AbortIncompleteMultipartUpload"])
    error_message = "Uploads that broke off cost nothing after a week."
  }
}

run "refuses_to_delete_objects_at_once" {
  command = plan

  variables {
    delete_after_days = 0
  }

  expect_failures = [var.delete_after_days]
}

run "refuses_a_name_with_capitals" {
  command = plan

  variables {
    name = "Demo-Logs"
  }

  expect_failures = [var.name]
}
