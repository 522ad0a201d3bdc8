mock_provider "google" {
  mock_resource "google_iam_workload_identity_pool" {
    defaults = { name = "projects/1/locations/global/workloadIdentityPools/platform-github" }
  }

  mock_resource "google_service_account" {
    defaults = {
      name   = "projects/demo-project/serviceAccounts/account@demo-project.iam.gserviceaccount.com"
      email  = "account@demo-project.iam.gserviceaccount.com"
      member = "serviceAccount:account@demo-project.iam.gserviceaccount.com"
    }
  }
}

variables {
  project_id   = "demo-project"
  name         = "platform"
  repository   = "example/ml-platform"
  state_bucket = "demo-project-terraform"
}

run "lets_in_one_repository" {
  command = plan

  assert {
    condition     = google_iam_workload_identity_pool_provider.this.attribute_condition == "assertion.repository == 'example/ml-platform'"
    error_message = "Workflows of other repositories get no token."
  }

  assert {
    condition     = google_iam_workload_identity_pool_provider.this.oidc[0].issuer_uri == "https://token.actions.githubusercontent.com"
    error_message = "Only GitHub's tokens count."
  }
}

run "lets_a_pull_request_plan_and_the_branch_push" {
  command = apply

  assert {
    condition     = google_service_account_iam_member.this["plan"].member == "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/platform-github/attribute.repository/example/ml-platform"
    error_message = "A workflow of any branch may plan."
  }

  assert {
    condition     = google_service_account_iam_member.this["images"].member == "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/platform-github/attribute.branch/example/ml-platform@refs/heads/main"
    error_message = "Only workflows of main may push images."
  }

  assert {
    condition     = google_service_account_iam_member.this["docs"].member == google_service_account_iam_member.this["images"].member
    error_message = "Only workflows of main may publish documents."
  }
}

run "reads_the_state_alone_when_it_plans" {
  command = plan

  assert {
    condition     = google_storage_bucket_iam_member.state[0].role == "roles/storage.objectViewer" && google_storage_bucket_iam_member.state[0].bucket == "demo-project-terraform"
    error_message = "A plan reads the state."
  }
}

run "does_without_a_bucket_of_state" {
  command = plan

  variables {
    state_bucket = null
  }

  assert {
    condition     = length(google_storage_bucket_iam_member.state) == 0
    error_message = "No right is granted on a bucket that is not named."
  }
}

run "refuses_an_address_in_the_place_of_a_name" {
  command = plan

  variables {
    repository = "https://github.com/example/ml-platform"
  }

  expect_failures = [var.repository]
}

run "refuses_a_name_that_makes_accounts_too_long" {
  command = plan

  variables {
    name = "a-platform-with-a-long-name"
  }

  expect_failures = [var.name]
}
