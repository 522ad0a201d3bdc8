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
    "/jobs/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the list of jobs
         * @description Sends the list once, then each change. Reconnect with the header Last-Event-ID to get what you missed.
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
        ScaleRayCluster: {
            group: string;
            replicas: number;
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
        /** @description Worker pods of a Ray cluster */
        JobWorkers: {
            desired: number;
            ready: number;
            min?: number;
            max?: number;
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
            merged?: boolean;
        };
        ClusterStatus: {
            name: string;
            /** @description False where the list may lack jobs of it, or shows them as they were */
            ok: boolean;
            error?: string;
            progress?: components["schemas"]["ReadingProgress"];
        };
        /** @description Present while a cluster's jobs are read for the first time */
        ReadingProgress: {
            /** @description Jobs so far */
            read: number;
            /** @description Jobs in all, where the cluster tells */
            total?: number;
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
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            lastEventAt?: string;
            error?: string;
            progress?: components["schemas"]["ReadingProgress"];
            dashboards?: components["schemas"]["DashboardLink"][];
        };
        /** @description A page outside of the portal */
        DashboardLink: {
            title: string;
            url: string;
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
        JobDetail: {
            summary: components["schemas"]["JobSummary"];
            pods: components["schemas"]["JobPod"][];
            attempts: components["schemas"]["JobAttempt"][];
            conditions: components["schemas"]["JobCondition"][];
            gitops?: components["schemas"]["JobGitOps"];
            /** @description Runs that had the name before, the last first; read one with uid */
            earlierRuns?: components["schemas"]["EarlierRun"][];
            logSources: components["schemas"]["LogSource"][];
            /** @description What is wrong with how the job was written */
            warnings?: string[];
            /** @description True while the RayJob is on its cluster */
            live: boolean;
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
             * @description ISO 8601 in UTC
             * @example 2026-11-23T21:06:21Z
             */
            startedAt?: string;
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
        };
        JobPods: {
            items: components["schemas"]["JobPod"][];
        };
        JobEvents: {
            items: components["schemas"]["JobEvent"][];
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
        RayClusterList: {
            items: components["schemas"]["RayClusterSummary"][];
            clusters: components["schemas"]["ClusterStatus"][];
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
        JobList: {
            items: components["schemas"]["JobSummary"][];
            /** @description Number that the filter and the caller's permissions allow */
            total: number;
            nextCursor?: string;
            clusters: components["schemas"]["ClusterStatus"][];
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
                /** @description A field of the row; a hyphen before it turns the order round */
                sort?: string;
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
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
            /** @description Events of the job, its Ray cluster and its pods */
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
}
