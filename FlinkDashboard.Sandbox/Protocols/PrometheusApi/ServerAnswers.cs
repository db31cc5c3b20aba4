using System.Text.Json;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>What the server says of itself. Answers are the <c>data</c> of the envelope.</summary>
internal static class ServerAnswers
{
    /// <summary><c>/status/buildinfo</c>.</summary>
    public static void Build(PrometheusCall call, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, value) in new[] { ("version", "3.5.0"), ("revision", "sandbox"), ("branch", "HEAD"), ("buildUser", ""), ("buildDate", ""), ("goVersion", "") })
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    /// <summary><c>/status/runtimeinfo</c>.</summary>
    public static void Runtime(PrometheusCall call, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("startTime", call.Context.Started.UtcDateTime);
        json.WriteString("CWD", "/prometheus");
        json.WriteString("hostname", "prometheus-0");
        json.WriteString("serverTime", call.Context.Time.GetUtcNow().UtcDateTime);
        json.WriteBoolean("reloadConfigSuccess", true);
        json.WriteString("lastConfigTime", call.Context.Started.UtcDateTime);
        json.WriteNumber("corruptionCount", 0);
        json.WriteNumber("goroutineCount", 42);
        json.WriteNumber("GOMAXPROCS", 2);
        json.WriteNumber("GOMEMLIMIT", long.MaxValue);
        json.WriteString("GOGC", "");
        json.WriteString("GODEBUG", "");
        json.WriteString("storageRetention", "5h");
        json.WriteEndObject();
    }

    /// <summary><c>/query_exemplars</c>: nobody exposes any.</summary>
    public static void Exemplars(PrometheusCall call, Utf8JsonWriter json)
    {
        _ = call.Query;
        json.WriteStartArray();
        json.WriteEndArray();
    }
}
