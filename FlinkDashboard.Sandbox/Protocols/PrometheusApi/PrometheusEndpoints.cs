using System.Buffers;
using System.Text.Json;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World;
using Microsoft.Extensions.Primitives;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>What stands under <c>/api/v1</c>, in its envelope.</summary>
internal sealed class PrometheusEndpoints(PrometheusContext prometheus)
{
    private static readonly Dictionary<string, Endpoint> All = new()
    {
        ["query"] = new(QueryAnswers.Instant, Posts: true, IsManaged: true),
        ["query_range"] = new(QueryAnswers.Range, Posts: true, IsManaged: true),
        ["series"] = new(SeriesAnswers.Series, Posts: true, IsManaged: true),
        ["labels"] = new(SeriesAnswers.Names, Posts: true, IsManaged: true),
        ["metadata"] = new(SeriesAnswers.Metadata, IsManaged: true),
        ["rules"] = new(RuleAnswers.Rules, IsManaged: true),
        ["alerts"] = new(RuleAnswers.Alerts, IsManaged: true),
        ["targets"] = new(SeriesAnswers.Targets),
        ["scrape_pools"] = new(SeriesAnswers.Pools),
        ["query_exemplars"] = new(ServerAnswers.Exemplars, Posts: true),
        ["status/buildinfo"] = new(ServerAnswers.Build),
        ["status/runtimeinfo"] = new(ServerAnswers.Runtime),
    };

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">What stands behind <c>/api/v1/</c>.</param>
    /// <param name="isManaged">Asked of a managed workspace, which has fewer of them.</param>
    public async Task AnswerAsync(HttpContext context, string name, bool isManaged)
    {
        if (Find(name) is not { } endpoint || (isManaged && !endpoint.IsManaged))
        {
            await (isManaged ? Answers.WriteAsync(context, 404, "application/json", """{"message":"Not Found"}""")
                : Answers.WriteAsync(context, 404, "text/plain; charset=utf-8", "404 page not found\n")).ConfigureAwait(false);
            return;
        }
        if (context.Request.Method != "GET" && !(context.Request.Method == "POST" && endpoint.Posts))
        {
            await Answers.WriteAsync(context, 405, "text/plain; charset=utf-8", "Method Not Allowed\n").ConfigureAwait(false);
            return;
        }
        try
        {
            var call = new PrometheusCall(prometheus, await ParametersAsync(context.Request).ConfigureAwait(false)) { IsManaged = isManaged };
            var body = Envelope(call, endpoint);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.WrittenCount;
            await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
        }
        catch (QueryError e)
        {
            var error = JsonSerializer.Serialize(new Dictionary<string, string> { ["status"] = "error", ["errorType"] = e.Type, ["error"] = e.Message }, JsonText.Options);
            await Answers.WriteAsync(context, e.Type switch { "bad_data" => 400, "timeout" => 503, _ => 422 }, "application/json", error).ConfigureAwait(false);
        }
    }

    private static Endpoint? Find(string name) =>
        name.StartsWith("label/", StringComparison.Ordinal) && name.EndsWith("/values", StringComparison.Ordinal) && name.Length > "label//values".Length
            ? new((call, json) => SeriesAnswers.Values(call, json, name["label/".Length..^"/values".Length]), IsManaged: true)
            : All.GetValueOrDefault(name);

    private static ArrayBufferWriter<byte> Envelope(PrometheusCall call, Endpoint endpoint)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JsonText.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("status", "success");
        json.WritePropertyName("data");
        endpoint.Answer(call, json);
        if (call.Context.Faults.Fault == PrometheusFault.Remarks)
            (call.Warnings, call.Infos) = ([.. call.Warnings, "sandbox warning: a shard did not answer, results may be partial"], [.. call.Infos, "PromQL info: sandbox remark (1:1)"]);
        foreach (var (name, texts) in new[] { ("warnings", call.Warnings), ("infos", call.Infos) })
        {
            if (texts.Count == 0)
                continue;
            json.WriteStartArray(name);
            foreach (var text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.Flush();
        return body;
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

    private sealed record Endpoint(Action<PrometheusCall, Utf8JsonWriter> Answer, bool Posts = false, bool IsManaged = false);
}
