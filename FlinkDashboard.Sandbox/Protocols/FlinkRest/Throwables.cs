using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Exceptions as the API writes them.</summary>
internal static class Throwables
{
    /// <summary>Class, stack trace and the serialised object. The last is Java serialisation in Flink; here it is only the text, since nothing but Java reads it.</summary>
    public static JsonObject Serialized(FlinkThrowable failure) => new()
    {
        ["class"] = failure.Class,
        ["stack-trace"] = failure.StackTrace,
        ["serialized-throwable"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(failure.StackTrace)),
    };
}
