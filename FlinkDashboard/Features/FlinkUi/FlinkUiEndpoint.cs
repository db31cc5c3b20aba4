using FlinkDashboard.Access;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Kinds;
using Microsoft.AspNetCore.Http.Features;

namespace FlinkDashboard.Features.FlinkUi;

/// <summary>
/// Flink's own web page of one JobManager, for looking only: <c>/flink/NAMESPACE/NAME/…</c>. GET alone, a list of paths, the viewer's right asked for each
/// request, nothing of the request passed on but the path, nothing of the answer but its body.
/// </summary>
public static class FlinkUiEndpoint
{
    private const long Largest = 64 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Flink's page loads its style sheet with this handler; no other inline script may run.
    private const string StyleHandler = "'unsafe-hashes' 'sha256-MhtPZXr7+LpJUY5qtMutB+qWfQtMaPccfe7QXtCcEYc='";

    /// <summary>Maps the page.</summary>
    public static void MapFlinkUi(this IEndpointRouteBuilder app) => app.MapGet("/flink/{ns}/{name}/{**rest}", AnswerAsync);

    private static async Task AnswerAsync(HttpContext context, string ns, string name, FlinkRestApi jobManagers, AccessReviews reviews, CurrentUser user, TimeProvider time)
    {
        var address = new JobManagerAddress(ns, name);
        var root = $"{context.Request.PathBase}/flink/{ns}/{name}";
        // As it was sent: decoding could turn what is no path into one.
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (!address.IsValid || !target.StartsWith(root, StringComparison.Ordinal))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Namespace and cluster must be Kubernetes names, written plainly.");
            return;
        }
        var path = target[root.Length..];
        if (path.Length == 0)
        {
            context.Response.Redirect(root + "/");
            return;
        }
        if (FlinkUiPaths.Refusal(path) is { } reason)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, reason);
            return;
        }
        var may = await reviews.MayAsync(user.Identity, "get", Service.Info, "proxy", ns, $"{address.Service}:{JobManagerAddress.Port}", context.RequestAborted);
        if (!may.Allowed)
            await RefuseAsync(context, StatusCodes.Status403Forbidden, may.Reason);
        else
            await PassAsync(context, address, path, root, jobManagers, time);
    }

    private static async Task PassAsync(HttpContext context, JobManagerAddress address, string path, string root, FlinkRestApi jobManagers, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        try
        {
            using var answer = await jobManagers.OpenForPageAsync(address, path, stop.Token);
            var question = path.IndexOf('?', StringComparison.Ordinal);
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.Status is >= 200 and < 300 ? FlinkUiPaths.ContentTypeOf(question < 0 ? path : path[..question]) : "application/json; charset=utf-8";
            context.Response.Headers.CacheControl = answer.Status == 200 && path.Length > 1 && FlinkUiPaths.IsStatic(path) ? "private, max-age=3600" : "no-store";
            context.Response.Headers.ContentSecurityPolicy = Policy($"{context.Request.Host}{root}/");
            await CopyAsync(answer.Body, context.Response.Body, stop.Token);
        }
        catch (FlinkRestException e)
        {
            await RefuseAsync(context, e.Fault == FlinkRestFault.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status502BadGateway, e.Message);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // Headers may be on their way: the connection ends, which the browser shows.
            context.Abort();
        }
    }

    // A script from a JobManager is not to be trusted with the dashboard: it may load from and speak with this one address, open no window and no frame.
    private static string Policy(string own) =>
        $"default-src 'none'; script-src {own} {StyleHandler}; style-src {own} 'unsafe-inline'; img-src {own} data:; font-src {own} data:; connect-src {own}; worker-src {own} blob:; manifest-src {own}; base-uri {own}; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; sandbox allow-scripts allow-same-origin";

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken stop)
    {
        var buffer = new byte[65_536];
        long passed = 0;
        while (passed < Largest && await from.ReadAsync(buffer, stop) is > 0 and var count)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), stop);
            passed += count;
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }
}
