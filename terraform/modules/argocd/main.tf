locals {
  # Facts that only Terraform knows reach the GitOps repository as annotations of
  # the clusters' Secrets, which its ApplicationSets read.
  facts = { for name, value in var.facts : "ml-platform.dev/${name}" => value }

  identity = {
    serviceAccount = {
      annotations = { "iam.gke.io/gcp-service-account" = var.service_account }
    }
  }

  clusters = merge(
    {
      management = {
        server      = "https://kubernetes.default.svc"
        labels      = { "ml-platform.dev/role" = "management" }
        annotations = local.facts
        config      = { tlsClientConfig = { insecure = false } }
      }
    },
    {
      for name, cluster in var.workload_clusters : name => {
        server      = "https://${cluster.host}"
        labels      = { "ml-platform.dev/role" = "workload" }
        annotations = local.facts
        # Argo CD asks Google for a token as its own account; none is stored.
        config = {
          execProviderConfig = {
            apiVersion = "client.authentication.k8s.io/v1beta1"
            command    = "argocd-k8s-auth"
            args       = ["gcp"]
          }
          tlsClientConfig = { insecure = false }
        }
      }
    },
  )

  root = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Application"
    metadata   = { name = "root", namespace = "argocd" }
    spec = {
      project = "default"
      source = {
        repoURL        = var.repository.url
        targetRevision = var.repository.branch
        path           = var.repository.path
        directory      = { recurse = true }
      }
      destination = { server = "https://kubernetes.default.svc", namespace = "argocd" }
      syncPolicy = {
        automated   = { prune = true, selfHeal = true }
        syncOptions = ["ServerSideApply=true"]
      }
    }
  }
}

resource "helm_release" "this" {
  name             = "argocd"
  repository       = "https://argoproj.github.io/argo-helm"
  chart            = "argo-cd"
  version          = var.chart_version
  namespace        = "argocd"
  create_namespace = true
  atomic           = true
  timeout          = 600

  values = [yamlencode({
    configs = {
      cm                 = var.settings
      params             = var.parameters
      clusterCredentials = local.clusters
    }
    controller   = local.identity
    server       = local.identity
    extraObjects = [local.root]
  })]
}
