using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace FlinkDashboard.Gateways.Prometheus;

/// <summary>Makes the exception of an answer that is none: of the API itself, of a gateway before it, or of something else altogether.</summary>
internal static class PrometheusFailures
{
    private const int Longest = 400;

    /// <summary>Of an answer whose status is no success, or whose content is no JSON.</summary>
    public static PrometheusException Of(PrometheusTarget target, string endpoint, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var status = (int)response.StatusCode;
        var (type, said) = Words(body);
        var wait = RetryAfter(response.Headers.RetryAfter);
        PrometheusException Make(PrometheusFault fault, string message) => new(fault, status, message, said, wait);
        if (status is >= 300 and < 400)
            return Make(PrometheusFault.NotPrometheus, $"{target.Name} sends the dashboard elsewhere ({status}): a login or a proxy stands before it. Set Prometheus:Url to an address that answers without a login, or Prometheus:TokenFile.");
        if (status is 401 or 403)
            return Make(PrometheusFault.Forbidden, Forbidden(target, endpoint, status, said));
        if (status == 429)
            return Make(PrometheusFault.Throttled, $"{target.Name} takes no more requests for the moment (429). The last values stay; the dashboard asks again by itself.");
        if (response.Headers.TryGetValues("X-Prometheus-Stopping", out var stopping))
            return Make(PrometheusFault.Starting, $"{target.Name} is {(stopping.Contains("true") ? "stopping" : "starting")} and answers nothing yet. The last values stay; the dashboard asks again by itself.");
        if (type is not null)
            return OfEnvelope(target, status, type, said ?? "");
        if (status < 300)
            return Make(PrometheusFault.NotPrometheus, $"{target.Name} answers with {Kind(response)}, not with Prometheus' JSON: a login page or another program stands there. Check Prometheus:Url (the part before /api/v1).");
        if (status == 404)
            return Make(PrometheusFault.NotFound, $"{target.Name} has no /api/v1/{endpoint} (404). Check Prometheus:Url: it is the part before /api/v1{(target.IsManaged ? ", with /workspaces/ID" : "")}.");
        return status >= 500
            ? Make(PrometheusFault.Failed, $"{target.Name} failed ({status}{Tail(said)}). The last values stay; the dashboard asks again by itself.")
            : Make(PrometheusFault.BadQuery, $"{target.Name} refused the request ({status}{Tail(said)}).");
    }

    private static PrometheusException OfEnvelope(PrometheusTarget target, int status, string type, string said) => type switch
    {
        "bad_data" => new(PrometheusFault.BadQuery, status, $"The query is not understood: {said}", said),
        "execution" => new(PrometheusFault.NotComputable, status, $"The query cannot be worked out: {said}. Ask for a shorter range or fewer series.", said),
        "timeout" => new(PrometheusFault.QueryTimeout, status, $"{target.Name} gave the query up: {said}. Ask for a shorter range or fewer series.", said),
        "canceled" => new(PrometheusFault.QueryTimeout, status, $"{target.Name} stopped the query: {said}.", said),
        "unavailable" => new(PrometheusFault.Starting, status, $"{target.Name} is not ready: {said}. The last values stay; the dashboard asks again by itself.", said),
        "not_found" => new(PrometheusFault.NotFound, status, $"{target.Name} does not know that: {said}.", said),
        _ => new(PrometheusFault.Failed, status, $"{target.Name} failed ({type}: {said}). The last values stay; the dashboard asks again by itself.", said),
    };

    private static string Forbidden(PrometheusTarget target, string endpoint, int status, string? said) => target.IsManaged
        ? $"AWS refuses the request to {target.Name} ({status}{Tail(said)}). The dashboard's role needs {ActionOf(endpoint)} on the workspace; check its policy, Prometheus:SigningRegion and the credentials (Aws:Profile)."
        : $"{target.Name} refuses the dashboard ({status}{Tail(said)}). Set Prometheus:TokenFile or the header it wants in Prometheus:Headers.";

    /// <summary>The IAM action of a call to the managed service.</summary>
    public static string ActionOf(string endpoint) => endpoint switch
    {
        "series" => "aps:GetSeries",
        "metadata" => "aps:GetMetricMetadata",
        _ when endpoint.StartsWith("label", StringComparison.Ordinal) => "aps:GetLabels",
        _ => "aps:QueryMetrics",
    };

    // The envelope's errorType and error, or a gateway's message; plain text as it is.
    private static (string? Type, string? Said) Words(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return (null, null);
            string? Text(string name) => document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Cut(value.GetString()!) : null;
            return (Text("errorType"), Text("error") ?? Text("message") ?? Text("Message"));
        }
        catch (JsonException)
        {
            var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, Longest)]).Trim();
            return (null, text.Length == 0 || text[0] is '<' or '{' ? null : text);
        }
    }

    private static string Cut(string text) => text.Length > Longest ? text[..Longest] + "…" : text;

    private static string Tail(string? said) => said is null ? "" : ": " + said;

    private static string Kind(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType switch
    {
        "text/html" => "an HTML page",
        { } other => other,
        null => "something without a type",
    };

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta;
}
