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
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    # Accounts sign in with IAM, so there is no password to store or rotate.
    database_flags {
      name  = "cloudsql.iam_authentication"
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
}

resource "google_sql_user" "accounts" {
  for_each = var.accounts

  project  = var.project_id
  instance = google_sql_database_instance.this.name
  type     = "CLOUD_IAM_SERVICE_ACCOUNT"
  # Postgres knows service accounts without this ending.
  name = trimsuffix(each.value, ".gserviceaccount.com")
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
