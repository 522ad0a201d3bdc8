mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      name   = "projects/demo-project/serviceAccounts/account@demo-project.iam.gserviceaccount.com"
      email  = "account@demo-project.iam.gserviceaccount.com"
      member = "serviceAccount:account@demo-project.iam.gserviceaccount.com"
    }
  }
}

mock_provider "helm" {}

mock_provider "kubernetes" {
  alias = "workload"
}

variables {
  project_id = "demo-project"
}

run "needs_the_project_alone" {
  command = plan

  assert {
    condition     = module.registry.url == "europe-west3-docker.pkg.dev/demo-project/ml-platform-images"
    error_message = "Everything is in the default region, under the default name."
  }
}

run "hands_over_exactly_the_facts_of_the_contract" {
  command = apply

  # gitops/ reads these annotations; add a fact to both sides.
  assert {
    condition = toset(keys(output.facts)) == toset([
      "ml-platform.dev/crossplane-account",
      "ml-platform.dev/database-connection",
      "ml-platform.dev/database-user",
      "ml-platform.dev/docs-bucket",
      "ml-platform.dev/logs-bucket",
      "ml-platform.dev/portal-account",
      "ml-platform.dev/project-id",
      "ml-platform.dev/region",
      "ml-platform.dev/registry",
      "ml-platform.dev/results-bucket",
      "ml-platform.dev/secrets-account",
      "ml-platform.dev/workload-cluster",
    ])
    error_message = "The facts are those of the contract."
  }
}

run "says_how_to_reach_everything" {
  command = apply

  assert {
    condition     = output.get_credentials.workload == "gcloud container clusters get-credentials ml-platform-workload --project demo-project --location europe-west3 --dns-endpoint"
    error_message = "The command names the workload cluster."
  }

  assert {
    condition     = output.open_portal == "kubectl port-forward -n backstage svc/backstage 7007:7007"
    error_message = "The portal is opened by port-forward."
  }
}

run "refuses_a_projects_display_name" {
  command = plan

  variables {
    project_id = "My Project"
  }

  expect_failures = [var.project_id]
}
