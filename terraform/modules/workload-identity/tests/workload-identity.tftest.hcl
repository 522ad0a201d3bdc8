mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      name   = "projects/demo-project/serviceAccounts/portal@demo-project.iam.gserviceaccount.com"
      email  = "portal@demo-project.iam.gserviceaccount.com"
      member = "serviceAccount:portal@demo-project.iam.gserviceaccount.com"
    }
  }
}

variables {
  project_id    = "demo-project"
  workload_pool = "demo-project.svc.id.goog"
  accounts = {
    platform-portal = {
      purpose         = "The portal"
      namespace       = "backstage"
      service_account = "backstage"
      roles           = ["roles/container.clusterViewer"]
    }
  }
}

run "lets_one_kubernetes_account_act_as_one_google_account" {
  command = plan

  assert {
    condition     = google_service_account_iam_member.this["platform-portal"].member == "serviceAccount:demo-project.svc.id.goog[backstage/backstage]"
    error_message = "Only the named service account of the named namespace may act as the account."
  }

  assert {
    condition     = google_service_account_iam_member.this["platform-portal"].role == "roles/iam.workloadIdentityUser"
    error_message = "It is Workload Identity; there is no key."
  }
}

run "grants_the_named_roles" {
  command = apply

  assert {
    condition     = google_project_iam_member.this["platform-portal roles/container.clusterViewer"].member == output.members["platform-portal"]
    error_message = "The account gets its role on the project."
  }
}

run "refuses_basic_roles" {
  command = plan

  variables {
    accounts = { platform-portal = { purpose = "The portal", namespace = "backstage", service_account = "backstage", roles = ["roles/editor"] } }
  }

  expect_failures = [var.accounts]
}

run "refuses_a_name_that_is_too_short" {
  command = plan

  variables {
    accounts = { abc = { purpose = "x", namespace = "n", service_account = "s" } }
  }

  expect_failures = [var.accounts]
}

run "grants_no_role_unasked" {
  command = plan

  variables {
    accounts = { platform-secrets = { purpose = "Secrets", namespace = "external-secrets", service_account = "external-secrets" } }
  }

  assert {
    condition     = length(google_project_iam_member.this) == 0
    error_message = "An account has the roles that it is given."
  }
}

run "refuses_a_pool_of_something_else" {
  command = plan

  variables {
    workload_pool = "demo-project"
  }

  expect_failures = [var.workload_pool]
}

run "refuses_a_namespace_that_kubernetes_would" {
  command = plan

  variables {
    accounts = { platform-portal = { purpose = "The portal", namespace = "Backstage", service_account = "backstage" } }
  }

  expect_failures = [var.accounts]
}

run "refuses_the_default_account_of_a_namespace" {
  command = plan

  variables {
    accounts = { platform-portal = { purpose = "The portal", namespace = "backstage", service_account = "default" } }
  }

  expect_failures = [var.accounts]
}
