resource "google_sql_database_instance" "this" {
  project          = var.project_id
  name             = var.name
  region           = var.region
  database_version = var.postgres_version

  settings {
    tier                        = var.tier
    edition                     = "ENTERPRISE"
    availability_type           = var.high_availability ? "REGIONAL" : "ZONAL"
    disk_type                   = "PD_SSD"
    disk_autoresize             = true
    deletion_protection_enabled = var.deletion_protection
    user_labels                 = var.labels

    ip_configuration {
      ipv4_enabled    = false
      private_network = var.network
      ssl_mode        = "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"
    }

    # Only the Cloud SQL connectors and the Auth Proxy get a connection: each brings a
    # certificate that IAM gave it for an hour.
    connector_enforcement = "REQUIRED"

    # Accounts sign in with IAM, so there is no password to store or rotate.
    database_flags {
      name  = "cloudsql.iam_authentication"
      value = "on"
    }

    database_flags {
      name  = "log_checkpoints"
      value = "on"
    }

    database_flags {
      name  = "log_connections"
      value = "on"
    }

    database_flags {
      name  = "log_disconnections"
      value = "on"
    }

    database_flags {
      name  = "log_lock_waits"
      value = "on"
    }

    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7
      start_time                     = "01:00"

      backup_retention_settings {
        retained_backups = var.backups
      }
    }

    # Deleting the instance makes a last backup, which outlives it.
    final_backup_config {
      enabled        = true
      retention_days = 30
    }

    maintenance_window {
      day          = 6
      hour         = 3
      update_track = "stable"
    }

    insights_config {
      query_insights_enabled = true
    }
  }

  deletion_protection = var.deletion_protection

  lifecycle {
    precondition {
      condition     = var.private_services != ""
      error_message = "The database needs the network's peering with Google's services first: pass private_services of the network module."
    }
  }
}

resource "google_sql_database" "this" {
  for_each = var.databases

  project  = var.project_id
  instance = google_sql_database_instance.this.name
  name     = each.value

  # It goes with its instance. PostgreSQL refuses to drop what somebody is connected to.
  deletion_policy = "ABANDON"
}

resource "google_sql_user" "accounts" {
  for_each = var.accounts

  project  = var.project_id
  instance = google_sql_database_instance.this.name
  type     = "CLOUD_IAM_SERVICE_ACCOUNT"
  # Postgres knows service accounts without this ending.
  name = trimsuffix(each.value, ".gserviceaccount.com")

  # The owner of databases that are made by Google Cloud. Without it an account signs in
  # and may do nothing, and granting by SQL would need a password. It is no superuser.
  database_roles = ["cloudsqlsuperuser"]

  # PostgreSQL refuses to drop a user who owns tables; the instance takes it along.
  deletion_policy = "ABANDON"
}

resource "google_project_iam_member" "connect" {
  for_each = var.accounts

  project = var.project_id
  role    = "roles/cloudsql.client"
  member  = "serviceAccount:${each.value}"
}

resource "google_project_iam_member" "sign_in" {
  for_each = var.accounts

  project = var.project_id
  role    = "roles/cloudsql.instanceUser"
  member  = "serviceAccount:${each.value}"
}
