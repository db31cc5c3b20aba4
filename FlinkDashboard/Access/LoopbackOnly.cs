using System.Net;
using Microsoft.AspNetCore.Http.Extensions;

namespace FlinkDashboard.Access;

/// <summary>
/// Without sign-in, whoever reaches the port has the dashboard's rights. The settings are checked at start; this refuses what still gets here over
/// another address, and web pages that point a name of their own at loopback (DNS rebinding).
/// </summary>
public sealed class LoopbackOnly(RequestDelegate next)
{
    /// <summary>Passes on or answers 403.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var local = context.Connection.LocalIpAddress;
        var host = context.Request.Host.Host.Trim('[', ']');
        var named = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        if ((local is null || IPAddress.IsLoopback(local)) && named)
        {
            await next(context);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync($"Access:Mode is None, so this dashboard answers only on localhost; {context.Request.GetEncodedUrl()} is not. Use a port forward, or set Access:Mode to Header.", context.RequestAborted);
    }
}
