using System.Net;
using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using Microsoft.AspNetCore.Http;

namespace FlinkDashboard.Tests.Access;

public class ProxyTrustTests
{
    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("192.168.7.7", true)]
    [InlineData("192.168.7.8", false)]
    [InlineData("fd00::1", true)]
    public async Task Headers_AreKept_OnlyFromTheProxies(string remote, bool kept)
    {
        var options = new AccessOptions { Mode = AccessMode.Header, TrustedProxies = ["10.0.0.0/8", "192.168.7.7", "fd00::/8"] };
        Assert.Equal(kept, await UserAfterAsync(options, remote, null) == "jane");
    }

    [Theory]
    [InlineData("0123456789abcdef", true)]
    [InlineData("0123456789abcdeX", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task SharedSecret_IsNeeded_WhereItIsSet(string? sent, bool kept) =>
        Assert.Equal(kept, await UserAfterAsync(new AccessOptions { Mode = AccessMode.Header, SharedSecret = "0123456789abcdef" }, "203.0.113.1", sent) == "jane");

    [Theory]
    [InlineData("localhost", "127.0.0.1", 200)]
    [InlineData("127.0.0.1:5000", "127.0.0.1", 200)]
    [InlineData("[::1]:5000", "::1", 200)]
    [InlineData("evil.example", "127.0.0.1", 403)]
    [InlineData("localhost", "10.0.0.5", 403)]
    public async Task WithoutSignIn_OnlyLoopbackIsAnswered(string host, string local, int code)
    {
        var context = new DefaultHttpContext { Connection = { LocalIpAddress = IPAddress.Parse(local) }, Request = { Scheme = "http", Host = new HostString(host) } };
        await new LoopbackOnly(_ => Task.CompletedTask).InvokeAsync(context);
        Assert.Equal(code, context.Response.StatusCode);
    }

    private static async Task<string> UserAfterAsync(AccessOptions options, string remote, string? secret)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(remote) } };
        context.Request.Headers["X-Forwarded-User"] = "jane";
        if (secret is not null)
            context.Request.Headers["X-Dashboard-Secret"] = secret;
        var user = "";
        await new ProxyTrust(c =>
        {
            Assert.False(c.Request.Headers.ContainsKey("X-Dashboard-Secret"));
            user = c.Request.Headers["X-Forwarded-User"].ToString();
            return Task.CompletedTask;
        }, new DashboardOptions { Access = options }).InvokeAsync(context);
        return user;
    }
}
