using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>What failed a job.</summary>
internal static class ExceptionAnswers
{
    public static readonly IReadOnlyList<Route> Routes = [new("GET", "/jobs/:jobid/exceptions", Exceptions)];

    private static RestAnswer Exceptions(RestCall call)
    {
        var job = call.Job;
        var most = call.Number("maxExceptions", 20);
        // No labels are ever given to failures, so any filter by label leaves nothing.
        IReadOnlyList<FlinkException> history = call.Query.ContainsKey("failureLabelFilter") ? [] : job.ExceptionHistory;
        var entries = new JsonObject
        {
            ["entries"] = new JsonArray([.. history.Take(most).Select(e => (JsonNode)Root(call, e))]),
            ["truncated"] = history.Count > most,
        };
        if (call.IsFlink2)
            return new JsonObject { ["exceptionHistory"] = entries };
        var tasks = job.State is "FAILED" or "FAILING" or "RESTARTING" ? Tasks(job).Take(most).Select(e => (JsonNode)Legacy(call, e)) : [];
        return new JsonObject
        {
            ["root-exception"] = job.RootException?.Failure.StackTrace,
            ["timestamp"] = job.RootException is { } root ? RestCall.Ms(root.At) : null,
            ["all-exceptions"] = new JsonArray([.. tasks]),
            ["truncated"] = false,
            ["exceptionHistory"] = entries,
        };
    }

    private static IEnumerable<FlinkException> Tasks(FlinkJob job) => job.RootException switch
    {
        null => [],
        { TaskName: not null } own => [own],
        var root => root.Concurrent,
    };

    private static JsonObject Legacy(RestCall call, FlinkException e)
    {
        var entry = new JsonObject { ["exception"] = e.Failure.StackTrace, ["task"] = e.TaskName?.Split(" - execution")[0], ["location"] = e.Endpoint };
        if (call.Since(1, 19))
            entry["endpoint"] = e.Endpoint;
        entry["timestamp"] = RestCall.Ms(e.At);
        if (call.Since(1, 18))
            entry["taskManagerId"] = e.TaskManagerId;
        return entry;
    }

    private static JsonObject Root(RestCall call, FlinkException e)
    {
        var entry = Entry(call, e);
        entry["concurrentExceptions"] = new JsonArray([.. e.Concurrent.Select(c => (JsonNode)Entry(call, c))]);
        return entry;
    }

    private static JsonObject Entry(RestCall call, FlinkException e)
    {
        var entry = new JsonObject
        {
            ["exceptionName"] = e.Failure.Class,
            ["stacktrace"] = e.Failure.StackTrace,
            ["timestamp"] = RestCall.Ms(e.At),
        };
        if (call.Since(1, 18))
            entry["failureLabels"] = new JsonObject();
        if (e.TaskName is null)
            return entry;
        entry["taskName"] = e.TaskName;
        if (!call.IsFlink2)
            entry["location"] = e.Endpoint ?? "(unassigned)";
        if (call.Since(1, 19))
            entry["endpoint"] = e.Endpoint ?? "(unassigned)";
        if (call.Since(1, 18))
            entry["taskManagerId"] = e.TaskManagerId ?? "(unassigned)";
        return entry;
    }
}
