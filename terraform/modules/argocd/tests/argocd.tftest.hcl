mock_provider "helm" {}

variables {
  repository        = { url = "https://github.com/ml-platform/ml-platform" }
  service_account   = "argocd@demo-project.iam.gserviceaccount.com"
  workload_clusters = { workload-cluster = { host = "gke-1.europe-west3.gke.goog" } }
  facts             = { registry = "europe-west3-docker.pkg.dev/demo-project/images" }
  settings          = { "application.resourceTrackingMethod" = "annotation" }
}

run "registers_the_workload_cluster_without_a_token" {
  command = plan

  assert {
    condition     = yamldecode(helm_release.this.values[0]).configs.clusterCredentials["workload-cluster"].config.execProviderConfig == { apiVersion = "client.authentication.k8s.io/v1beta1", command = "argocd-k8s-auth", args = ["gcp"] }
    error_message = "Argo CD gets its token by Workload Identity."
  }

  assert {
    condition     = !strcontains(lower(helm_release.this.values[0]), "bearertoken")
    error_message = "No token is stored."
  }
}

run "hands_the_facts_to_the_repository" {
  command = plan

  assert {
    condition = alltrue([
      for cluster in values(yamldecode(helm_release.this.values[0]).configs.clusterCredentials) :
      cluster.annotations["ml-platform.dev/registry"] == "europe-west3-docker.pkg.dev/demo-project/images"
    ])
    error_message = "Every cluster's Secret carries the facts."
  }
}

run "begins_with_the_root_application" {
  command = plan

  assert {
    condition     = yamldecode(helm_release.this.values[0]).extraObjects[0].spec.source.path == "gitops/argocd/apps"
    error_message = "One Application brings the others."
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).configs.cm["application.resourceTrackingMethod"] == "annotation"
    error_message = "The repository's settings are installed."
  }
}

run "acts_as_its_own_account" {
  command = plan

  assert {
    condition     = yamldecode(helm_release.this.values[0]).controller.serviceAccount.annotations["iam.gke.io/gcp-service-account"] == "argocd@demo-project.iam.gserviceaccount.com"
    error_message = "The controller uses Workload Identity."
  }
}

run "refuses_a_token_in_the_repositorys_address" {
  command = plan

  variables {
    repository = { url = "https://user:secret@github.com/ml-platform/ml-platform" }
  }

  expect_failures = [var.repository]
}

run "refuses_a_version_that_moves" {
  command = plan

  variables {
    chart_version = "9.x"
  }

  expect_failures = [var.chart_version]
}
