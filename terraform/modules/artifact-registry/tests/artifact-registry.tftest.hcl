mock_provider "google" {}

variables {
  project_id = "demo-project"
  location   = "europe-west3"
  name       = "images"
  readers    = { nodes = "serviceAccount:nodes@demo-project.iam.gserviceaccount.com" }
  writers    = { portal = "serviceAccount:portal@demo-project.iam.gserviceaccount.com" }
}

run "tags_never_move" {
  command = plan

  assert {
    condition     = google_artifact_registry_repository.this.docker_config[0].immutable_tags
    error_message = "A version is always the same image."
  }
}

run "cleans_up_what_has_no_tag" {
  command = plan

  assert {
    condition     = google_artifact_registry_repository.this.cleanup_policy_dry_run == false
    error_message = "The clean-up really deletes."
  }
}

run "gives_each_side_its_right_on_this_repository_alone" {
  command = plan

  assert {
    condition     = google_artifact_registry_repository_iam_member.readers["nodes"].role == "roles/artifactregistry.reader" && google_artifact_registry_repository_iam_member.writers["portal"].role == "roles/artifactregistry.writer"
    error_message = "Nodes pull, the portal pushes."
  }
}

run "prints_what_references_begin_with" {
  command = apply

  assert {
    condition     = output.url == "europe-west3-docker.pkg.dev/demo-project/images"
    error_message = "The URL has location, project and repository."
  }
}

run "refuses_to_delete_a_push_that_is_under_way" {
  command = plan

  variables {
    untagged_days = 0
  }

  expect_failures = [var.untagged_days]
}
