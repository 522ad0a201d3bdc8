mock_provider "google" {}

variables {
  project_id = "demo-project"
  region     = "europe-west3"
  secrets = {
    platform-session = { readers = { external-secrets = "serviceAccount:secrets@demo-project.iam.gserviceaccount.com" } }
  }
}

run "keeps_values_in_one_region" {
  command = plan

  assert {
    condition     = google_secret_manager_secret.this["platform-session"].replication[0].user_managed[0].replicas[0].location == "europe-west3"
    error_message = "Values stay in the region."
  }
}

run "lets_each_reader_read_its_secret_alone" {
  command = plan

  assert {
    condition     = google_secret_manager_secret_iam_member.this["platform-session external-secrets"].role == "roles/secretmanager.secretAccessor"
    error_message = "A reader reads one secret, not the project's."
  }
}

run "says_how_to_give_it_a_value" {
  command = apply

  assert {
    condition     = output.missing_values["platform-session"] == "gcloud secrets versions add platform-session --project demo-project --data-file=-"
    error_message = "The value comes from standard input and never passes through Terraform."
  }
}

run "refuses_a_name_with_a_slash" {
  command = plan

  variables {
    secrets = { "platform/session" = {} }
  }

  expect_failures = [var.secrets]
}

run "makes_names_and_no_values" {
  command = plan

  assert {
    condition     = toset(output.names) == toset(["platform-session"])
    error_message = "Terraform knows the names of secrets and nothing else."
  }
}

run "has_no_reader_unasked" {
  command = plan

  variables {
    secrets = { platform-session = {} }
  }

  assert {
    condition     = length(google_secret_manager_secret_iam_member.this) == 0
    error_message = "Nobody reads a secret that names no reader."
  }
}

run "refuses_readers_that_are_everybody" {
  command = plan

  variables {
    secrets = { platform-session = { readers = { all = "allAuthenticatedUsers" } } }
  }

  expect_failures = [var.secrets]
}
