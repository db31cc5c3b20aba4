using System.Buffers;
using System.Text.Json;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World;
using Microsoft.Extensions.Primitives;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>
/// Prometheus' HTTP API over the world's series, as if they had been scraped at whole multiples of an interval; beside it the metrics of
/// each pod (<c>/targets/NAMESPACE/POD/metrics</c>) and the discovery of these (<c>/sd</c>), for a real Prometheus to scrape.
/// </summary>
internal sealed class PrometheusServer(SandboxWorld world, TimeSpan interval, PrometheusFaults faults, TimeProvider time)
{
    private static readonly Dictionary<string, (bool Posts, Action<PrometheusCall, Utf8JsonWriter> Answer)> Endpoints = new()
    {
        ["query"] = (true, QueryAnswers.Instant),
        ["query_range"] = (true, QueryAnswers.Range),
        ["series"] = (true, SeriesAnswers.Series),
        ["labels"] = (true, SeriesAnswers.Names),
        ["metadata"] = (false, SeriesAnswers.Metadata),
        ["targets"] = (false, SeriesAnswers.Targets),
        ["status/buildinfo"] = (false, BuildInfo),
    };

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/api/v1/", StringComparison.Ordinal))
        {
            if (faults.Delay > TimeSpan.Zero)
                await Task.Delay(faults.Delay, time, context.RequestAborted).ConfigureAwait(false);
            await (faults.Answer is { } fault ? FaultAsync(context, fault) : ApiAsync(context, path["/api/v1/".Length..])).ConfigureAwait(false);
            return;
        }
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (type, text) = parts switch
        {
            ["-", "healthy"] => ("text/plain; charset=utf-8", "Prometheus Server is Healthy.\n"),
            ["-", "ready"] => ("text/plain; charset=utf-8", "Prometheus Server is Ready.\n"),
            ["sd"] => ("application/json", Discovery(context.Request.Host.Value ?? "")),
            ["targets", var ns, var pod, "metrics"] => (Exposition.ContentType, Exposition.Of(world, ns, pod)),
            _ => ("", null),
        };
        await AnswerAsync(context, text is null ? 404 : 200, text is null ? "text/plain; charset=utf-8" : type, text ?? "404 page not found\n").ConfigureAwait(false);
    }

    private async Task ApiAsync(HttpContext context, string name)
    {
        var values = name.StartsWith("label/", StringComparison.Ordinal) && name.EndsWith("/values", StringComparison.Ordinal) ? name["label/".Length..^"/values".Length] : null;
        (bool Posts, Action<PrometheusCall, Utf8JsonWriter> Answer) endpoint = (false, (call, json) => SeriesAnswers.Values(call, json, values!));
        if (values is null && !Endpoints.TryGetValue(name, out endpoint))
        {
            await AnswerAsync(context, 404, "text/plain; charset=utf-8", "404 page not found\n").ConfigureAwait(false);
            return;
        }
        if (context.Request.Method != "GET" && !(context.Request.Method == "POST" && endpoint.Posts))
        {
            await AnswerAsync(context, 405, "text/plain; charset=utf-8", "Method Not Allowed\n").ConfigureAwait(false);
            return;
        }
        var body = new ArrayBufferWriter<byte>();
        try
        {
            var call = new PrometheusCall(world, interval, await ParametersAsync(context.Request).ConfigureAwait(false));
            using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JsonText.Options.Encoder });
            json.WriteStartObject();
            json.WriteString("status", "success");
            json.WritePropertyName("data");
            endpoint.Answer(call, json);
            json.WriteEndObject();
        }
        catch (QueryError e)
        {
            var error = JsonSerializer.Serialize(new Dictionary<string, string> { ["status"] = "error", ["errorType"] = e.Type, ["error"] = e.Message }, JsonText.Options);
            await AnswerAsync(context, e.Type == "bad_data" ? 400 : 422, "application/json", error).ConfigureAwait(false);
            return;
        }
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    // What the form says wins over the query.
    private static async Task<Dictionary<string, StringValues>> ParametersAsync(HttpRequest request)
    {
        var all = request.Query.ToDictionary(p => p.Key, p => p.Value);
        if (!request.HasFormContentType)
            return all;
        foreach (var (name, values) in await request.ReadFormAsync().ConfigureAwait(false))
            all[name] = all.TryGetValue(name, out var others) ? StringValues.Concat(values, others) : values;
        return all;
    }

    private string Discovery(string host) => JsonSerializer.Serialize(world.Metrics.Targets.Select(t => new Dictionary<string, object>
    {
        ["targets"] = (string[])[host],
        ["labels"] = t.Labels.With("__metrics_path__", t.Path).All.ToDictionary(),
    }), JsonText.Options);

    private static void BuildInfo(PrometheusCall call, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, value) in new[] { ("version", "3.5.0"), ("revision", "sandbox"), ("branch", "HEAD"), ("buildUser", ""), ("buildDate", ""), ("goVersion", "") })
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static async Task FaultAsync(HttpContext context, (int Status, string ContentType, string Body) fault)
    {
        if (fault.Status == 503 && fault.ContentType.StartsWith("text/", StringComparison.Ordinal))
            context.Response.Headers["X-Prometheus-Stopping"] = "true";
        await AnswerAsync(context, fault.Status, fault.ContentType, fault.Body).ConfigureAwait(false);
    }

    private static Task AnswerAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
