mock_provider "google" {}

variables {
  project_id       = "demo-project"
  name             = "portal"
  region           = "europe-west3"
  network          = "projects/demo-project/global/networks/platform"
  private_services = "peering"
  accounts         = { portal = "portal@demo-project.iam.gserviceaccount.com" }
}

run "has_no_public_address_and_takes_encrypted_connections_only" {
  command = plan

  assert {
    condition     = google_sql_database_instance.this.settings[0].ip_configuration[0].ipv4_enabled == false
    error_message = "The database is reached from the network alone."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].ip_configuration[0].ssl_mode == "ENCRYPTED_ONLY"
    error_message = "Connections are encrypted."
  }
}

run "is_protected_and_backed_up" {
  command = plan

  assert {
    condition     = google_sql_database_instance.this.deletion_protection && google_sql_database_instance.this.settings[0].deletion_protection_enabled
    error_message = "Neither Terraform nor the console deletes it."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "It can be restored to any moment of the last week."
  }
}

run "signs_accounts_in_with_iam" {
  command = plan

  assert {
    condition     = google_sql_user.accounts["portal"].name == "portal@demo-project.iam" && google_sql_user.accounts["portal"].type == "CLOUD_IAM_SERVICE_ACCOUNT"
    error_message = "There is no password."
  }

  assert {
    condition     = google_project_iam_member.sign_in["portal"].role == "roles/cloudsql.instanceUser"
    error_message = "The account may sign in."
  }
}

run "refuses_an_account_that_is_none" {
  command = plan

  variables {
    accounts = { portal = "portal" }
  }

  expect_failures = [var.accounts]
}

run "refuses_a_version_that_backstage_does_not_support" {
  command = plan

  variables {
    postgres_version = "POSTGRES_12"
  }

  expect_failures = [var.postgres_version]
}
