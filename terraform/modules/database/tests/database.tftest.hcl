mock_provider "google" {}

variables {
  project_id       = "demo-project"
  name             = "portal"
  region           = "europe-west3"
  network          = "projects/demo-project/global/networks/platform"
  private_services = "peering"
  databases        = ["backstage"]
  accounts         = { portal = "portal@demo-project.iam.gserviceaccount.com" }
}

run "has_no_public_address_and_takes_encrypted_connections_only" {
  command = plan

  assert {
    condition     = google_sql_database_instance.this.settings[0].ip_configuration[0].ipv4_enabled == false
    error_message = "The database is reached from the network alone."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].ip_configuration[0].ssl_mode == "TRUSTED_CLIENT_CERTIFICATE_REQUIRED" && google_sql_database_instance.this.settings[0].connector_enforcement == "REQUIRED"
    error_message = "Connections are encrypted and come through a connector that IAM let in."
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

run "keeps_backups_of_two_weeks" {
  command = plan

  assert {
    condition     = google_sql_database_instance.this.settings[0].backup_configuration[0].enabled && google_sql_database_instance.this.settings[0].backup_configuration[0].backup_retention_settings[0].retained_backups == 14
    error_message = "There is a backup of each of the last fourteen days."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].final_backup_config[0].enabled
    error_message = "A last backup outlives the instance."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].availability_type == "ZONAL"
    error_message = "There is no standby unless it is asked for."
  }
}

run "has_a_standby_where_asked" {
  command = plan

  variables {
    high_availability = true
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].availability_type == "REGIONAL"
    error_message = "Another zone takes over."
  }
}

run "lets_its_accounts_use_the_databases" {
  command = plan

  assert {
    condition     = google_sql_database.this["backstage"].name == "backstage"
    error_message = "The database is there before the portal comes."
  }

  assert {
    condition     = google_sql_user.accounts["portal"].database_roles == tolist(["cloudsqlsuperuser"])
    error_message = "The account may make schemas in it, and no SQL has to be run by hand."
  }
}

run "goes_as_one_with_its_users_and_databases" {
  command = plan

  assert {
    condition     = google_sql_user.accounts["portal"].deletion_policy == "ABANDON" && google_sql_database.this["backstage"].deletion_policy == "ABANDON"
    error_message = "Destroying doesn't stop at a user who owns tables."
  }
}

run "signs_accounts_in_with_iam" {
  command = plan

  assert {
    condition     = google_sql_user.accounts["portal"].name == "portal@demo-project.iam" && google_sql_user.accounts["portal"].type == "CLOUD_IAM_SERVICE_ACCOUNT"
    error_message = "There is no password."
  }

  assert {
    condition     = google_project_iam_member.sign_in["portal"].role == "roles/cloudsql.instanceUser" && google_project_iam_member.connect["portal"].role == "roles/cloudsql.client"
    error_message = "The account may connect and sign in."
  }

  assert {
    condition     = contains([for flag in google_sql_database_instance.this.settings[0].database_flags : "${flag.name}=${flag.value}"], "cloudsql.iam_authentication=on")
    error_message = "The instance asks IAM."
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

run "refuses_fewer_backups_than_recovery_needs" {
  command = plan

  variables {
    backups = 3
  }

  expect_failures = [var.backups]
}

run "refuses_a_database_name_that_needs_quotes" {
  command = plan

  variables {
    databases = ["back-stage"]
  }

  expect_failures = [var.databases]
}

run "refuses_a_name_with_capitals" {
  command = plan

  variables {
    name = "Portal"
  }

  expect_failures = [var.name]
}

run "refuses_to_start_before_the_network_is_peered" {
  command = plan

  variables {
    private_services = ""
  }

  expect_failures = [google_sql_database_instance.this]
}
