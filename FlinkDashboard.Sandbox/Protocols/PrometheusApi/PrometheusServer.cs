using System.Globalization;
using System.Text.Json;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>
/// Prometheus' HTTP API over the world's series, as if they had been scraped at whole multiples of an interval; the same as a workspace of
/// Amazon Managed Service for Prometheus (<c>/workspaces/ID</c>); beside it the metrics of each target (<c>/targets/…</c>) and their
/// discovery (<c>/sd</c>), for a real Prometheus to scrape.
/// </summary>
internal sealed class PrometheusServer(PrometheusContext prometheus)
{
    private const string Api = "/api/v1/";
    private readonly PrometheusEndpoints _endpoints = new(prometheus);
    private readonly ManagedWorkspace _workspace = new(prometheus.Time);

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith(Api, StringComparison.Ordinal))
        {
            await ApiAsync(context, path[Api.Length..], isManaged: false).ConfigureAwait(false);
            return;
        }
        if (path.StartsWith("/workspaces/", StringComparison.Ordinal))
        {
            if (await _workspace.AdmitAsync(context, path).ConfigureAwait(false) is { } name)
                await ApiAsync(context, name, isManaged: true).ConfigureAwait(false);
            return;
        }
        var (type, text) = path switch
        {
            "/-/healthy" => ("text/plain; charset=utf-8", "Prometheus Server is Healthy.\n"),
            "/-/ready" => ("text/plain; charset=utf-8", "Prometheus Server is Ready.\n"),
            "/sd" => ("application/json", Discovery(context.Request.Host.Value ?? "")),
            _ => (Exposition.ContentType, path.StartsWith("/targets/", StringComparison.Ordinal) ? Scrape(path, context.Request.Query.ContainsKey("moment")) : null),
        };
        await Answers.WriteAsync(context, text is null ? 404 : 200, text is null ? "text/plain; charset=utf-8" : type, text ?? "404 page not found\n").ConfigureAwait(false);
    }

    private async Task ApiAsync(HttpContext context, string name, bool isManaged)
    {
        var faults = prometheus.Faults;
        if (faults.Delay > TimeSpan.Zero)
            await Task.Delay(faults.Delay, prometheus.Time, context.RequestAborted).ConfigureAwait(false);
        if (faults.Answer is not { } fault)
        {
            await _endpoints.AnswerAsync(context, name, isManaged).ConfigureAwait(false);
            return;
        }
        if (faults.Fault == PrometheusFault.Stopping)
            context.Response.Headers["X-Prometheus-Stopping"] = "true";
        await Answers.WriteAsync(context, fault.Status, fault.ContentType, fault.Body).ConfigureAwait(false);
    }

    // Who wants to know exactly what a real Prometheus has seen asks for the moment, too: whole seconds and the rest in ticks.
    private string? Scrape(string path, bool withMoment)
    {
        if (Exposition.Of(prometheus.World, Uri.UnescapeDataString(path)) is not { } shown)
            return null;
        var (seconds, ticks) = Math.DivRem(shown.Moment.UtcTicks, TimeSpan.TicksPerSecond);
        return withMoment ? string.Create(CultureInfo.InvariantCulture, $"{shown.Text}sandbox_moment_seconds {seconds}\nsandbox_moment_ticks {ticks}\n") : shown.Text;
    }

    private string Discovery(string host) => JsonSerializer.Serialize(prometheus.World.Metrics.Targets.Select(t => new Dictionary<string, object>
    {
        ["targets"] = (string[])[host],
        ["labels"] = t.Labels.With("__metrics_path__", t.Path).All.ToDictionary(),
    }), JsonText.Options);
}

/// <summary>Writes answers.</summary>
internal static class Answers
{
    /// <summary>Writes a text.</summary>
    public static Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
