mock_provider "google" {}

variables {
  project_id    = "demo-project"
  name          = "platform"
  member        = "serviceAccount:crossplane@demo-project.iam.gserviceaccount.com"
  bucket_prefix = "demo-project-ws-"
}

run "reaches_buckets_of_workloads_alone" {
  command = plan

  assert {
    condition     = google_project_iam_member.buckets.condition[0].expression == "resource.name.startsWith(\"projects/_/buckets/demo-project-ws-\")"
    error_message = "The platform's own buckets are out of reach."
  }

  assert {
    condition     = length(google_project_iam_member.accounts.condition) == 0
    error_message = "What has no name yet can't be compared."
  }
}

run "can_not_read_data_or_act_as_an_account" {
  command = plan

  assert {
    condition = !anytrue([
      for permission in concat(tolist(google_project_iam_custom_role.accounts.permissions), tolist(google_project_iam_custom_role.buckets.permissions)) :
      contains(["storage.objects.get", "storage.objects.create", "iam.serviceAccounts.actAs", "iam.serviceAccounts.getAccessToken", "iam.serviceAccounts.signBlob", "iam.serviceAccounts.signJwt"], permission) || startswith(permission, "iam.serviceAccountKeys.") || startswith(permission, "resourcemanager.")
    ])
    error_message = "No object is read, no key and no token made, and no right on the project granted."
  }

  assert {
    condition     = !contains(google_project_iam_custom_role.accounts.permissions, "storage.buckets.setIamPolicy") && !contains(google_project_iam_custom_role.accounts.permissions, "storage.buckets.delete")
    error_message = "What changes a bucket is in the role with the condition."
  }
}

run "refuses_a_prefix_that_other_buckets_share" {
  command = plan

  variables {
    bucket_prefix = "demo-project"
  }

  expect_failures = [var.bucket_prefix]
}

run "refuses_people" {
  command = plan

  variables {
    member = "user:somebody@example.com"
  }

  expect_failures = [var.member]
}

run "refuses_a_name_that_makes_no_role" {
  command = plan

  variables {
    name = "My Platform"
  }

  expect_failures = [var.name]
}
