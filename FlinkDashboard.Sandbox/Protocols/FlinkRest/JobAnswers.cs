using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Lists of jobs and single jobs.</summary>
internal static class JobAnswers
{
    private static readonly string[] TaskStates = ["CANCELING", "RUNNING", "CREATED", "INITIALIZING", "FAILED", "FINISHED", "DEPLOYING", "RECONCILING", "SCHEDULED", "CANCELED"];
    private static readonly string[] JobStates = ["RECONCILING", "FINISHED", "CANCELED", "FAILING", "RUNNING", "FAILED", "RESTARTING", "CANCELLING", "CREATED", "SUSPENDED", "INITIALIZING"];

    public static readonly IReadOnlyList<Route> Routes =
    [
        new("GET", "/jobs", call => new JsonObject
        {
            ["jobs"] = new JsonArray([.. call.Cluster.Jobs.Select(j => (JsonNode)new JsonObject { ["id"] = j.Id, ["status"] = j.State })]),
        }),
        new("GET", "/jobs/overview", call => new JsonObject { ["jobs"] = new JsonArray([.. call.Cluster.Jobs.Select(j => (JsonNode)Overview(call, j))]) }),
        new("GET", "/jobs/:jobid", Details),
        new("GET", "/jobs/:jobid/status", Status),
        new("GET", "/jobs/:jobid/plan", call => new JsonObject { ["plan"] = Plan(call.Job) }),
        new("GET", "/jobs/:jobid/config", Config),
        new("GET", "/jobs/:jobid/execution-result", Result),
        new("GET", "/jobs/:jobid/resource-requirements", Requirements) { Since = (1, 18) },
    ];

    /// <summary>State of a vertex from that of its subtasks: what is not deployed yet counts as CREATED.</summary>
    public static string Aggregated(FlinkVertex vertex) => vertex.State is "SCHEDULED" or "DEPLOYING" ? "CREATED" : vertex.State;

    /// <summary>First deployment of the present attempt.</summary>
    public static DateTimeOffset? Started(FlinkVertex vertex) => vertex.StateTimestamps.TryGetValue("DEPLOYING", out var at) ? at : null;

    /// <summary>End of the present attempt.</summary>
    public static DateTimeOffset? Ended(FlinkVertex vertex) =>
        vertex.State is "FINISHED" or "FAILED" or "CANCELED" && vertex.StateTimestamps.TryGetValue(vertex.State, out var at) ? at : null;

    private static JsonObject Overview(RestCall call, FlinkJob job)
    {
        var initializing = job.State == "INITIALIZING";
        var tasks = new JsonObject { ["total"] = initializing ? 0 : job.Vertices.Sum(v => v.Parallelism) };
        foreach (var state in TaskStates)
            tasks[state.ToLowerInvariant()] = initializing ? 0 : job.Vertices.Where(v => v.State == state).Sum(v => v.Parallelism);
        var answer = new JsonObject
        {
            ["jid"] = job.Id,
            ["name"] = job.Name,
            ["start-time"] = RestCall.Ms(job.StartTime),
            ["end-time"] = RestCall.Ms(job.EndTime),
            ["duration"] = Duration(call, job),
            ["state"] = job.State,
            ["last-modification"] = initializing ? 0 : RestCall.Ms(job.LastModified),
            ["tasks"] = tasks,
        };
        if (call.IsFlink2)
            answer["pending-operators"] = 0;
        return answer;
    }

    private static RestAnswer Details(RestCall call)
    {
        var job = call.Job;
        var times = new JsonObject();
        foreach (var state in JobStates)
            times[state] = job.StateTimestamps.TryGetValue(state, out var at) ? RestCall.Ms(at) : 0;
        var counts = new JsonObject();
        foreach (var state in TaskStates)
            counts[state] = job.Vertices.Count(v => Aggregated(v) == state);
        var answer = new JsonObject { ["jid"] = job.Id, ["name"] = job.Name, ["isStoppable"] = false, ["state"] = job.State };
        if (call.Since(1, 20))
            answer["job-type"] = job.Type;
        answer["start-time"] = RestCall.Ms(job.StartTime);
        answer["end-time"] = RestCall.Ms(job.EndTime);
        answer["duration"] = Duration(call, job);
        answer["maxParallelism"] = job.MaxParallelism;
        answer["now"] = call.Now;
        answer["timestamps"] = times;
        answer["vertices"] = new JsonArray([.. job.Vertices.Select(v => (JsonNode)Vertex(call, job, v))]);
        answer["status-counts"] = counts;
        answer["plan"] = Plan(job);
        if (call.IsFlink2)
            answer["pending-operators"] = 0;
        return answer;
    }

    private static JsonObject Vertex(RestCall call, FlinkJob job, FlinkVertex vertex)
    {
        var tasks = new JsonObject();
        foreach (var state in TaskStates)
            tasks[state] = vertex.State == state ? vertex.Parallelism : 0;
        var (start, end) = (Started(vertex), Ended(vertex));
        var answer = new JsonObject { ["id"] = vertex.Id };
        if (call.Since(1, 20))
            answer["slotSharingGroupId"] = OperatorId.Of("default-" + job.Id);
        answer["name"] = vertex.Name;
        answer["maxParallelism"] = vertex.MaxParallelism;
        answer["parallelism"] = vertex.Parallelism;
        answer["status"] = Aggregated(vertex);
        answer["start-time"] = RestCall.Ms(start);
        answer["end-time"] = RestCall.Ms(end);
        answer["duration"] = start is { } from ? (long)((end ?? call.World.Now) - from).TotalMilliseconds : -1;
        answer["tasks"] = tasks;
        answer["metrics"] = TaskNumbers.Io(call.World.Now, job, vertex, vertex.Parallelism, vertex.Parallelism);
        return answer;
    }

