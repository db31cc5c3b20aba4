using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using FlinkDashboard.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FlinkDashboard.Access;

/// <summary>Believes the user and groups headers. <see cref="ProxyTrust"/> has removed them from requests that did not come through the proxy.</summary>
public sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, DashboardOptions dashboard)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string Scheme_ = "Header";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var access = dashboard.Access;
        var name = Request.Headers[access.UserHeader].ToString().Trim();
        if (name.Length == 0)
            return Task.FromResult(AuthenticateResult.NoResult());
        if (name.StartsWith("system:", StringComparison.Ordinal))
            return Task.FromResult(AuthenticateResult.Fail("Names that begin with system: are the cluster's own."));
        var groups = Request.Headers[access.GroupsHeader].SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name), .. groups.Select(g => new Claim(ClaimTypes.Role, g))], Scheme_);
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme_)));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.ContentType = "text/plain; charset=utf-8";
        await Response.WriteAsync($"Nobody is signed in. This dashboard expects a reverse proxy that signs users in and names them in the header {dashboard.Access.UserHeader}.", Context.RequestAborted);
    }
}

/// <summary>First of all middleware in mode Header: removes the user's headers from requests that the trusted proxy did not send.</summary>
public sealed class ProxyTrust(RequestDelegate next, DashboardOptions dashboard)
{
    private readonly IPNetwork[] proxies = [.. dashboard.Access.TrustedProxies.Select(Network)];
    private readonly byte[]? secret = string.IsNullOrEmpty(dashboard.Access.SharedSecret) ? null : Encoding.UTF8.GetBytes(dashboard.Access.SharedSecret);

    /// <summary>Passes on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var access = dashboard.Access;
        if (!IsTrusted(context))
        {
            context.Request.Headers.Remove(access.UserHeader);
            context.Request.Headers.Remove(access.GroupsHeader);
        }
        context.Request.Headers.Remove(access.SecretHeader);
        return next(context);
    }

    private bool IsTrusted(HttpContext context)
    {
        if (secret is not null)
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers[dashboard.Access.SecretHeader].ToString()), secret);
        var remote = context.Connection.RemoteIpAddress;
        if (remote is { IsIPv4MappedToIPv6: true })
            remote = remote.MapToIPv4();
        return remote is not null && proxies.Any(p => p.Contains(remote));
    }

    /// <summary>An address or a CIDR range.</summary>
    internal static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network : new IPNetwork(IPAddress.Parse(text), text.Contains(':', StringComparison.Ordinal) ? 128 : 32);
}
