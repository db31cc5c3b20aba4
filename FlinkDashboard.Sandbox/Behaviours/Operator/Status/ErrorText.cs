using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Status;

/// <summary>status.error: an exception as JSON text (utils/FlinkResourceExceptionUtils).</summary>
public static class ErrorText
{
    private const int MaxCauses = 2;
    private const string Serialized = "org.apache.flink.util.SerializedThrowable";

    /// <summary>An exception of the operator.</summary>
    public static string Of(OperatorFailure failure)
    {
        var node = One(failure.JavaClass, failure.Message, failure is DeploymentFailure ? failure.Reason : null);
        // What Flink answered came through a future, and as text.
        node["throwableList"] = failure.Cause is not { } cause ? []
            : new JsonArray(One("java.util.concurrent.ExecutionException", $"{Serialized}: {cause}", null), One(Serialized, cause.ToString(), null));
        return node.ToJsonString(JsonText.Options);
    }

    /// <summary>Any exception by class and message.</summary>
    public static string Json(string javaClass, string message, string? reason = null)
    {
        var node = One(javaClass, message, reason);
        node["throwableList"] = new JsonArray();
        return node.ToJsonString(JsonText.Options);
    }

    /// <summary>The exception that ended a job, as its result carries it.</summary>
    public static string OfJob(FlinkThrowable failure)
    {
        var node = One(Serialized, failure.ToString(), null);
        node["throwableList"] = new JsonArray([.. Causes(failure).Take(MaxCauses).Select(c => (JsonNode)One(Serialized, c.ToString(), null))]);
        return node.ToJsonString(JsonText.Options);
    }

    /// <summary>Messages of an exception and its causes, as the event's text has them.</summary>
    public static string Messages(FlinkThrowable failure) => string.Join(" -> ", Causes(failure).Prepend(failure).Select(c => c.Message));

    private static IEnumerable<FlinkThrowable> Causes(FlinkThrowable failure)
    {
        for (var cause = failure.Cause; cause is not null; cause = cause.Cause)
            yield return cause;
    }

    private static JsonObject One(string javaClass, string message, string? reason)
    {
        var more = new JsonObject();
        if (reason is not null)
            more["reason"] = reason;
        return new JsonObject { ["type"] = javaClass, ["message"] = message, ["additionalMetadata"] = more };
    }
}