    private static long Duration(RestCall call, FlinkJob job) => (long)((job.EndTime ?? call.World.Now) - job.StartTime).TotalMilliseconds;

    /// <summary>The graph.</summary>
    public static JsonObject Plan(FlinkJob job) => new()
    {
        ["jid"] = job.Id,
        ["name"] = job.Name,
        ["type"] = job.Type,
        // Flink lists sinks first.
        ["nodes"] = new JsonArray([.. job.Vertices.Reverse().Select(v => (JsonNode)Node(job, v))]),
    };

    private static JsonObject Node(FlinkJob job, FlinkVertex vertex)
    {
        var node = new JsonObject
        {
            ["id"] = vertex.Id,
            ["parallelism"] = vertex.Parallelism,
            ["operator"] = "",
            ["operator_strategy"] = "",
            ["description"] = string.Concat(vertex.Name.Split(" -> ").Select((name, depth) => (depth == 0 ? "" : new string(' ', (depth - 1) * 3) + "+- ") + System.Net.WebUtility.HtmlEncode(name) + "<br/>")),
        };
        if (vertex.Inputs.Count > 0)
        {
            node["inputs"] = new JsonArray([.. vertex.Inputs.Select((input, i) => (JsonNode)new JsonObject
            {
                ["num"] = i,
                ["id"] = input.SourceId,
                ["ship_strategy"] = input.ShipStrategy,
                ["exchange"] = job.Type == "BATCH" ? "blocking" : "pipelined_bounded",
            })]);
        }
        node["optimizer_properties"] = new JsonObject();
        return node;
    }

    private static RestAnswer Status(RestCall call)
    {
        var id = call.JobId;
        var job = call.Cluster.Job(id) ?? throw new FlinkRefusal(500, "Internal server error.",
            $"<Exception on server side:\norg.apache.flink.runtime.messages.FlinkJobNotFoundException: Could not find Flink job ({id})\n\tat org.apache.flink.runtime.dispatcher.Dispatcher.lambda$requestJobStatus$20(Dispatcher.java:903)\n\nEnd of exception on server side>");
        return new JsonObject { ["status"] = job.State };
    }

    private static RestAnswer Config(RestCall call)
    {
        var job = call.Job;
        var execution = new JsonObject();
        if (!call.IsFlink2)
            execution["execution-mode"] = "PIPELINED";
        execution["restart-strategy"] = "Cluster level default restart strategy";
        execution["job-parallelism"] = job.Parallelism;
        execution["object-reuse-mode"] = job.Program.Configuration.Flag("pipeline.object-reuse");
        execution["user-config"] = new JsonObject();
        return new JsonObject { ["jid"] = job.Id, ["name"] = job.Name, ["execution-config"] = execution };
    }

    private static RestAnswer Result(RestCall call)
    {
        var id = call.JobId;
        var unknown = $"org.apache.flink.runtime.messages.FlinkJobNotFoundException: Could not find Flink job ({id})";
        var job = call.Cluster.Job(id) ?? throw RestCall.Refusal(404, unknown, "job.JobExecutionResultHandler.propagateException(JobExecutionResultHandler.java:94)");
        if (!job.IsTerminal)
            return new JsonObject { ["status"] = new JsonObject { ["id"] = "IN_PROGRESS" } };
        var result = new JsonObject
        {
            ["id"] = job.Id,
            ["application-status"] = job.State switch { "FINISHED" => "SUCCEEDED", "CANCELED" => "CANCELED", _ => "FAILED" },
            ["accumulator-results"] = new JsonObject(),
            ["net-runtime"] = Duration(call, job),
        };
        if (job is { State: "FAILED", RootException: { } root })
            result["failure-cause"] = Throwables.Serialized(root.Failure);
        return new JsonObject { ["status"] = new JsonObject { ["id"] = "COMPLETED" }, ["job-execution-result"] = result };
    }

    private static FlinkRefusal ServerSide(string trace) => new(500, "Internal server error.", $"<Exception on server side:\n{trace}\n\nEnd of exception on server side>");

    private static RestAnswer Requirements(RestCall call)
    {
        var requirements = new JsonObject();
        if (call.Cluster.Job(call.JobId) is not { IsTerminal: false } job)
            throw ServerSide($"org.apache.flink.runtime.messages.FlinkJobNotFoundException: Could not find Flink job ({call.JobId})\n\tat org.apache.flink.runtime.dispatcher.Dispatcher.getJobMasterGateway(Dispatcher.java:1495)");
        if (!string.Equals(call.Cluster.Configuration.Text("jobmanager.scheduler"), "adaptive", StringComparison.OrdinalIgnoreCase))
            throw ServerSide("java.lang.UnsupportedOperationException: The DefaultScheduler does not support changing the parallelism without a job restart. This feature is currently only expected to work with the AdaptiveScheduler.\n\tat org.apache.flink.runtime.scheduler.SchedulerNG.requestJobResourceRequirements(SchedulerNG.java:139)");
        foreach (var vertex in job.Vertices)
            requirements[vertex.Id] = new JsonObject { ["parallelism"] = new JsonObject { ["lowerBound"] = 1, ["upperBound"] = vertex.Wanted } };
        return requirements;
    }
}
