using System.Collections.Concurrent;

namespace FlinkDashboard.Access;

/// <summary>
/// Before the connection of the pages (<c>/_blazor</c>). Browsers let any site open a WebSocket to any other: it is taken from the dashboard's own pages only. And each holds a page in
/// this process's memory: one person has not more of them than anybody has tabs, and all together not more than fit.
/// </summary>
public sealed class CircuitGate(RequestDelegate next, ILogger<CircuitGate> logger)
{
    /// <summary>Most pages that one user, or one address where nobody signs in, keeps connected.</summary>
    public const int MostOfOne = 200;

    /// <summary>Most pages connected at all.</summary>
    public const int Most = 2_000;

    private readonly ConcurrentDictionary<string, int> open = new(StringComparer.Ordinal);
    private int all;

    /// <summary>Passes on, or answers 403 or 429.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor", out var rest))
        {
            await next(context);
            return;
        }
        if (!OwnPage.Sent(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, $"Pages connect from the dashboard's own address only. Origin {context.Request.Headers.Origin} is not {context.Request.Host}: a proxy in front must pass the host (Host or X-Forwarded-Host).");
            return;
        }
        if (rest.HasValue)
        {
            await next(context);
            return;
        }
        var who = context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (!Enter(who))
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, $"{who} has {MostOfOne} pages open, or all together have {Most}: close some.");
            return;
        }
        try
        {
            await next(context);
        }
        finally
        {
            Leave(who);
        }
    }

    private bool Enter(string who)
    {
        var (total, own) = (Interlocked.Increment(ref all), open.AddOrUpdate(who, 1, static (_, count) => count + 1));
        if (total <= Most && own <= MostOfOne)
            return true;
        Leave(who);
        return false;
    }

    private void Leave(string who)
    {
        Interlocked.Decrement(ref all);
        open.AddOrUpdate(who, 0, static (_, count) => count - 1);
        ((ICollection<KeyValuePair<string, int>>)open).Remove(new(who, 0));
    }

    private Task RefuseAsync(HttpContext context, int status, string reason)
    {
        logger.LogWarning("A page's connection was refused: {Reason}", reason);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }
}
