namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Why a query has no answer.</summary>
/// <param name="type">Prometheus' errorType: <c>bad_data</c> or <c>execution</c>.</param>
/// <param name="message">In Prometheus' words.</param>
internal sealed class QueryError(string type, string message) : Exception(message)
{
    /// <summary>Prometheus' errorType.</summary>
    public string Type => type;

    /// <summary>A query that cannot be read.</summary>
    /// <param name="text">The query.</param>
    /// <param name="position">Where in it.</param>
    /// <param name="message">What is wrong there.</param>
    public static QueryError Parse(string text, int position, string message)
    {
        var before = text[..Math.Min(position, text.Length)];
        var line = before.Count(c => c == '\n') + 1;
        return new("bad_data", $"{line}:{position - before.LastIndexOf('\n')}: parse error: {message}");
    }

    /// <summary>A query that cannot be worked out.</summary>
    public static QueryError Execution(string message) => new("execution", message);
}
