/* eslint-disable -- Generated from the OpenAPI document: change the routes in plugins/ray-common, then run npm run generate. */
export interface paths {
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the clusters that hold jobs */
        get: operations["listClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what a cluster has, what is free, and what waits */
        get: operations["getCluster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters/{name}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what a cluster has, what is free, and what waits
         * @description Sends the cluster at once, then when it changes, at most once a second.
         */
        get: operations["streamCluster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rayclusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the Ray clusters, newest first */
        get: operations["listRayClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rayclusters/{cluster}/{namespace}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set the number of workers of one group */
        patch: operations["scaleRayCluster"];
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a page of jobs */
        get: operations["listJobs"];
        put?: never;
        /** Create a job on a cluster, without git */
        post: operations["submitJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count jobs by what they can be filtered by */
        get: operations["countJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/revision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ask whether jobs have changed, without reading them */
        get: operations["getJobsRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how the runs of a workload ended in the last weeks
         * @description Counts only runs that the caller may see.
         */
        get: operations["getWorkloadStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the list of jobs
         * @description Sends the list once, then each change of a job that matches, also of one that is on a later page. With counts=true it also sends how many there are, at most once a second. Reconnect with the header Last-Event-ID to get what you missed.
         */
        get: operations["streamJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a job by a pull request
         * @description The same job again answers with the first pull request. The job starts once the pull request is merged.
         */
        post: operations["proposeJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads/parameters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the parameters of a workload
         * @description From its parameters.schema.json in git. Finds only workloads that the caller may see in the catalog.
         */
        get: operations["getWorkloadParameters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/job-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a new job can be chosen from
         * @description Clusters and namespaces in which the caller may create jobs, sizes and kinds of GPUs.
         */
        get: operations["getJobOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Render a job without creating anything
         * @description Held to the same permission and policy as a job that is created, and refused with the same reason.
         */
        post: operations["previewJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one job */
        get: operations["getJob"];
        put?: never;
        post?: never;
        /**
         * Delete a job
         * @description If git owns the job, the answer is a pull request that removes its manifest.
         */
        delete: operations["deleteJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/pods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the pods of a job */
        get: operations["listJobPods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the Kubernetes events of a job, oldest first */
        get: operations["listJobEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/manifest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the manifest of a job
         * @description Values of environment variables and other credentials are redacted for callers without the permission ray.job.secrets.read, and always once the job is gone from its cluster.
         */
        get: operations["getJobManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a log of a job
         * @description Answers plain lines, or server-sent events to a request that accepts only those.
         */
        get: operations["readJobLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/logs/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read lines of a log by their numbers, or from a time on
         * @description Waits for a log that is still being read, but not for long: with the state reading, ask again. A line has the same number while it is written and later, in every portal. Each attempt, and each start of a container, begins at 1. Merged logs (all) are numbered as they were read: lasting is false.
         */
        get: operations["readJobLogLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/logs/lines/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a log by its numbers
         * @description Says how far the log is, with the latest lines, ten times a second at most. Of a log that grows faster, the lines between can be read by their numbers. A line has the same number while it is written and later, in every portal. Each attempt, and each start of a container, begins at 1. Merged logs (all) are numbered as they were read: lasting is false.
         */
        get: operations["followJobLogLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/logs/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search all lines of a log
         * @description Counts all lines that match, and tells of the first ones. A line has the same number while it is written and later, in every portal. Each attempt, and each start of a container, begins at 1. Merged logs (all) are numbered as they were read: lasting is false.
         */
        get: operations["searchJobLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a job
         * @description If git owns the job, the answer is a pull request that removes its manifest.
         */
        post: operations["stopJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a job again under a new name */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/review/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the checks and reviews of the pull request of a job
         * @description Of the pull request that brings the job, or that stops or deletes it. Sends the state at once, then each time that it changes.
         */
        get: operations["streamJobReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask Argo CD to sync a job now
         * @description Syncs this job alone: files of other jobs neither hold it up nor are applied. The answer comes before the sync has ended; follow it with the job's sync stream.
         */
        post: operations["syncJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{cluster}/{namespace}/{name}/sync/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what Argo CD says of a job's file
         * @description Sends the state at once, then each time that it changes.
         */
        get: operations["streamJobSync"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/storages/{namespace}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the state of a workload's bucket and account */
        get: operations["getStorage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/storages/{namespace}/{name}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the state of a workload's bucket and account
         * @description Sends the state at once, then each time that it changes.
         */
        get: operations["streamStorage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/builds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Build the image of a workload's version
         * @description The body is the build context. The same image, version and content again answers with the same build. A version never changes: other content is a conflict.
         */
        post: operations["startBuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/builds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a build is */
        get: operations["getBuild"];
        put?: never;
        post?: never;
        /**
         * Cancel a build
         * @description Only the person who started it may. Nothing happens to one that has ended.
         */
        delete: operations["cancelBuild"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/builds/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the log of a build
         * @description The header x-log-offset says where to read on. With follow=true the answer goes on until the build ends.
         */
        get: operations["readBuildLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of an image, newest first */
        get: operations["listImageVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ScaleRayCluster: {
            group: string;
            replicas: number;
        };
        /** @enum {string} */
        JobState: "awaiting-merge" | "awaiting-sync" | "queued" | "pending" | "running" | "succeeded" | "failed" | "stopped" | "suspended" | "retrying" | "unknown";
        SubmitJob: {
            cluster: string;
            job: components["schemas"]["NewRayJob"];
            /** @description The same key again answers with the first job */
            idempotencyKey?: string;
        };
        /** @description Manifest of a ray.io/v1 RayJob */
        NewRayJob: {
            metadata: {
                name: string;
                namespace: string;
                labels?: {
                    [key: string]: string;
                };
                annotations?: {
                    [key: string]: string;
                };
            } & {
                [key: string]: unknown;
            };
            spec: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        ProposeJob: {
            cluster: string;
            job: components["schemas"]["NewRayJob"];
        };
        JobOrder: {
            cluster: string;
            namespace: string;
            /**
             * @description Name of a workload, or the reference of its entity
             * @example hello-ray
             * @example component:default/hello-ray
             */
            workload: string;
            version: string;
            /** @description Default: the version in the registry of the portal */
            image?: string;
            entrypoint?: string;
            parameters?: {
                [key: string]: string | number | boolean;
            };
            /** @description Name of a size */
            size?: string;
            workers?: number;
            minWorkers?: number;
            maxWorkers?: number;
            cpu?: string;
            memory?: string;
            gpu?: number;
            gpuType?: string;
            /**
             * @description Extended resource of the GPUs, where no GPU type fits
             * @example amd.com/gpu
             */
            accelerator?: string;
            placement?: {
                nodeSelector?: {
                    [key: string]: string;
                };
                tolerations?: {
                    key?: string;
                    /** @enum {string} */
                    operator?: "Exists" | "Equal";
                    value?: string;
                    /** @enum {string} */
                    effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
                }[];
            };
            spot?: boolean;
            /** @description Further worker groups, each with a size of its own */
            groups?: {
                name: string;
                workers: number;
                minWorkers?: number;
                maxWorkers?: number;
                cpu: string;
                memory: string;
                gpu?: number;
                accelerator?: string;
                placement?: {
                    nodeSelector?: {
                        [key: string]: string;
                    };
                    tolerations?: {
                        key?: string;
                        /** @enum {string} */
                        operator?: "Exists" | "Equal";
                        value?: string;
                        /** @enum {string} */
                        effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
                    }[];
                };
            }[];
            environment?: {
                name: string;
                value: string;
            }[];
            secretEnv?: {
                [key: string]: string;
            };
            configEnv?: {
                [key: string]: string;
            };
            readonly envFromSecrets?: string[];
            readonly envFromConfigMaps?: string[];
            /** @description Service account of the pods. Default: the workload's, or the namespace's */
            serviceAccount?: string;
            readonly imagePullSecrets?: string[];
            sharedMemory?: string;
            mounts?: ({
                path: string;
                readOnly?: boolean;
                bucket: string;
                folder?: string;
            } | {
                path: string;
                readOnly?: boolean;
                claim: string;
            } | {
                path: string;
                readOnly?: boolean;
                size: string;
                storageClass?: string;
            })[];
            runtimeEnv?: {
                [key: string]: unknown;
            };
            ttlSeconds?: number;
            deadlineSeconds?: number;
            retries?: number;
            queue?: string;
            priority?: string;
        };
        /** @enum {string} */
        LogLevel: "error" | "warning" | "info" | "debug";
        /** @description KubeRay's operator */
        KubeRay: {
            /** @constant */
            ok: true;
            version?: string;
        };
        FailedProbe: {
            /** @constant */
            ok: false;
            error: string;
            /** @description True where the portal has no right to know, which is no fault */
            refused?: boolean;
        };
        /** @description The nodes of a cluster */
        NodesStatus: {
            /** @constant */
            ok: true;
            /** @description Number of nodes */
            total: number;
            ready: number;
            cpu: components["schemas"]["NodeResource"];
            memory: components["schemas"]["NodeResource"];
            gpu: components["schemas"]["NodeResource"];
            gpus: components["schemas"]["GpuResource"][];
        };
        /** @description What nodes that take pods have, and what pods on them asked for: milliCPU, bytes or devices */
        NodeResource: {
            allocatable: number;
            requested: number;
        };
        /** @description The GPUs of one kind */
        GpuResource: {
            /** @description As the nodes are labelled, else the name of the resource */
            type: string;
            allocatable: number;
            requested: number;
        };
        /** @description Present while a cluster's jobs are read for the first time */
        ReadingProgress: {
            /** @description Jobs so far */
            read: number;
            /** @description Jobs in all, where the cluster tells */
            total?: number;
        };
        /** @description A page outside of the portal */
        DashboardLink: {
            title: string;
            url: string;
        };
        /** @description A ClusterQueue of Kueue */
        ClusterQueue: {
            name: string;
            localQueues: components["schemas"]["LocalQueue"][];
            /** @description The first that wait, in the order in which they are tried */
            next: components["schemas"]["QueuedJob"][];
        };
        LocalQueue: {
            namespace: string;
            name: string;
            /** @description True while it lets no job go */
            stopped: boolean;
            /** @description False where Kueue orders by usage, without positions */
            ordered: boolean;
            waiting: number;
            /** @description Jobs that have their quota */
            admitted: number;
        };
        QueuedJob: {
            position: number;
            priority: number;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            createdAt: string;
            /** @description Absent where the caller may not see it */
            job?: {
                namespace: string;
                name: string;
            };
        };
        RayClusterSummary: {
            cluster: string;
            namespace: string;
            name: string;
            uid: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            createdAt: string;
            state?: string;
            reason?: string;
            rayVersion?: string;
            /** @description Name of the RayJob that made it */
            job?: string;
            /** @description Name of Argo CD's Application that it belongs to */
            application?: string;
            autoscaling: boolean;
            groups: components["schemas"]["RayClusterGroup"][];
            workers: components["schemas"]["JobWorkers"];
            resources: components["schemas"]["JobResources"];
        };
        /** @description One group of workers */
        RayClusterGroup: {
            name: string;
            replicas: number;
            min: number;
            max: number;
        };
        /** @description Worker pods of a Ray cluster */
        JobWorkers: {
            desired: number;
            ready: number;
            min?: number;
            max?: number;
        };
        /** @description What the head and the desired workers ask for together */
        JobResources: {
            /** @description milliCPU */
            cpu: number;
            /** @description Bytes */
            memory: number;
            /** @description Whole GPUs */
            gpu: number;
            /** @description Devices by the name of their extended resource */
            accelerators: {
                [key: string]: number;
            };
        };
        /** @description Place in a Kueue queue */
        JobQueue: {
            /** @description Name of the LocalQueue */
            name: string;
            clusterQueue?: string;
            /** @description From 1, among all that waits in the ClusterQueue */
            position?: number;
        };
        /** @description Where the job stands in git */
        JobGitOps: {
            pullRequestUrl?: string;
            /**
             * @description When that pull request was merged
             * @example 2026-11-23T21:06:21Z
             */
            mergedAt?: string;
            /** @description Path of the manifest in the jobs repository */
            path: string;
            manifestUrl?: string;
            taskId?: string;
            sourceCommit?: string;
            pendingChange?: components["schemas"]["JobPendingChange"];
        };
        /** @description A change that is proposed in git and not carried out yet */
        JobPendingChange: {
            /** @enum {string} */
            verb: "stop" | "delete" | "retry";
            pullRequestUrl: string;
            /**
             * @description When the pull request was opened
             * @example 2026-11-23T21:06:21Z
             */
            createdAt?: string;
            merged?: boolean;
        };
        ClusterStatus: {
            name: string;
            /** @description False where the list may lack jobs of it, or shows them as they were */
            ok: boolean;
            error?: string;
            progress?: components["schemas"]["ReadingProgress"];
        };
        LogLine: {
            /** @description RFC 3339 with nanoseconds, where the source has it */
            time?: string;
            text: string;
            /** @description <pod>/<container>, when several are merged */
            source?: string;
        };
        /** @enum {string} */
        LogEndReason: "completed" | "not-found" | "not-started" | "deleted" | "error";
        NumberedLogLine: {
            /** @description RFC 3339 with nanoseconds, where the source has it */
            time?: string;
            text: string;
            /** @description <pod>/<container>, when several are merged */
            source?: string;
            /** @description From 1, from the first line of the log */
            number: number;
            /** @description With fold: number of the last of the lines after it that are equal to it */
            until?: number;
        };
        /** @description Lines that are lost */
        MissingLogLines: {
            /** @description Number of the line that comes after what is missing */
            line: number;
            reason: string;
            /** @description How many are missing; where absent, later numbers count only what was read */
            lines?: number;
        };
        MatchedLogLine: {
            /** @description RFC 3339 with nanoseconds, where the source has it */
            time?: string;
            text: string;
            /** @description <pod>/<container>, when several are merged */
            source?: string;
            /** @description From 1, from the first line of the log */
            number: number;
            /** @description With fold: from 1, among the lines that match in what is looked at */
            position?: number;
        };
        ReviewCheck: {
            name: string;
            /** @enum {string} */
            state: "passed" | "failed" | "running";
            /** @description Web page of the check */
            url?: string;
            /** @description How it ended, where that says more than the state, for example 'timed out' */
            result?: string;
        };
        BlockingFile: {
            kind: string;
            namespace: string;
            name: string;
            /** @description Path in the repository, where it is that of a job */
            path?: string;
            /** @description Web page of the file */
            url?: string;
            /** @description Why it was refused */
            message: string;
        };
        /** @description One row of the job list */
        JobSummary: {
            /** @description Name of the cluster */
            cluster: string;
            /** @description Kubernetes namespace */
            namespace: string;
            /** @description Name of the object */
            name: string;
            uid: string;
            workload?: string;
            version?: string;
            image?: string;
            /** @description Entity reference of the person who asked for the job */
            owner?: string;
            state: components["schemas"]["JobState"];
            reason?: string;
            message?: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            createdAt: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            startedAt?: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            endedAt?: string;
            attempt: number;
            entrypoint?: string;
            resources: components["schemas"]["JobResources"];
            workers: components["schemas"]["JobWorkers"];
            /** @description The controller that looks after the job in the place of KubeRay */
            manager?: string;
            queue?: components["schemas"]["JobQueue"];
            gitops?: components["schemas"]["JobGitOps"];
        };
        /** @description An error as Backstage answers it */
        Error: {
            error: {
                /** @example InputError */
                name: string;
                /** @description A sentence for people */
                message: string;
            } & {
                [key: string]: unknown;
            };
            request?: {
                method: string;
                url: string;
            };
            response: {
                statusCode: number;
            };
        };
        ClusterSummary: {
            name: string;
            title: string;
            /** @description False, with the cause in error, until all its jobs are read, and while it is down */
            reachable: boolean;
            /** @description Kubernetes version, for example v1.34.4 */
            version?: string;
            /** @description RayJobs that the caller may see */
            jobs: number;
            /**
             * @description As far back as this portal knows; absent while the cluster is not reachable
             * @example 2026-11-23T21:06:21Z
             */
            reachableSince?: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            lastEventAt?: string;
            kuberay?: components["schemas"]["KubeRay"] | components["schemas"]["FailedProbe"];
            nodes?: components["schemas"]["NodesStatus"] | components["schemas"]["FailedProbe"];
            error?: string;
            progress?: components["schemas"]["ReadingProgress"];
            dashboards?: components["schemas"]["DashboardLink"][];
        };
        RayClusterList: {
            items: components["schemas"]["RayClusterSummary"][];
            clusters: components["schemas"]["ClusterStatus"][];
        };
        ScaledRayCluster: {
            /** @description Name of the cluster */
            cluster: string;
            /** @description Kubernetes namespace */
            namespace: string;
            /** @description Name of the object */
            name: string;
            group: string;
            replicas: number;
        };
        ActionResult: components["schemas"]["DoneOnCluster"] | components["schemas"]["ProposedInGit"];
        DoneOnCluster: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            via: "cluster";
            job: components["schemas"]["JobRef"];
        };
        JobRef: {
            /** @description Name of the cluster */
            cluster: string;
            /** @description Kubernetes namespace */
            namespace: string;
            /** @description Name of the object */
            name: string;
        };
        ProposedInGit: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            via: "git";
            job: components["schemas"]["JobRef"];
            pullRequestUrl: string;
        };
        /** @description What a list can be filtered by */
        JobFacets: {
            /** @description Number of jobs that match */
            total: number;
            cluster: components["schemas"]["JobFacet"];
            namespace: components["schemas"]["JobFacet"];
            state: components["schemas"]["JobFacet"];
            workload: components["schemas"]["JobFacet"];
            owner: components["schemas"]["JobFacet"];
        };
        /** @description The values of a field with the number of jobs that have them, as if the filter wanted any value of that field */
        JobFacet: {
            /** @description By name; where there are many, the most frequent */
            values: {
                value: string;
                count: number;
            }[];
            /** @description Number of values that are left out */
            others: number;
        };
        JobsRevision: {
            /** @description Differs from an earlier one after any change of a job, and after a restart of the backend */
            revision: string;
            /** @description False while a cluster hasn't been read since the backend started: jobs on it may be missing from lists */
            complete: boolean;
        };
        /** @description How runs of a workload end */
        WorkloadStatistics: {
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            since: string;
            /** @description Runs that ended since then */
            runs: number;
            /** @description False where there were more runs than are looked at */
            complete: boolean;
            succeeded: number;
            failed: number;
            stopped: number;
            /** @description From Monday to Sunday in UTC, the oldest first */
            weeks: {
                /**
                 * @description ISO 8601 in UTC
                 * @example 2026-11-23T21:06:21Z
                 */
                from: string;
                succeeded: number;
                failed: number;
                stopped: number;
                /** @description Of the runs that succeeded */
                duration?: components["schemas"]["TimeSpread"];
                /** @description From the order to the start */
                wait?: components["schemas"]["TimeSpread"];
            }[];
            /** @description Why runs failed, the most frequent first */
            causes: {
                reason: string;
                runs: number;
                last: {
                    cluster: string;
                    namespace: string;
                    name: string;
                    uid: string;
                    message?: string;
                    /**
                     * @description ISO 8601 in UTC
                     * @example 2026-11-23T21:06:21Z
                     */
                    endedAt: string;
                };
            }[];
            /** @description Those that ran most, and who ran them */
            versions: {
                version: string;
                runs: number;
                succeeded: number;
                failed: number;
                stopped: number;
                /**
                 * @description ISO 8601 in UTC
                 * @example 2026-11-23T21:06:21Z
                 */
                lastEndedAt: string;
                owners: {
                    owner: string;
                    runs: number;
                }[];
            }[];
        };
        /** @description Milliseconds */
        TimeSpread: {
            /** @description Number of runs it is made of */
            runs: number;
            median: number;
            /** @description Nine of ten took no longer */
            most: number;
        };
        WorkloadParameters: {
            entityRef: string;
            workload: string;
            entrypoint: string;
            /** @description Web page of its folder */
            sourceUrl: string;
            /** @description Absent where it has no parameters.schema.json */
            parameters?: components["schemas"]["ParameterSchema"];
        };
        /** @description A flat JSON Schema of draft-07 */
        ParameterSchema: {
            title?: string;
            description?: string;
            /** @constant */
            type: "object";
            required?: string[];
            properties: {
                [key: string]: {
                    /** @enum {string} */
                    type: "string" | "number" | "integer" | "boolean";
                    title?: string;
                    description?: string;
                    default?: string | number | boolean;
                    enum?: (string | number | boolean)[];
                    minimum?: number;
                    maximum?: number;
                    minLength?: number;
                    maxLength?: number;
                    pattern?: string;
                };
            };
        };
        JobOptions: {
            clusters: {
                name: string;
                title: string;
                namespaces: string[];
                /** @description True where other namespaces take jobs as well */
                anyNamespace: boolean;
                accelerators: {
                    nodeSelector?: {
                        [key: string]: string;
                    };
                    tolerations?: {
                        key?: string;
                        /** @enum {string} */
                        operator?: "Exists" | "Equal";
                        value?: string;
                        /** @enum {string} */
                        effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
                    }[];
                    name: string;
                    title: string;
                    resource: string;
                    pricePerHour?: number;
                }[];
            }[];
            sizes: {
                name: string;
                title: string;
                workers: number;
                maxWorkers?: number;
                cpu: string;
                memory: string;
            }[];
            /** @description Absent where jobs can ask for no spot nodes */
            spot?: {
                nodeSelector?: {
                    [key: string]: string;
                };
                tolerations?: {
                    key?: string;
                    /** @enum {string} */
                    operator?: "Exists" | "Equal";
                    value?: string;
                    /** @enum {string} */
                    effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
                }[];
            };
            currency?: string;
        };
        JobPreview: {
            name: string;
            /** @description The RayJob as YAML */
            manifest: string;
            cost: {
                /** @description For people */
                text: string;
                currency?: string;
                perHour?: number;
                mostPerHour?: number;
                most?: number;
            };
            sourceUrl: string;
            entityRef: string;
        };
        JobDetail: {
            summary: components["schemas"]["JobSummary"];
            pods: components["schemas"]["JobPod"][];
            attempts: components["schemas"]["JobAttempt"][];
            conditions: components["schemas"]["JobCondition"][];
            gitops?: components["schemas"]["JobGitOps"];
            /** @description Checks and reviews of the open pull request that the job waits for; absent where it waits for none */
            review?: components["schemas"]["JobReview"];
            /** @description What Argo CD says of the job's file; absent for a job that isn't on the main branch, and where the portal doesn't ask Argo CD */
            sync?: components["schemas"]["JobSync"];
            /** @description Runs that had the name before, the last first; read one with uid */
            earlierRuns?: components["schemas"]["EarlierRun"][];
            /** @description All of it, as it was typed; absent where the manifest of the job is not known */
            entrypoint?: string;
            logSources: components["schemas"]["LogSource"][];
            /** @description What is wrong with how the job was written */
            warnings?: string[];
            /** @description True while the RayJob is on its cluster */
            live: boolean;
            /** @description What its cluster has free; only of a job that no node has room for, where the caller may see clusters */
            free?: components["schemas"]["FreeAmounts"];
            dashboards?: components["schemas"]["DashboardLink"][];
        };
        JobPod: {
            name: string;
            /** @enum {string} */
            role: "submitter" | "head" | "worker";
            group?: string;
            node?: string;
            phase: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            createdAt: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            scheduledAt?: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            startedAt?: string;
            reason?: string;
            message?: string;
            containers: components["schemas"]["JobContainer"][];
        };
        JobContainer: {
            name: string;
            image: string;
            ready: boolean;
            restartCount: number;
            /** @enum {string} */
            state: "waiting" | "running" | "terminated";
            reason?: string;
            exitCode?: number;
        };
        /** @description One try of a job */
        JobAttempt: {
            attempt: number;
            /** @description Id of the run in Ray */
            jobId?: string;
            rayCluster?: string;
            /**
             * @description When its Ray cluster began to start
             * @example 2026-11-23T21:06:21Z
             */
            startedAt?: string;
            /**
             * @description When Ray started the entrypoint; absent where it never did, and where nobody saw it
             * @example 2026-11-23T21:06:21Z
             */
            entrypointStartedAt?: string;
            /** @description What the head's pod said; absent where nobody saw it, and mostly of the current attempt, whose pods tell it */
            head?: {
                /**
                 * @description When the pod was given its node
                 * @example 2026-11-23T21:06:21Z
                 */
                scheduledAt?: string;
                /**
                 * @description When its first container started
                 * @example 2026-11-23T21:06:21Z
                 */
                startedAt?: string;
            };
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            endedAt?: string;
            state: components["schemas"]["JobState"];
            reason?: string;
        };
        JobCondition: {
            type: string;
            /** @enum {string} */
            status: "True" | "False" | "Unknown";
            reason?: string;
            message?: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            lastTransitionTime?: string;
        };
        EarlierRun: {
            uid: string;
            state: components["schemas"]["JobState"];
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            createdAt: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            endedAt?: string;
        };
        /** @description One readable log */
        LogSource: {
            /** @description Value of the parameter source */
            id: string;
            title: string;
            /** @enum {string} */
            kind: "driver" | "merged" | "container";
            /** @description How often the container was restarted, which is whether previous finds a log; absent where it never was, and for other logs */
            restartCount?: number;
        };
        /** @description What is free on the nodes that take pods */
        FreeAmounts: {
            total: components["schemas"]["Amounts"];
            /** @description Of each resource the most on one node; not all of it is on the same one */
            largest: components["schemas"]["Amounts"];
        };
        /** @description milliCPU, bytes and devices */
        Amounts: {
            cpu: number;
            memory: number;
            gpu: number;
        };
        JobPods: {
            items: components["schemas"]["JobPod"][];
        };
        JobEvents: {
            items: components["schemas"]["JobEvent"][];
            /** @description True where there were more, before these */
            olderLeftOut?: boolean;
        };
        /** @description A Kubernetes event */
        JobEvent: {
            /** @enum {string} */
            type: "Normal" | "Warning";
            reason: string;
            message: string;
            count: number;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            firstSeen: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            lastSeen: string;
            object: {
                kind: string;
                name: string;
            };
        };
        NumberedLogLines: {
            /** @description id of the log: driver/<attempt> where driver was asked for */
            source: string;
            /** @description Whether a number means the same line when the log is read again; false for merged logs, whose pods come and go */
            lasting: boolean;
            lines: components["schemas"]["NumberedLogLine"][];
            /** @description Number of the first line there is */
            first: number;
            /** @description Number of the last line so far; 0 where there is none */
            last: number;
            /**
             * @description reading while there are more lines than last says, following while more may be written
             * @enum {string}
             */
            state: "reading" | "following" | "ended";
            end?: components["schemas"]["LogEndReason"];
            /** @description What it waits for while there is nothing to read */
            waiting?: string;
            missing: components["schemas"]["MissingLogLines"][];
            /**
             * @description Where a time was asked for, whether there is a line of this time or later: not-yet where the log is still being read, so ask again; no-times where its lines have no times
             * @enum {string}
             */
            timeFound?: "yes" | "no" | "not-yet" | "no-times";
        };
        ImageBuild: {
            id: string;
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "failed";
            /** @description Full reference with the version */
            image: string;
            digest?: string;
            /** @description True where the version exists from the same content */
            reused: boolean;
            /** @description Bytes of its layers */
            size?: number;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            startedAt?: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            endedAt?: string;
            /** @description What went wrong, and what to do */
            error?: string;
        };
        ImageVersions: {
            items: components["schemas"]["ImageVersion"][];
            /** @description Versions with lower numbers, which are not listed */
            others?: number;
            /** @description A version that is free, after the newest */
            next: string;
        };
        ImageVersion: {
            version: string;
            reference: string;
            digest: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            createdAt?: string;
            /** @description Bytes of its layers */
            size: number;
            /** @description Commit that it was built from */
            revision?: string;
            contentDigest?: string;
        };
        ClusterDetail: {
            name: string;
            title: string;
            /** @description False, with the cause in error, until all its jobs are read, and while it is down */
            reachable: boolean;
            /** @description Kubernetes version, for example v1.34.4 */
            version?: string;
            /**
             * @description As far back as this portal knows; absent while the cluster is not reachable
             * @example 2026-11-23T21:06:21Z
             */
            reachableSince?: string;
            /**
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            lastEventAt?: string;
            kuberay?: components["schemas"]["KubeRay"] | components["schemas"]["FailedProbe"];
            nodes?: components["schemas"]["NodesStatus"] | components["schemas"]["FailedProbe"];
            error?: string;
            progress?: components["schemas"]["ReadingProgress"];
            dashboards?: components["schemas"]["DashboardLink"][];
            /** @enum {string} */
            kueue: "present" | "absent" | "unknown";
            queues: components["schemas"]["ClusterQueue"][];
            /** @description Those that no job made, at most 100 */
            rayClusters: components["schemas"]["RayClusterSummary"][];
            /** @description Why they may not all be there */
            rayClustersError?: string;
        };
        JobList: {
            items: components["schemas"]["JobSummary"][];
            /** @description Number that the filter and the caller's permissions allow */
            total: number;
            nextCursor?: string;
            clusters: components["schemas"]["ClusterStatus"][];
        };
        /** @description Checks and reviews of the pull request that a job waits for */
        JobReview: {
            pullRequest: {
                url: string;
                number: number;
            };
            /**
             * @description ready: it can be merged; waiting: for checks or reviews; blocked: somebody has to change something; unknown: GitHub hasn't found out, or can't be asked
             * @enum {string}
             */
            state: "ready" | "waiting" | "blocked" | "unknown";
            /** @description What it waits for, in a sentence */
            waitsFor: string;
            /** @description GitHub merges it by itself once all that it requires is there */
            autoMerge?: boolean;
            /** @description Checks of its last commit, failed ones first; absent where the portal may not read them */
            checks?: components["schemas"]["ReviewCheck"][];
            /** @description Who approved it, by their names on GitHub */
            approvedBy: string[];
            /** @description Who asked for changes */
            changesRequestedBy: string[];
            /** @description Users and teams whose review is still asked for */
            askedFor: string[];
            /** @description Why nothing newer is known */
            problem?: string;
        };
        /** @description What Argo CD says of a job's file */
        JobSync: {
            /**
             * @description synced: the cluster has what git says; out-of-sync: the next sync applies the job; not-seen: Argo CD hasn't compared the job's file yet; failed: the cluster refused the file; blocked: other files hold it up; removing: git no longer has the job; no-application: nothing follows the file; unknown: Argo CD's resources can't be read
             * @enum {string}
             */
            state: "synced" | "out-of-sync" | "not-seen" | "failed" | "blocked" | "removing" | "no-application" | "unknown";
            /** @description What it waits for, or what to do; absent when it is synced */
            message?: string;
            /** @description Argo CD's own words; left out where they may tell of jobs that the caller may not see */
            error?: string;
            application?: {
                namespace: string;
                name: string;
                /** @description Of all that it brings, for example Degraded */
                health?: string;
                /** @description Its page in Argo CD, where the portal knows it */
                url?: string;
            };
            /** @description Argo CD syncs by itself when git changes */
            automated?: boolean;
            /** @description A sync runs, or is asked for */
            running?: boolean;
            /** @description Commit that Argo CD compared last */
            revision?: string;
            /**
             * @description When the last sync ended, or the running one began
             * @example 2026-11-23T21:06:21Z
             */
            lastTriedAt?: string;
            /** @description Some of the files that were refused, as far as the caller may see them */
            blockedBy?: components["schemas"]["BlockingFile"][];
        };
        /** @description Bucket and account of a workload in Google Cloud */
        WorkloadStorage: {
            namespace: string;
            name: string;
            /**
             * @description missing: there is no such resource; unknown: its cluster gives no answer
             * @enum {string}
             */
            state: "ready" | "waiting" | "failed" | "deleting" | "missing" | "unknown";
            /** @description What it waits for, or what is wrong; absent when it is ready */
            message?: string;
            bucket?: string;
            /** @description E-mail address of the Google service account */
            account?: string;
            storageClass?: string;
            versioning?: boolean;
            deleteAfterDays?: number;
            /** @description What becomes of the bucket with its resource: Keep or Delete */
            deletion?: string;
        };
        JobCounts: {
            /** @description Number of jobs that match */
            total: number;
            /** @description Number of jobs in each state that has any, as if the filter wanted any state */
            states: {
                [key: string]: number;
            };
        };
        RemovedJob: {
            /** @description Name of the cluster */
            cluster: string;
            /** @description Kubernetes namespace */
            namespace: string;
            /** @description Name of the object */
            name: string;
            uid: string;
        };
        ClusterStatuses: components["schemas"]["ClusterStatus"][];
        LogLines: {
            lines: components["schemas"]["LogLine"][];
        };
        LogWaiting: {
            message: string;
        };
        LogGap: {
            reason: string;
        };
        LogEnd: {
            reason: components["schemas"]["LogEndReason"];
            message?: string;
        };
        NumberedLogStep: {
            /** @description id of the log: driver/<attempt> where driver was asked for */
            source: string;
            /** @description Whether a number means the same line when the log is read again; false for merged logs, whose pods come and go */
            lasting: boolean;
            lines: components["schemas"]["NumberedLogLine"][];
            /** @description Number of the first line there is */
            first: number;
            /** @description Number of the last line so far; 0 where there is none */
            last: number;
            /**
             * @description reading while there are more lines than last says, following while more may be written
             * @enum {string}
             */
            state: "reading" | "following" | "ended";
            end?: components["schemas"]["LogEndReason"];
            /** @description What it waits for while there is nothing to read */
            waiting?: string;
            /** @description Absent where it is the same as in the event before */
            missing?: components["schemas"]["MissingLogLines"][];
            /**
             * @description Where a time was asked for, whether there is a line of this time or later: not-yet where the log is still being read, so ask again; no-times where its lines have no times
             * @enum {string}
             */
            timeFound?: "yes" | "no" | "not-yet" | "no-times";
        };
        LogLinesEnd: {
            /**
             * @description restarted where the container was started again, and lines count from 1 again
             * @enum {string}
             */
            reason: "completed" | "restarted" | "error";
            message?: string;
        };
        /** @description Lines that match, in order */
        LogMatches: {
            lines: components["schemas"]["MatchedLogLine"][];
        };
        LogSearchProgress: {
            /** @description Lines that match so far */
            matches: number;
            /** @description Number of the last line that was looked at */
            searched: number;
            /** @description How far it was after each part of the log, since it was told last: tells where the lines are that match, at most 5,000 in a part */
            steps: {
                /** @description Lines that match so far */
                matches: number;
                /** @description Number of the last line that was looked at */
                searched: number;
                /** @description With fold: number of the last line that matches so far; after, where none does */
                line?: number;
                /** @description With fold: position where the equal matches begin that the last one is of; 0 where that is after */
                run?: number;
                /** @description With fold: position of the last match that is equal to the last one of the step before */
                until?: number;
            }[];
            /** @description Number of the last line so far */
            last: number;
        };
        LogSearchEnd: {
            /** @enum {string} */
            reason: "completed" | "error";
            message?: string;
            matches: number;
            searched: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An OpenAPI 3.1 document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listClusters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All clusters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterSummary"][];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCluster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cluster */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterDetail"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    streamCluster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events until the connection closes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRayClusters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All Ray clusters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RayClusterList"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    scaleRayCluster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScaleRayCluster"];
            };
        };
        responses: {
            /** @description The number is set */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaledRayCluster"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster refuses the object */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                cluster?: string[];
                namespace?: string[];
                state?: components["schemas"]["JobState"][];
                workload?: string[];
                owner?: string[];
                /** @description Words to search for in name, workload, version, owner, namespace and message */
                q?: string;
                /** @description Only jobs created at that time or later */
                since?: string;
                /** @description Only jobs created before that time */
                until?: string;
                /** @description A field of the row; a hyphen before it turns the order round */
                sort?: string;
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the jobs that the caller may see */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    submitJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key again answers with the first job */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitJob"];
            };
        };
        responses: {
            /** @description The job is on its cluster */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionResult"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the object does not allow it, or the name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster refuses the object */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    countJobs: {
        parameters: {
            query?: {
                cluster?: string[];
                namespace?: string[];
                state?: components["schemas"]["JobState"][];
                workload?: string[];
                owner?: string[];
                /** @description Words to search for in name, workload, version, owner, namespace and message */
                q?: string;
                /** @description Only jobs created at that time or later */
                since?: string;
                /** @description Only jobs created before that time */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Values of each field of the jobs that the caller may see */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobFacets"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getJobsRevision: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The revision of the list of jobs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobsRevision"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWorkloadStatistics: {
        parameters: {
            query: {
                workload: string;
                /** @description Number of weeks, the current one included */
                weeks?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures of the runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkloadStatistics"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    streamJobs: {
        parameters: {
            query?: {
                cluster?: string[];
                namespace?: string[];
                state?: components["schemas"]["JobState"][];
                workload?: string[];
                owner?: string[];
                /** @description Words to search for in name, workload, version, owner, namespace and message */
                q?: string;
                /** @description Only jobs created at that time or later */
                since?: string;
                /** @description Only jobs created before that time */
                until?: string;
                /** @description A field of the row; a hyphen before it turns the order round */
                sort?: string;
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also send how many jobs there are */
                counts?: boolean;
            };
            header?: {
                /** @description id of the last event that came */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events until the connection closes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    proposeJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposeJob"];
            };
        };
        responses: {
            /** @description The job is proposed in git */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionResult"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the object does not allow it, or the name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWorkloadParameters: {
        parameters: {
            query: {
                /** @description Name of a workload, or the reference of its entity */
                workload: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the workload takes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkloadParameters"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getJobOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The choices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOptions"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    previewJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobOrder"];
            };
        };
        responses: {
            /** @description The job as it would be created */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPreview"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: {
                /** @description UID of one run; another may have the name by now */
                uid?: string;
            };
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetail"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done on the cluster, or proposed in git */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionResult"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the object does not allow it, or the name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listJobPods: {
        parameters: {
            query?: {
                /** @description UID of one run; another may have the name by now */
                uid?: string;
            };
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pods of the current attempt */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPods"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listJobEvents: {
        parameters: {
            query?: {
                /** @description UID of one run; another may have the name by now */
                uid?: string;
            };
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events of the job, its Ray cluster and its pods, also of a run that is gone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobEvents"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getJobManifest: {
        parameters: {
            query?: {
                /** @description UID of one run; another may have the name by now */
                uid?: string;
            };
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The RayJob as YAML */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readJobLog: {
        parameters: {
            query?: {
                /** @description UID of one run; another may have the name by now */
                uid?: string;
                /** @description id of one of the logSources of the job */
                source?: string;
                follow?: boolean;
                previous?: boolean;
                timestamps?: boolean;
                /** @description Lines from the end */
                tail?: number;
                /** @description id of the event to resume from */
                cursor?: string;
            };
            header?: {
                /** @description id of the last event that came */
                "last-event-id"?: string;
            };
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log; with follow=true also what is written from now on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "text/event-stream": string;
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It was there, and is gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readJobLogLines: {
        parameters: {
            query?: {
                /** @description UID of one run; another may have the name by now */
                uid?: string;
                /** @description id of one of the logSources of the job */
                source?: string;
                /** @description Of the container before its last restart */
                previous?: boolean;
                /** @description Of lines that follow each other and are equal apart from their time, only the first one, with until */
                fold?: boolean;
                /** @description Number of the first line; 1 where nothing is said */
                from?: number;
                /** @description Begins at the first line of this time or later */
                time?: string;
                /** @description Lines at most; long lines make it fewer */
                count?: number;
            };
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines, and what there is of the log */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberedLogLines"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It was there, and is gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    followJobLogLines: {
        parameters: {
            query?: {
                /** @description UID of one run; another may have the name by now */
                uid?: string;
                /** @description id of one of the logSources of the job */
                source?: string;
                /** @description Of the container before its last restart */
                previous?: boolean;
                /** @description Of lines that follow each other and are equal apart from their time, only the first one, with until */
                fold?: boolean;
            };
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What there is of the log, whenever it has grown */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It was there, and is gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    searchJobLog: {
        parameters: {
            query?: {
                /** @description UID of one run; another may have the name by now */
                uid?: string;
                /** @description id of one of the logSources of the job */
                source?: string;
                /** @description Of the container before its last restart */
                previous?: boolean;
                /** @description Text that a line has, or a pattern */
                q?: string;
                /** @description q is a regular expression in the syntax of RE2, without look-arounds and back-references. Of a long line, it looks at the beginning: some 2,500 characters for a short expression, and fewer the larger it is */
                regex?: boolean;
                matchCase?: boolean;
                /** @description Only lines that name this level */
                level?: components["schemas"]["LogLevel"];
                /** @description With level: also lines that name a more severe one */
                orWorse?: boolean;
                /** @description Number of the line to begin at */
                from?: number;
                /** @description Number of the last line to look at */
                to?: number;
                /** @description Of matches that follow each other and are equal apart from their time, only the first one; the position of the next one says how many there are */
                fold?: boolean;
                /** @description With fold: number of the match before, which the first one may be equal to */
                after?: number;
                /** @description Lines that are told of; all that match are counted */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is found, while it is found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It was there, and is gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stopJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done on the cluster, or proposed in git */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionResult"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the object does not allow it, or the name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    retryJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done on the cluster, or proposed in git */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionResult"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the object does not allow it, or the name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster refuses the object */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    streamJobReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events until the connection closes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    syncJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Argo CD is asked */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobSync"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the object does not allow it, or the name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    streamJobSync: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the cluster */
                cluster: string;
                /** @description Kubernetes namespace */
                namespace: string;
                /** @description Name of the object */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events until the connection closes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getStorage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The storage */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkloadStorage"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    streamStorage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events until the connection closes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    startBuild: {
        parameters: {
            query: {
                /** @description Name of an image, which is that of its workload */
                image: string;
                version: string;
                /** @description Path of the Dockerfile in the build context */
                dockerfile?: string;
                /** @description Commit that the context is of */
                revision?: string;
                /** @description Web page of the repository */
                source?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-tar": string;
            };
        };
        responses: {
            /** @description The build, as far as it is */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageBuild"];
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the object does not allow it, or the name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getBuild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The build */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageBuild"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancelBuild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The build, as it ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageBuild"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the object does not allow it, or the name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readBuildLog: {
        parameters: {
            query?: {
                /** @description Bytes to leave out; x-log-offset of the answer before */
                offset?: number;
                /** @description true keeps the answer open until the build ends */
                follow?: "true" | "false";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines as they are written */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The request is wrong; the message names the field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listImageVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of an image, which is that of its workload */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions in the registry */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageVersions"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A permission is missing, or the policy refuses what was asked for */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such object, or the caller may not see it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller has too many requests of this kind open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An error of the portal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cluster or the repository could not be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
