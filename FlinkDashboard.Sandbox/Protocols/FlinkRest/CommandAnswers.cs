using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Commands, and the state of the operations they trigger.</summary>
internal static class CommandAnswers
{
    public static readonly IReadOnlyList<Route> Routes =
    [
        new("PATCH", "/jobs/:jobid", Cancel),
        new("GET", "/jobs/:jobid/yarn-cancel", Cancel),
        new("POST", "/jobs/:jobid/savepoints", call => Triggered(call.Cluster.TriggerSavepoint(call.JobId, Text(call, "target-directory"), Text(call, "formatType"), Flag(call, "cancel-job"), Text(call, "triggerId")), 202)),
        new("POST", "/jobs/:jobid/stop", call => Triggered(call.Cluster.StopWithSavepoint(call.JobId, Text(call, "targetDirectory"), Flag(call, "drain", "StopWithSavepointRequestBody"), Text(call, "formatType"), Text(call, "triggerId")), 202)),
        new("POST", "/jobs/:jobid/checkpoints", call => Triggered(call.Cluster.TriggerCheckpoint(call.JobId, Text(call, "checkpointType"), Text(call, "triggerId")), 202)),
        new("GET", "/jobs/:jobid/savepoints/:triggerid", Savepoint),
        new("GET", "/jobs/:jobid/checkpoints/:triggerid", Checkpoint),
        new("POST", "/savepoint-disposal", call => Triggered(call.Cluster.DisposeSavepoint(Text(call, "savepoint-path")
            ?? throw RestCall.Refusal(400, "Field savepoint-path must not be omitted or be null.", "job.savepoints.SavepointDisposalHandlers$SavepointDisposalTriggerHandler.triggerOperation(SavepointDisposalHandlers.java:104)")), 200)),
        new("GET", "/savepoint-disposal/:triggerid", Disposal),
        new("PUT", "/jobs/:jobid/resource-requirements", Rescale),
        new("PATCH", "/jobs/:jobid/rescaling", _ => throw RestCall.Refusal(503, "Rescaling is temporarily disabled. See FLINK-12312.", "job.rescaling.RescalingHandlers$RescalingTriggerHandler.handleRequest(RescalingHandlers.java:75)")),
    ];

    private static RestAnswer Cancel(RestCall call)
    {
        var mode = call.Query.GetValueOrDefault("mode", "cancel").ToLowerInvariant();
        if (mode is not ("cancel" or "stop"))
            throw RestCall.Bad($"Bad request, could not parse parameters: Cannot resolve query parameter (mode) from value \"{call.Query["mode"]}\".");
        if (mode == "stop")
            throw RestCall.Refusal(308, "The termination mode \"stop\" has been removed. For an ungraceful shutdown, please use \"cancel\" instead. For a graceful shutdown, please use \"jobs/:jobid/stop\" instead.", "job.JobCancellationHandler.handleRequest(JobCancellationHandler.java:90)");
        call.Cluster.Cancel(call.JobId);
        return new RestAnswer(new JsonObject(), 202);
    }

    private static RestAnswer Triggered(string id, int status) => new(new JsonObject { ["request-id"] = id }, status);

    private static RestAnswer Savepoint(RestCall call)
    {
        var id = call.Hex("triggerid");
        return call.Cluster.Operation(id) is { Kind: AsyncOperationKind.Savepoint } operation && operation.JobId == call.JobId
            ? Status(operation, operation.Failed ? new JsonObject { ["failure-cause"] = Throwables.Serialized(operation.Failure!) } : new JsonObject { ["location"] = operation.Location })
            : throw RestCall.Refusal(404, $"There is no savepoint operation with triggerId={id} for job {call.JobId}.", "job.savepoints.SavepointHandlers$SavepointStatusHandler.maybeCreateNotFoundError(SavepointHandlers.java:325)");
    }

    private static RestAnswer Checkpoint(RestCall call)
    {
        var id = call.Hex("triggerid");
        return call.Cluster.Operation(id) is { Kind: AsyncOperationKind.Checkpoint } operation && operation.JobId == call.JobId
            ? Status(operation, operation.Failed ? new JsonObject { ["failureCause"] = Throwables.Serialized(operation.Failure!) } : new JsonObject { ["checkpointId"] = operation.CheckpointId })
            : throw RestCall.Refusal(404, $"There is no checkpoint operation with triggerId={id} for job {call.JobId}.", "job.checkpoints.CheckpointHandlers$CheckpointStatusHandler.maybeCreateNotFoundError(CheckpointHandlers.java:289)");
    }

    private static RestAnswer Disposal(RestCall call)
    {
        var id = call.Hex("triggerid");
        return call.Cluster.Operation(id) is { Kind: AsyncOperationKind.Disposal } operation
            ? Status(operation, operation.Failed ? new JsonObject { ["failure-cause"] = Throwables.Serialized(operation.Failure!) } : new JsonObject())
            : throw RestCall.Refusal(404, $"Operation not found under key: org.apache.flink.runtime.rest.handler.job.AsynchronousJobOperationKey@{id[..8]}", "async.AbstractAsynchronousOperationHandlers$StatusHandler.handleRequest(AbstractAsynchronousOperationHandlers.java:178)");
    }

    private static RestAnswer Status(AsyncOperation operation, JsonObject result) => new JsonObject
    {
        ["status"] = new JsonObject { ["id"] = operation.InProgress ? "IN_PROGRESS" : "COMPLETED" },
        ["operation"] = operation.InProgress ? null : result,
    };

    private static RestAnswer Rescale(RestCall call)
    {
        var wanted = new Dictionary<string, int>();
        foreach (var (vertex, requirement) in call.Body)
        {
            wanted[vertex] = requirement?["parallelism"]?["upperBound"] is JsonValue bound && bound.TryGetValue<int>(out var number)
                ? number
                : throw RestCall.Bad("Request did not match expected format JobResourceRequirementsBody.");
        }
        call.Cluster.Rescale(call.JobId, wanted);
        return new JsonObject();
    }

    private static string? Text(RestCall call, string name) => call.Body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool Flag(RestCall call, string name, string format = "SavepointTriggerRequestBody") => call.Body[name] switch
    {
        null => false,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when value.TryGetValue<string>(out var text) && bool.TryParse(text, out var flag) => flag,
        _ => throw RestCall.Bad($"Request did not match expected format {format}."),
    };
}
