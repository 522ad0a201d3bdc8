{{/*
The source of an entry: a chart with the values file of this repository, or a folder
of it. Takes a dict of app, facts, repository and revision.
*/}}
{{- define "clusters.sources" -}}
{{- $app := .app -}}
{{- if $app.chart }}
- repoURL: {{ $app.chart.repository }}
  chart: {{ $app.chart.name }}
  targetRevision: {{ $app.chart.version | quote }}
  helm:
    releaseName: {{ $app.chart.release | default $app.chart.name }}
    valueFiles:
      - $repository/gitops/{{ $app.values }}
    {{- with $app.set }}
    valuesObject:
      {{- toYaml . | nindent 6 }}
    {{- end }}
- repoURL: {{ .repository }}
  targetRevision: {{ .revision }}
  ref: repository
{{- else }}
- repoURL: {{ .repository }}
  targetRevision: {{ .revision }}
  path: gitops/{{ $app.path }}
  {{- if or $app.facts $app.patches $app.images }}
  kustomize:
    {{- with $app.images }}
    images:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- if or $app.facts $app.patches }}
    patches:
      {{- if $app.facts }}
      - target: { kind: ConfigMap, name: platform-facts }
        patch: |
          {{- include "clusters.factsPatch" .facts | nindent 10 }}
      {{- end }}
      {{- range $app.patches }}
      - target:
          {{- toYaml .target | nindent 10 }}
        patch: |
          {{- toYaml .patch | nindent 10 }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end -}}

{{/*
An Application. Takes a dict of name, cluster, app, facts, repository and revision.
*/}}
{{- define "clusters.application" -}}
{{- $app := .app -}}
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {{ trimSuffix "-cluster" .cluster }}-{{ .name }}
  namespace: argocd
  annotations:
    # The API server says what would change, with the defaults of definitions.
    argocd.argoproj.io/compare-options: ServerSideDiff=true
    argocd.argoproj.io/sync-wave: {{ required "An app needs a wave" $app.wave | quote }}
  {{- if ne $app.cascade false }}
  finalizers:
    - resources-finalizer.argocd.argoproj.io
  {{- end }}
spec:
  project: {{ required "An app needs a project" $app.project }}
  sources:
    {{- include "clusters.sources" . | nindent 4 }}
  destination:
    name: {{ .cluster }}
    namespace: {{ required "An app needs a namespace" $app.namespace }}
  {{- with $app.ignoreDifferences }}
  ignoreDifferences:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - ServerSideApply=true
      - RespectIgnoreDifferences=true
    # Without end, and with what git says by then: what failed may only have been early.
    retry:
      limit: -1
      refresh: true
      backoff:
        duration: 10s
        factor: 2
        maxDuration: 3m
{{- end -}}
