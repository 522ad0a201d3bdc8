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

  assert {
    condition     = { for policy in google_artifact_registry_repository.this.cleanup_policies : policy.id => policy.action } == { delete-untagged = "DELETE", keep-recent = "KEEP" }
    error_message = "Images without a tag go, and recent ones stay."
  }

  assert {
    condition     = one([for policy in google_artifact_registry_repository.this.cleanup_policies : one(policy.condition).older_than if policy.id == "delete-untagged"]) == "1209600s"
    error_message = "An image without a tag stays for two weeks."
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

run "refuses_to_keep_no_version" {
  command = plan

  variables {
    keep_versions = 0
  }

  expect_failures = [var.keep_versions]
}

run "refuses_a_name_with_a_slash" {
  command = plan

  variables {
    name = "team/images"
  }

  expect_failures = [var.name]
}
